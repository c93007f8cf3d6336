import { isSound } from './judge.js';
import type { Verdict } from './judge.js';

/** Two lines for people: the variant, and what noticed it. */
export function rowOf(verdict: Verdict): string {
  const { mistake, seconds, broken } = verdict;
  const mark = isSound(verdict) ? '✓' : '✗';
  return `${mark} ${nameOf(verdict).padEnd(28)} ${mistake}\n    ${broken ?? foundBy(verdict)}, ${seconds.toFixed(1)} s`;
}

function nameOf({ mutant }: Verdict): string {
  return mutant ?? 'honest';
}

function foundBy({ scenario, invariant, seeds }: Verdict): string {
  const chance = invariant === undefined ? `not in ${seeds} seeds` : `${invariant} at seed ${seeds}`;
  return scenario === undefined ? chance : `scenario ${scenario}; ${chance}`;
}

/** The table of the README. */
export function markdownOf(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map((verdict) => {
    const { mistake, scenario, invariant, seeds, seconds } = verdict;
    const chance = invariant === undefined ? `not in ${seeds} seeds` : `${invariant}, seed ${seeds}`;
    const told = scenario === undefined ? '–' : scenario.replace(/^.*\//, '').replaceAll('-', ' ');
    return `| \`${nameOf(verdict)}\` | ${mistake} | ${told} | ${chance} | ${seconds.toFixed(1)} |`;
  });
  return [
    '| mutant | mistake | scenario that fails | invariant that simulation finds violated | s |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** The last line, and below it whatever is not as it is to be. */
export function summaryOf(verdicts: readonly Verdict[], seconds: number): string {
  const wrong = verdicts.filter((verdict) => !isSound(verdict));
  const mutants = verdicts.filter(({ mutant }) => mutant !== undefined);
  const killed = mutants.filter(isSound);
  const [byScenario, bySeed] = [killed.filter(({ scenario }) => scenario), killed.filter(({ invariant }) => invariant)];
  const line = `${killed.length} of ${mutants.length} mutants killed, ${byScenario.length} by a scenario, ${bySeed.length} by simulation, in ${seconds.toFixed(0)} s`;
  return [line, ...wrong.map(complaintOf)].join('\n');
}

function complaintOf(verdict: Verdict): string {
  if (verdict.broken !== undefined) return `${nameOf(verdict)} is broken itself: ${verdict.broken}`;
  if (verdict.mutant !== undefined)
    return `${verdict.mutant} survives: write the scenario or the invariant that notices this: ${verdict.mistake}`;
  return `the honest variant does not survive: ${verdict.scenario ?? verdict.what}`;
}
