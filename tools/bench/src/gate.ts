import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleProgram } from '@synod/process-group';
import type { GroupOptions } from '@synod/process-group';
import type { Contender } from './contenders.js';
import { LoadProcess } from './load-process.js';
import { measure } from './measure.js';
import type { Sample } from './measure.js';
import { cpuModel } from './report/summary.js';
import type { RoleName } from '@synod/topology';
import type { CpuModel } from './report/summary.js';
import type { Metrics } from './scrape.js';
import { Synod } from './systems/synod.js';
import { sum, trafficOf } from './traffic.js';
import type { Traffic } from './traffic.js';

/** What a round of writes takes, whatever the machine. Messages and syncs are per round, bytes per write. */
export interface Counted {
  readonly batch: number;
  readonly requests: number;
  /** The leader's entries: append-entries, accept. */
  readonly proposals: number;
  readonly acknowledgements: number;
  readonly replies: number;
  /** Of those whose disks an answer waits for. */
  readonly syncs: number;
  /** Of those that write behind, without anybody waiting: proposers. */
  readonly syncsBehind: number;
  readonly requestBytes: number;
  readonly proposalBytes: number;
  /** All journals. */
  readonly writtenBytes: number;
}

export interface GateMeasurement {
  readonly counted: readonly Counted[];
  /** Of all kinds of messages: of each run of writes, then of each run of reads. */
  readonly traffic: readonly Traffic[];
  /** Microseconds of CPU per round of n writes. */
  readonly model: CpuModel;
  /** Milliseconds of CPU that a fixed piece of work took on this machine, now: figures are compared in units of it. */
  readonly unitMs: number;
}

type Protocol = NonNullable<GroupOptions['protocol']>;

/** What a protocol calls the two messages of its rounds, and who answers a proposal when it is on disk. */
interface Round {
  readonly proposal: string;
  /** A piece of a snapshot. */
  readonly chunk: string;
  readonly acknowledgement: string;
  readonly voters: RoleName;
  /** Instead of the product's own, where that sends by the clock what is to be counted by the round. */
  readonly program?: string;
}

export const rounds = {
  raft: {
    proposal: 'append-entries',
    chunk: 'install-snapshot',
    acknowledgement: 'append-entries-reply',
    voters: 'replica',
  },
  paxos: { proposal: 'accept', chunk: 'snapshot-chunk', acknowledgement: 'accepted', voters: 'acceptor' },
  pbft: {
    proposal: 'pre-prepare',
    chunk: 'snapshot-chunk',
    acknowledgement: 'commit',
    voters: 'replica',
    program: 'apps/pbft-replica/test/sparing-words.ts',
  },
} as const satisfies Record<Protocol, Round>;

export const gated = Object.keys(rounds) as readonly Protocol[];

/** As many writers make batches of as many: each batch's answers come together, and so do their next writes. */
const runs = [
  { writers: 8, count: 1500 },
  { writers: 512, count: 250 },
];
const readRuns = [
  { readers: 8, count: 500 },
  { readers: 512, count: 100 },
];
const valueBytes = 128;
const keys = 10_000;
/** Elections that a busy machine does not cause. */
const environment = { SYNOD_TIMING: 'wan', OTEL_TRACES_SAMPLER: 'always_off', OTEL_TRACES_EXPORTER: 'none' };

/** Counts and CPU of a real group at two batch sizes. */
export async function measureGate(protocol: Protocol): Promise<GateMeasurement> {
  const directory = mkdtempSync(join(tmpdir(), 'synod-gate-'));
  const program = join(directory, 'load.mjs');
  bundleProgram('tools/bench/src/load/main.ts', program);
  const system = await Synod.start({ protocol, environment, ...programOf(protocol) });
  try {
    const target = system.target('synod');
    const load = await LoadProcess.start('gate', program, { target, prefix: 'g00' }, environment);
    try {
      return await measureRuns(protocol, { name: 'gate', system, load });
    } finally {
      await load.stop();
    }
  } finally {
    await system.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

function programOf(protocol: Protocol): Pick<Round, 'program'> {
  const { program }: Round = rounds[protocol];
  return program === undefined ? {} : { program };
}

async function measureRuns(
  protocol: Protocol,
  contender: Contender & { readonly system: Synod },
): Promise<GateMeasurement> {
  const counted: Counted[] = [];
  const traffic: Traffic[] = [];
  const samples: Sample[] = [];
  for (const { writers, count } of runs) {
    const operations = writers * count;
    const order = { writers, readers: 0, valueBytes, keys, warmUpMs: 0, measure: { operations } };
    await measure(contender, order); // until it is compiled
    const before = await takeMetrics(protocol, contender.system);
    samples.push(await measure(contender, order));
    const after = await takeMetrics(protocol, contender.system);
    counted.push(countedOf(protocol, before, after, operations, writers));
    traffic.push(trafficOf(before.all, after.all, after.at - before.at));
  }
  for (const { readers, count } of readRuns) {
    const before = await takeMetrics(protocol, contender.system);
    await measure(contender, {
      writers: 0,
      readers,
      valueBytes,
      keys,
      warmUpMs: 0,
      measure: { operations: readers * count },
    });
    const after = await takeMetrics(protocol, contender.system);
    traffic.push(trafficOf(before.all, after.all, after.at - before.at));
  }
  const cell = { name: 'gate', writers: 0, readers: 0, valueBytes, quick: true };
  return { counted, traffic, model: cpuModel([{ cell, contender: 'gate', samples }]), unitMs: unitOfWork() };
}

interface GroupMetrics {
  readonly at: number;
  readonly all: readonly Metrics[];
  readonly voters: readonly Metrics[];
}

type Whose = Exclude<keyof GroupMetrics, 'at'>;

async function takeMetrics(protocol: Protocol, system: Synod): Promise<GroupMetrics> {
  const all = await system.metrics();
  const voters = system.group.namesOf(rounds[protocol].voters).map((name) => all[system.group.names.indexOf(name)]!);
  return { at: performance.now(), all, voters };
}

/** Heartbeats and the reads that check the run also make messages: they are taken off. */
function countedOf(
  protocol: Protocol,
  before: GroupMetrics,
  after: GroupMetrics,
  writes: number,
  batch: number,
): Counted {
  const rose = (name: string, whose: Whose = 'all') => sum(after[whose], name) - sum(before[whose], name);
  const sent = (kind: string) => rose(`synod_messages_sent_total{kind="${kind}"}`);
  const received = (kind: string, whose?: Whose) => rose(`synod_messages_received_total{kind="${kind}"}`, whose);
  const { proposal, acknowledgement } = rounds[protocol];
  const count = writes / batch;
  const syncs = rose('synod_journal_syncs_total', 'voters');
  return {
    batch,
    requests: received('request') / count,
    proposals: sent(proposal) / count,
    acknowledgements: (sent(acknowledgement) - received('heartbeat', 'voters')) / count,
    replies: (sent('reply') - received('read')) / count,
    syncs: syncs / count,
    syncsBehind: (rose('synod_journal_syncs_total') - syncs) / count,
    requestBytes: rose('synod_message_received_bytes_total{kind="request"}') / writes,
    proposalBytes: rose(`synod_message_sent_bytes_total{kind="${proposal}"}`) / writes,
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
