import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleProgram } from '@synod/process-group';
import type { Contender } from './contenders.js';
import { LoadProcess } from './load-process.js';
import { measure } from './measure.js';
import type { Sample } from './measure.js';
import { cpuModel } from './report/summary.js';
import type { CpuModel } from './report/summary.js';
import type { Metrics } from './scrape.js';
import { Synod } from './systems/synod.js';

/** What a round of writes takes, whatever the machine. Messages and syncs are per round, bytes per write. */
export interface Counted {
  readonly batch: number;
  readonly requests: number;
  readonly appends: number;
  readonly acknowledgements: number;
  readonly replies: number;
  readonly syncs: number;
  readonly requestBytes: number;
  readonly appendBytes: number;
  readonly writtenBytes: number;
}

export interface GateMeasurement {
  readonly counted: readonly Counted[];
  /** Microseconds of CPU per round of n writes. */
  readonly model: CpuModel;
  /** Milliseconds of CPU that a fixed piece of work took on this machine, now: figures are compared in units of it. */
  readonly unitMs: number;
}

/** As many writers make batches of as many: each batch's answers come together, and so do their next writes. */
const runs = [
  { writers: 8, rounds: 1500 },
  { writers: 512, rounds: 250 },
];
const valueBytes = 128;
const keys = 10_000;
/** Elections that a busy machine does not cause. */
const environment = { SYNOD_TIMING: 'wan', OTEL_TRACES_SAMPLER: 'always_off', OTEL_TRACES_EXPORTER: 'none' };

/** Counts and CPU of a real group at two batch sizes. */
export async function measureGate(): Promise<GateMeasurement> {
  const directory = mkdtempSync(join(tmpdir(), 'synod-gate-'));
  const program = join(directory, 'load.mjs');
  bundleProgram('tools/bench/src/load/main.ts', program);
  const system = await Synod.start({ environment });
  try {
    const target = system.target('synod');
    const load = await LoadProcess.start('gate', program, { target, prefix: 'g00' }, environment);
    try {
      return await measureRuns({ name: 'gate', system, load });
    } finally {
      await load.stop();
    }
  } finally {
    await system.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function measureRuns(contender: Contender & { readonly system: Synod }): Promise<GateMeasurement> {
  const counted: Counted[] = [];
  const samples: Sample[] = [];
  for (const { writers, rounds } of runs) {
    const operations = writers * rounds;
    const order = { writers, readers: 0, valueBytes, keys, warmUpMs: 0, measure: { operations } };
    await measure(contender, order); // until it is compiled
    const before = await contender.system.metrics();
    samples.push(await measure(contender, order));
    counted.push(countedOf(before, await contender.system.metrics(), operations, writers));
  }
  const cell = { name: 'gate', writers: 0, readers: 0, valueBytes, quick: true };
  return { counted, model: cpuModel([{ cell, contender: 'gate', samples }]), unitMs: unitOfWork() };
}

/** Heartbeats and the reads that check the run also make messages: they are taken off. */
function countedOf(before: readonly Metrics[], after: readonly Metrics[], writes: number, batch: number): Counted {
  const rose = (name: string) =>
    after.reduce((sum, metrics, index) => sum + (metrics.get(name) ?? 0) - (before[index]!.get(name) ?? 0), 0);
  const sent = (kind: string) => rose(`synod_messages_sent_total{kind="${kind}"}`);
  const received = (kind: string) => rose(`synod_messages_received_total{kind="${kind}"}`);
  const rounds = writes / batch;
  return {
    batch,
    requests: received('request') / rounds,
    appends: sent('append-entries') / rounds,
    acknowledgements: (sent('append-entries-reply') - received('heartbeat')) / rounds,
    replies: (sent('reply') - received('read')) / rounds,
    syncs: rose('synod_journal_syncs_total') / rounds,
    requestBytes: rose('synod_message_received_bytes_total{kind="request"}') / writes,
    appendBytes: rose('synod_message_sent_bytes_total{kind="append-entries"}') / writes,
    writtenBytes: rose('synod_journal_written_bytes_total') / writes,
  };
}

/** Copies, numbers and small objects, as the product's own work is; the best of some, since others disturb. */
function unitOfWork(): number {
  let best = Infinity;
  for (let attempt = 0; attempt < 5; attempt++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

function work(): number {
  const from = Buffer.alloc(1 << 16, 'synod');
  const to = Buffer.alloc(from.length);
  const map = new Map<string, { readonly at: number }>();
  let sum = 0;
  for (let i = 0; i < 40_000; i++) {
    to.set(from.subarray(i & 1023, (i & 1023) + 150), i & 4095);
    sum = (Math.imul(sum, 31) + to[(i * 7) & 0xffff]!) | 0;
    map.set(`key-${i % 10_000}`, { at: sum });
  }
  return sum + map.size;
}
