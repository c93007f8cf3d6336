import type { Contender } from './contenders.js';
import type { Order, Outcome } from './load/orders.js';
import { processorMs } from './processor-time.js';
import { countNames } from './systems/system.js';
import type { Counts } from './systems/system.js';

/** One run of one order on one contender. */
export interface Sample {
  readonly outcome: Outcome;
  readonly perSecond: number;
  /** Milliseconds of CPU by process, the load as `client`; for 10,000 operations. */
  readonly cpu: Readonly<Record<string, number>>;
  /** Share of one core, all these processes together. */
  readonly cores: number;
  readonly perOperation: Counts;
  /** Operations per round; undefined when the system does not count rounds. */
  readonly roundSize: number | undefined;
}

interface Snapshot {
  readonly at: number;
  readonly cpu: ReadonlyMap<string, number>;
  readonly counts: Promise<Counts>;
}

/** CPU is read at the moments between which the operations are counted; counters that take a request, right after. */
export async function measure({ system, load }: Contender, order: Order): Promise<Sample> {
  const processes = new Map([...(await system.processes()), ['client', load.pid]]);
  const take = (): Snapshot => ({
    at: performance.now(),
    cpu: new Map([...processes].map(([name, pid]) => [name, processorMs(pid)])),
    counts: system.counts(),
  });
  let before: Snapshot | undefined;
  let after: Snapshot | undefined;
  const outcome = await load.run(order, { measuring: () => (before = take()), measured: () => (after = take()) });
  if (!before || !after) throw new Error('the load process did not say when it measured');
  return sampleOf(outcome, before, after, await before.counts, await after.counts);
}

function sampleOf(outcome: Outcome, before: Snapshot, after: Snapshot, first: Counts, last: Counts): Sample {
  const operations = outcome.writes + outcome.reads;
  const cpu = Object.fromEntries([...after.cpu].map(([name, ms]) => [name, ms - before.cpu.get(name)!]));
  const total = Object.values(cpu).reduce((sum, ms) => sum + ms, 0);
  const counts = differences(first, last);
  const perOperation = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count / operations]));
  return {
    outcome,
    perSecond: (operations * 1000) / outcome.elapsedMs,
    cpu: Object.fromEntries(Object.entries(cpu).map(([name, ms]) => [name, (ms * 10_000) / operations])),
    cores: total / (after.at - before.at),
    perOperation,
    roundSize: counts.rounds ? operations / counts.rounds : undefined,
  };
}

function differences(first: Counts, last: Counts): Counts {
  const pairs = countNames.flatMap((name) => {
    const [from, to] = [first[name], last[name]];
    return from === undefined || to === undefined ? [] : [[name, to - from]];
  });
  return Object.fromEntries(pairs) as Counts;
}
