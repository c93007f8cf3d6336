import type { Sample } from '../measure.js';
import type { Result } from '../run-section.js';
import { fitLine, spread } from '../statistics.js';
import type { Line, Spread } from '../statistics.js';

/** What is said of all runs of one load on one contender. Latencies are those of writes where there are any, otherwise of reads. */
export interface Summary {
  readonly cell: string;
  readonly contender: string;
  readonly perSecond: Spread;
  readonly p50: Spread;
  readonly p99: Spread;
  readonly p999: Spread;
  /** Milliseconds of CPU for 10,000 operations, medians; all followers and all acceptors together, so that the parts give the total. */
  readonly cpu: {
    readonly leader: number;
    readonly followers: number;
    readonly acceptors: number;
    readonly broker: number;
    readonly client: number;
  };
  /** Cores in use, all processes together. */
  readonly cores: number;
  readonly messages: number | undefined;
  readonly bytes: number | undefined;
  readonly syncs: number | undefined;
  readonly written: number | undefined;
  readonly roundSize: number | undefined;
  readonly staleReads: number;
  readonly operations: number;
}

export function summarize({ cell, contender, samples }: Result): Summary {
  const median = (of: (sample: Sample) => number | undefined) => {
    const values = samples.map(of).filter((value) => value !== undefined);
    return values.length === 0 ? undefined : spread(values).median;
  };
  const latency = (of: 'p50' | 'p99' | 'p999') =>
    spread(samples.map(({ outcome }) => (outcome.writes > 0 ? outcome.write : outcome.read)[of]));
  const cpu = (role: string) => median((sample) => cpuOf(sample, role)) ?? 0;
  const sum = (of: (sample: Sample) => number) => samples.reduce((total, sample) => total + of(sample), 0);
  return {
    cell: cell.name,
    contender,
    perSecond: spread(samples.map(({ perSecond }) => perSecond)),
    p50: latency('p50'),
    p99: latency('p99'),
    p999: latency('p999'),
    cpu: {
      leader: cpu('leader'),
      followers: cpu('follower'),
      acceptors: cpu('acceptor'),
      broker: cpu('broker'),
      client: cpu('client'),
    },
    cores: median(({ cores }) => cores) ?? 0,
    messages: median(({ perOperation }) => perOperation.messages),
    bytes: median(({ perOperation }) => perOperation.bytes),
    syncs: median(({ perOperation }) => perOperation.syncs),
    written: median(({ perOperation }) => perOperation.written),
    roundSize: median(({ roundSize }) => roundSize),
    staleReads: sum(({ outcome }) => outcome.staleReads),
    operations: sum(({ outcome }) => outcome.writes + outcome.reads),
  };
}

/** Of all processes whose name begins with the role. */
function cpuOf({ cpu }: Sample, role: string): number {
  return Object.entries(cpu).reduce((total, [name, ms]) => (name.startsWith(role) ? total + ms : total), 0);
}

export const modelled = ['leader', 'follower', 'acceptor', 'broker', 'client', 'total'] as const;
export type CpuModel = Readonly<Partial<Record<(typeof modelled)[number], Line>>>;

/** Microseconds of CPU per round of n writes, R + c·n, by process, over all runs of one contender; a follower or acceptor is the mean of them. */
export function cpuModel(results: readonly Result[]): CpuModel {
  const samples = results.flatMap((result) => result.samples).filter(({ roundSize }) => roundSize !== undefined);
  const lineOf = (role: (typeof modelled)[number]) => {
    const each = (sample: Sample) => {
      const matching = Object.keys(sample.cpu).filter((name) => name.startsWith(role));
      const ms = role === 'total' ? cpuOf(sample, '') : cpuOf(sample, role) / Math.max(1, matching.length);
      return { x: sample.roundSize!, y: (ms / 10) * sample.roundSize! };
    };
    return fitLine(samples.map(each));
  };
  const lines = modelled.map((role) => [role, lineOf(role)] as const);
  return Object.fromEntries(lines.filter(([, line]) => line !== undefined)) as CpuModel;
}
