// By hand: node --import tsx -C @synod/source apps/raft-replica/test/floods/measure.ts [--runs 5] [--seconds 10] [--busy 2]
//   [--writers 8] [--program path] [flood …]
// What well-behaved writers get beside somebody who floods: real replicas, a real broker, the flood in a process of its own, and
// so many programs beside them that do nothing but keep the cores busy. A line for each run, and one of medians for each flood.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { KeyValueGroup } from '@synod/client';
import { workspaceRoot } from '@synod/process-group';
import type { ProcessGroup } from '@synod/process-group';
import { startGroup } from '../test-group.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '4' },
    busy: { type: 'string', default: '0' },
    writers: { type: 'string', default: '64' },
    program: { type: 'string', default: 'apps/raft-replica/src/main.ts' },
  },
});
const seconds = Number(values.seconds);
const writers = Number(values.writers);
const all = [
  'none',
  'nobody-large',
  'large',
  'nobody-tiny',
  'tiny',
  'tiny-everywhere',
  'reads',
  'garbage',
  'deaf',
  'frozen-tap',
];
const kinds = positionals.length > 0 ? positionals : [...all, 'peer', 'storm'];
const users: Readonly<Record<string, string>> = { 'frozen-tap': 'observer' };
const value = Buffer.alloc(128, 'v');
/** How soon this many writes are answered is a figure of its own: throughput hides a group that stands still for a while. */
const hundred = 100;

interface Figures {
  readonly perSecond: number;
  /** Of the first hundred: how many were answered in the time measured, and when the last of them was. */
  readonly answered: number;
  readonly hundredMs: number;
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
  readonly elections: number;
  readonly errors: number;
}

/** Writers as fast as they are answered, from now on for `seconds`. */
async function write(kv: KeyValueGroup): Promise<Omit<Figures, 'elections'>> {
  const latencies: number[] = [];
  let errors = 0;
  let hundredMs = Infinity;
  const start = performance.now();
  const end = start + seconds * 1000;
  const worker = async (n: number): Promise<void> => {
    while (performance.now() < end) {
      const began = performance.now();
      try {
        await kv.put(`writer-${n}`, value);
        const now = performance.now();
        if (now <= end) latencies.push(now - began);
        if (latencies.length === hundred) hundredMs = Math.min(hundredMs, now - start);
      } catch {
        errors++;
      }
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, n) => worker(n)));
  const sorted = latencies.slice().sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Infinity;
  const answered = Math.min(hundred, sorted.length);
  const worst = sorted.at(-1) ?? Infinity;
  return { perSecond: sorted.length / seconds, answered, hundredMs, p50: at(0.5), p99: at(0.99), worst, errors };
}

async function term(group: ProcessGroup): Promise<number> {
  const terms: number[] = [];
  for (const replica of group.replicas) terms.push([...(await replica.metric('synod_term')).values()][0] ?? 0);
  return Math.max(...terms);
}

async function run(flood: string): Promise<Figures> {
  const group = await startGroup({}, values.program);
  const beside = Array.from({ length: Number(values.busy) }, () => spawn('sh', ['-c', 'while :; do :; done']));
  const kv = (await group.client()).group('kv');
  await kv.put('large', Buffer.alloc(60_000, 'l'));
  const leader = await group.leader();
  const termBefore = await term(group);
  const user = flood === 'peer' ? group.names.find((name) => name !== leader)! : (users[flood] ?? 'mallory');
  const { seed } = group.broker.credentials(user);
  const { port } = group.broker.servers[0]!;
  const flooder =
    flood === 'none'
      ? undefined
      : fork(
          join(workspaceRoot(), 'apps/raft-replica/test/floods/flooder.ts'),
          [`${port}`, user, seed, flood, leader],
          {
            execArgv: ['--import', 'tsx', '-C', '@synod/source'],
          },
        );
  try {
    if (flooder) await once(flooder, 'message');
    const figures = await write(kv);
    return { ...figures, elections: (await term(group)) - termBefore };
  } finally {
    flooder?.kill('SIGKILL');
    for (const child of beside) child.kill('SIGKILL');
    await group.close();
  }
}

function line(what: string, figures: Figures): string {
  const ms = (time: number): string =>
    Number.isFinite(time) ? `${time < 10 ? time.toFixed(1) : Math.round(time)} ms` : 'never';
  return [
    what.padEnd(16),
    `${Math.round(figures.perSecond)}/s`.padStart(8),
    `${figures.answered} of ${hundred} in ${ms(figures.hundredMs)}`.padEnd(22),
    `p50 ${ms(figures.p50)}`.padEnd(12),
    `p99 ${ms(figures.p99)}`.padEnd(13),
    `worst ${ms(figures.worst)}`.padEnd(15),
    `elections ${figures.elections}`,
    `errors ${figures.errors}`,
    `load ${loadavg()[0]!.toFixed(1)}`,
  ].join('  ');
}

function medians(runs: readonly Figures[]): Figures {
  const median = (key: keyof Figures): number =>
    runs.map((figures) => figures[key]).sort((a, b) => a - b)[runs.length >> 1]!;
  return Object.fromEntries(
    Object.keys(runs[0]!).map((key) => [key, median(key as keyof Figures)]),
  ) as unknown as Figures;
}

for (const kind of kinds) {
  const runs: Figures[] = [];
  for (let i = 0; i < Number(values.runs); i++) {
    runs.push(await run(kind));
    console.log(line(kind, runs.at(-1)!));
  }
  if (runs.length > 1) console.log(line(`median ${kind}`, medians(runs)));
}
