import { isVerdict } from '@synod/scenario';
import type { Protocol } from '../protocols.js';

export interface ScenarioText {
  readonly name: string;
  readonly text: string;
}

export interface Bounds {
  /** Seeds for a variant that no scenario notices. */
  readonly seeds: number;
  /** Seeds for one that a scenario has noticed already: only to tell whether chance would have, too. */
  readonly seedsMore: number;
}

/** What the evidence says about one variant; `undefined` in `mutant` is the honest one, which nothing may notice. */
export interface Verdict {
  readonly mutant: string | undefined;
  readonly mistake: string;
  /** The scenario that comes out otherwise than told: the declared one if it does, else the first. */
  readonly scenario: string | undefined;
  /** The violated invariant. */
  readonly invariant: string | undefined;
  /** What was wrong, in words, at the first failing seed. */
  readonly what: string | undefined;
  /** Simulated seeds until the first failing one, itself included. */
  readonly seeds: number;
  readonly seconds: number;
  /** Neither killed nor surviving: the variant itself is broken, or the scenario. */
  readonly broken: string | undefined;
}

/** Runs all evidence against one variant: scenarios, because they are fast, then seeds. */
export async function judge(
  protocol: Protocol,
  mutant: string | undefined,
  scenarios: readonly ScenarioText[],
  bounds: Bounds,
  begins: (what: string) => void = () => undefined,
): Promise<Verdict> {
  const startedAt = performance.now();
  const known = mutant === undefined ? undefined : protocol.mutants[mutant]!;
  const mistake = known?.mistake ?? 'none: the control, which nothing may notice';
  const ordered = [...scenarios].sort(
    (a, b) => Number(b.name === known?.scenario) - Number(a.name === known?.scenario),
  );
  const told = firstDifference(protocol, mutant, ordered, begins);
  const most = told.scenario !== undefined && mutant !== undefined ? bounds.seedsMore : bounds.seeds;
  const simulated = told.broken === undefined ? await firstFailure(protocol, mutant, most, begins) : nothingFound;
  const seconds = (performance.now() - startedAt) / 1000;
  return { mutant, mistake, ...simulated, ...told, broken: told.broken ?? simulated.broken, seconds };
}

const nothingFound = { invariant: undefined, what: undefined, seeds: 0, broken: undefined };

export function isKilled({ scenario, invariant }: Verdict): boolean {
  return scenario !== undefined || invariant !== undefined;
}

/** Whether the row is as it is to be. */
export function isSound(verdict: Verdict): boolean {
  return verdict.broken === undefined && isKilled(verdict) === (verdict.mutant !== undefined);
}

function firstDifference(
  protocol: Protocol,
  mutant: string | undefined,
  scenarios: readonly ScenarioText[],
  begins: (what: string) => void,
): Pick<Verdict, 'scenario' | 'broken'> {
  for (const { name, text } of scenarios) {
    begins(`scenario ${name}`);
    try {
      if (protocol.tell(text, mutant) !== text) return { scenario: name, broken: undefined };
    } catch (error) {
      if (!isVerdict(error)) return { scenario: undefined, broken: `${name}: ${String(error)}` };
      return { scenario: name, broken: undefined };
    }
  }
  return { scenario: undefined, broken: undefined };
}

async function firstFailure(
  protocol: Protocol,
  mutant: string | undefined,
  most: number,
  begins: (what: string) => void,
): Promise<Pick<Verdict, 'invariant' | 'what' | 'seeds' | 'broken'>> {
  for (let seed = 1; seed <= most; seed++) {
    begins(`seed ${seed}`);
    const { failure } = await protocol.run(seed, mutant);
    if (failure === undefined) continue;
    if (!isVerdict(failure)) return { ...nothingFound, seeds: seed, broken: `seed ${seed}: ${failure.stack}` };
    const invariant = (failure as { readonly invariant?: string }).invariant ?? failure.name;
    return { invariant, what: failure.message, seeds: seed, broken: undefined };
  }
  return { ...nothingFound, seeds: most };
}
