import { Counters } from '@synod/simulator';
import type { Options } from './options.js';
import type { Outcome } from './protocols.js';

/** Every so many seeds one is run twice, and both runs must be the same. */
const repeatEvery = 100;
/** Over fewer seeds a situation may well not come up. */
const expectAllFrom = 300;

export interface Report {
  line(text: string): void;
  /** Called between seeds. */
  progress(done: number, of: number, virtualMs: number): void;
}

/** Gives the exit code: 0 when all seeds passed and every named situation came up. */
export async function run(options: Options, report: Report): Promise<number> {
  const { protocol, mutant, firstSeed, seeds } = options;
  const total = new Counters();
  let virtualMs = 0;
  for (let i = 0; i < seeds; i++) {
    const seed = firstSeed + i;
    const outcome = await protocol.run(seed, mutant);
    const failure = outcome.failure ?? (await differenceOf(seed, outcome, options, i));
    if (failure !== undefined) {
      tell(seed, failure, outcome, options, report);
      return 1;
    }
    total.merge(outcome.counters);
    virtualMs += outcome.virtualMs;
    report.progress(i + 1, seeds, virtualMs);
  }
  return summary(total, options, report);
}

async function differenceOf(
  seed: number,
  first: Outcome,
  { protocol, mutant }: Options,
  i: number,
): Promise<Error | undefined> {
  if (i % repeatEvery !== 0) return undefined;
  const again = await protocol.run(seed, mutant);
  if (again.hash === first.hash) return undefined;
  return new Error(
    `two runs of seed ${seed} differ: ${first.hash} and ${again.hash}; something is not decided by the seed`,
  );
}

function tell(seed: number, failure: Error, outcome: Outcome, { name, mutant, tail }: Options, report: Report): void {
  for (const line of tail === 0 ? [] : outcome.tail().slice(-tail)) report.line(line);
  report.line('');
  report.line(`seed ${seed} fails: ${failure.message}`);
  if (failure.name !== 'Violation') report.line(failure.stack ?? '');
  report.line(`replay: npm run sim -- ${name} --seed ${seed}${mutant === undefined ? '' : ` --mutant ${mutant}`}`);
}

function summary(total: Counters, { mutant, seeds }: Options, report: Report): number {
  for (const [name, times] of total.entries) report.line(`${String(times).padStart(10)}  ${name}`);
  if (mutant !== undefined) report.line(`mutant ${mutant} survives ${seeds} seeds`);
  if (seeds < expectAllFrom || total.zeros.length === 0) return 0;
  report.line(`never came up in ${seeds} seeds: ${total.zeros.join(', ')}`);
  return 1;
}
