import { histories } from '@synod/simulation';
import { Impossible, Misspelt, ScenarioStopped, isVerdict } from '@synod/scenario';
import { Counters } from '@synod/simulator';
import type { Trial } from '@synod/simulator';
import { runAll } from './crew.js';
import { examine } from './failure.js';
import type { Failure } from './failure.js';
import type { Options } from './options.js';
import { failureLines, summaryLines, trialFile, writeTrial } from './report.js';
import type { Report } from './report.js';
import { addTo } from './seed-run.js';
import type { SeedResult } from './seed-run.js';

/** Every so many seeds one is run twice, and both runs must be the same. */
const repeatEvery = 100;
/** Over fewer seeds a situation may well not come up. */
const expectAllFrom = 300;
/** More histories than this share that nobody can judge, and the clients are wasted; one there may always be. */
const entangledMax = 0.02;

/** Gives the exit code: 0 when all seeds passed and every named situation came up. */
export async function run(options: Options, report: Report): Promise<number> {
  if (options.trial !== undefined) return replay(options.trial, options, report);
  if (options.scenario !== undefined) return tell(options.scenario, options, report);
  if (options.regressions) return runRegressions(options, report);
  const total = new Counters();
  const pace = paceOf(options, report);
  let failed: SeedResult | undefined;
  let given = 0;
  await runAll({
    ...options,
    next: () => {
      if (given === options.seeds || failed !== undefined) return undefined;
      const task = { seed: options.firstSeed + given, twice: given % repeatEvery === 0 };
      given++;
      return task;
    },
    done: (result) => {
      if (result.failure !== undefined && (failed === undefined || result.seed < failed.seed)) failed = result;
      addTo(total, result);
      pace(result);
    },
  });
  if (failed === undefined) return summary(total, options, report);
  return tellFailure({ seed: failed.seed }, failed, options, report);
}

/** A progress line with what a reader wants to know: how far, how fast, and how much simulated time a core computes. */
export function paceOf({ name, seeds }: Pick<Options, 'name' | 'seeds'>, report: Report): (result: SeedResult) => void {
  const startedAt = performance.now();
  let [done, virtual, cpu] = [0, 0, 0];
  return ({ virtualMs, cpuMs }) => {
    done++;
    virtual += virtualMs;
    cpu += cpuMs;
    const seconds = (performance.now() - startedAt) / 1000;
    const rate = `${(done / seconds).toFixed(1)} seeds/s, ${(virtual / cpu).toFixed(0)} × real time per core`;
    report.progress(`${name}: ${done}${Number.isFinite(seeds) ? ` of ${seeds}` : ''} seeds, ${rate}`, done === seeds);
  };
}

async function tellFailure(trial: Trial, result: SeedResult, options: Options, report: Report): Promise<number> {
  const { name, mutant, json } = options;
  const unrepeatable = result.failure!.message.startsWith('two runs of');
  if (unrepeatable) {
    report.line(`seed ${result.seed} fails: ${result.failure!.message}`);
    return 1;
  }
  const found = await examineFor(trial, options, report);
  if (options.trial === undefined) writeTrial(trialFile(name, trial.seed), found);
  if (json) report.line(JSON.stringify({ name, mutant, seed: trial.seed, ...found }));
  else for (const line of failureLines(name, mutant, found)) report.line(line);
  return 1;
}

export function examineFor(trial: Trial, options: Options, report: Report): Promise<Failure> {
  const { protocol, mutant, tail: rows } = options;
  const progress = (runs: number, strikes: number): void =>
    report.progress(`seed ${trial.seed} fails; shrinking: ${runs} runs, ${strikes} strikes left`, false);
  return examine(trial, { protocol, mutant, rows, width: options.width, progress });
}

/** A trial from a file, as it stands. */
async function replay(trial: Trial, options: Options, report: Report): Promise<number> {
  const { seed, ...change } = trial;
  const { failure, hash } = await options.protocol.run(seed, options.mutant, change);
  if (failure === undefined) {
    report.line(`${options.name}: the trial of seed ${seed} passes (${hash})`);
    return 0;
  }
  const found = await examineFor(trial, options, report);
  for (const line of failureLines(options.name, options.mutant, found)) report.line(line);
  return 1;
}

/** A scenario as it comes out; 0 when it is as told and nothing is violated. */
function tell(scenario: NonNullable<Options['scenario']>, options: Options, report: Report): number {
  try {
    return told(scenario, options, report);
  } catch (error) {
    const why = (error instanceof ScenarioStopped ? error.cause : error) as Error;
    const { path } = scenario;
    if (why instanceof Misspelt) report.line(`${path} is no scenario: ${(error as Error).message}`);
    else if (why instanceof Impossible)
      report.line(`${path}: the course has changed, at ${(error as Error).message}. What it was written for does not show any more; its trial or its seed tells whether the failure is gone.`); // prettier-ignore
    else if (isVerdict(error)) report.line(`${path}: ends at ${(error as Error).message}`);
    else throw error;
    return why instanceof Misspelt ? exitCodes.misspelt : why instanceof Impossible ? exitCodes.otherCourse : 1;
  }
}

/** Of a scenario that does not come to its end. */
const exitCodes = { misspelt: 2, otherCourse: 3 };

function told({ path, text }: NonNullable<Options['scenario']>, { protocol, mutant }: Options, report: Report): number {
  const happened = protocol.tell(text, mutant);
  for (const line of happened.trimEnd().split('\n')) report.line(line);
  const violated = /^✗ .*$/m.exec(happened)?.[0];
  report.line('');
  report.line(`${path}: ${happened === text ? 'as told' : 'not as told'}, ${violated ?? 'nothing is violated'}`);
  return happened === text && violated === undefined ? 0 : 1;
}

async function runRegressions({ name, protocol, mutant }: Options, report: Report): Promise<number> {
  let failures = 0;
  for (const { seed, swarm, strikes, why, failedAt } of protocol.regressions) {
    const { failure } = await protocol.run(seed, mutant, { swarm, strikes });
    if (failure !== undefined) failures++;
    report.line(`${failure === undefined ? 'passes' : 'FAILS '}  seed ${seed} of ${failedAt}: ${why}`);
    if (failure !== undefined) report.line(`        ${failure.message}`);
  }
  report.line(`${name}: ${protocol.regressions.length - failures} of ${protocol.regressions.length} regressions pass`);
  return failures === 0 ? 0 : 1;
}

function summary(total: Counters, { name, mutant, seeds, json }: Options, report: Report): number {
  const missing = seeds < expectAllFrom ? [] : total.zeros;
  const wrong = [
    ...(missing.length > 0 ? [`never came up in ${seeds} seeds: ${missing.join(', ')}`] : []),
    ...total.shortages.map((what) => `some run had too few: ${what}`),
    ...entangled(total),
  ];
  if (json)
    report.line(JSON.stringify({ name, mutant, seeds, situations: Object.fromEntries(total.situations), counted: Object.fromEntries(total.others), least: Object.fromEntries(total.poorest), missing, wrong })); // prettier-ignore
  else for (const line of summaryLines(total)) report.line(line);
  if (!json && mutant !== undefined) report.line(`mutant ${mutant} survives ${seeds} seeds`);
  if (!json) for (const line of wrong) report.line(line);
  return wrong.length === 0 ? 0 : 1;
}

function entangled(total: Counters): string[] {
  const [judged, unjudged] = [total.get(histories.judged), total.get(histories.entangled)];
  const share = unjudged / (judged + unjudged);
  return unjudged > 1 && share > entangledMax
    ? [`${(100 * share).toFixed(1)} % of the histories are too entangled to judge`]
    : [];
}
