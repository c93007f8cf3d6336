// By hand: node --import tsx -C @synod/source apps/raft-replica/test/floods/measure.ts [seconds] [flood …]
// What well-behaved writers get beside somebody who floods: real replicas, a real broker, the flood in a process of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pause, workspaceRoot } from '@synod/process-group';
import type { ProcessGroup } from '@synod/process-group';
import { startGroup } from '../test-group.js';

const seconds = Number(process.argv[2] ?? 4);
const chosen = process.argv.slice(3);
const all = ['none', 'nobody-large', 'large', 'nobody-tiny', 'tiny', 'reads', 'garbage', 'peer', 'storm'];
const writers = 64;
const value = Buffer.alloc(128, 'v');

interface Figures {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
  readonly errors: number;
}

async function write(group: ProcessGroup): Promise<Figures> {
  const kv = (await group.client()).group('kv');
  const latencies: number[] = [];
  let errors = 0;
  let from = Infinity;
  let end = Infinity;
  const worker = async (n: number): Promise<void> => {
    while (performance.now() < end) {
      const start = performance.now();
      try {
        await kv.put(`writer-${n}`, value);
        if (start >= from) latencies.push(performance.now() - start);
      } catch {
        if (start >= from) errors++;
      }
    }
  };
  const running = Promise.all(Array.from({ length: writers }, (_, n) => worker(n)));
  await pause(1000);
  from = performance.now();
  end = from + seconds * 1000;
  await running;
  const elapsed = (performance.now() - from) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? NaN;
  return { perSecond: latencies.length / elapsed, p50: at(0.5), p99: at(0.99), worst: latencies.at(-1) ?? NaN, errors };
}

async function sum(group: ProcessGroup, metric: string): Promise<number> {
  let total = 0;
  for (const name of group.names)
    for (const count of (await group.replica(name).metric(metric)).values()) total += count;
  return total;
}

async function measure(flood: string): Promise<void> {
  const group = await startGroup({}, process.env['FLOOD_PROGRAM'] ?? 'apps/raft-replica/src/main.ts');
  try {
    const user = flood === 'peer' ? 'raft-r3' : 'mallory';
    const leader = await group.leader();
    const broker = group.broker.servers[0]!;
    const { password } = group.broker.credentials(user);
    const script = join(workspaceRoot(), 'apps/raft-replica/test/floods/flooder.ts');
    const args = ['--import', 'tsx', '-C', '@synod/source', script];
    const child =
      flood === 'none'
        ? undefined
        : spawn(process.execPath, [...args, `${broker.port}`, user, password, flood, leader], {
            stdio: 'inherit',
          });
    if (child) await pause(1500);
    const terms = Math.max(...[...(await group.states()).values()].map(({ term }) => term));
    const figures = await write(group);
    child?.kill('SIGKILL');
    if (child) await once(child, 'exit');
    await pause(500);
    const elections = Math.max(...[...(await group.states()).values()].map(({ term }) => term)) - terms;
    const rejected = await sum(group, 'synod_rejected_messages_total');
    const varz = (await (await fetch(`http://127.0.0.1:${broker.monitorPort}/varz`)).json()) as {
      slow_consumers: number;
      in_msgs: number;
    };
    const rss = group.names.map((name) => Math.round(group.replica(name).rssMiB)).join('/');
    console.log(
      [
        flood.padEnd(13),
        `${Math.round(figures.perSecond)}/s`.padStart(9),
        `p50 ${figures.p50.toFixed(2)}`,
        `p99 ${figures.p99.toFixed(2)}`,
        `worst ${figures.worst.toFixed(0)} ms`,
        `errors ${figures.errors}`,
        `elections ${elections}`,
        `slow consumers ${varz.slow_consumers}`,
        `broker took ${varz.in_msgs}`,
        `refused ${rejected}`,
        `rss ${rss} MiB`,
      ].join('  '),
    );
  } finally {
    await group.close();
  }
}

for (const flood of chosen.length > 0 ? chosen : all) await measure(flood);
