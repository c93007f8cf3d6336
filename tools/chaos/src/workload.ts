import { SynodError } from '@synod/client';
import type { Recorder } from '@synod/linearizability';
import { pause } from '@synod/process-group';
import type { ProcessGroup } from '@synod/process-group';
import type { Random } from '@synod/simulator';
import { Client } from './client.js';
import { Reader } from './reader.js';
import { Registers } from './registers/registers.js';
import { StallMeter } from './stall-meter.js';

const CLIENTS = 8;
const TIMEOUT_MS = 3000;
/** A reader that is cut off gives up soon, and asks anew: an answer is wrong only when its question came late enough. */
const READ_TIMEOUT_MS = 500;

/** What happened since the phase began. */
export interface Tally {
  operations: number;
  acknowledged: number;
  unknown: number;
  refused: number;
  /** The longest time in which no operation of any client succeeded, in milliseconds, without the machine's own stalls. */
  longestGapMs: number;
}

/**
 * Clients that write, read, compare and delete as long as they are not paused; and on each machine a reader, and one who wants
 * registers, if there are any. Each phase has keys of its own, so that a history can be judged when its phase ends. Beside those,
 * each client counts up a key that nobody else writes.
 */
export class Workload {
  private readonly clients: Client[] = [];
  private readonly readers: Reader[] = [];
  private running: Promise<void>[] = [];
  private going = false;
  private readonly clock = new StallMeter();
  private lastSuccess = this.clock.now;
  private tally = emptyTally();
  private begunAt = this.clock.now;
  registers = new Registers();
  phase = '';

  private constructor(readonly recorder: Recorder) {}

  static async start(group: ProcessGroup, recorder: Recorder, random: Random): Promise<Workload> {
    const workload = new Workload(recorder);
    for (let i = 0; i < CLIENTS; i++) {
      const name = `c${i + 1}`;
      const client = await group.client({ timeoutMs: TIMEOUT_MS });
      const recorded = recorder.of(name, client.group(group.group));
      workload.clients.push(new Client(name, recorded, workload, random.fork(name)));
    }
    for (const [i, server] of group.broker.urls.entries()) {
      const name = `r${i + 1}`;
      const client = await group.client({ servers: [server], timeoutMs: READ_TIMEOUT_MS });
      const recorded = recorder.of(name, client.group(group.group));
      workload.readers.push(new Reader(recorded, workload, random.fork(name)));
    }
    workload.registers = await Registers.start(group, workload, random.fork('registers'));
    return workload;
  }

  /** New keys and a new tally. */
  begin(phase: string): void {
    this.phase = phase;
    this.tally = emptyTally();
    this.begunAt = this.clock.now;
    this.resume();
  }

  get phaseMs(): number {
    return this.clock.now - this.begunAt;
  }

  get counts(): Readonly<Tally> {
    return this.tally;
  }

  get isGoing(): boolean {
    return this.going;
  }

  resume(): void {
    if (this.going) return;
    this.going = true;
    this.lastSuccess = this.clock.now;
    this.running = [...this.clients, ...this.readers, ...this.registers.clients].map((one) => one.work());
  }

  /** Resolves when no operation is under way. */
  async pause(): Promise<void> {
    this.going = false;
    await Promise.all(this.running);
  }

  /** Resolves when `more` operations have succeeded since now; throws when that takes longer than the bound. */
  async advance(more: number, withinMs: number): Promise<void> {
    const { tally, clock } = this;
    const goal = tally.acknowledged + more;
    const deadline = clock.now + withinMs;
    while (tally.acknowledged < goal) {
      if (clock.now > deadline) {
        throw new Error(`the group does not serve: ${tally.acknowledged} of ${goal} answers after ${withinMs} ms`);
      }
      await pause(20);
    }
  }

  /** `aside`: it tells nothing of whether the group writes to its log. */
  succeeded(aside = false): void {
    this.tally.operations++;
    if (aside) return;
    const { now } = this.clock;
    this.tally.longestGapMs = Math.max(this.tally.longestGapMs, now - this.lastSuccess);
    this.lastSuccess = now;
    this.tally.acknowledged++;
  }

  failed(error: unknown): void {
    if (!(error instanceof SynodError)) throw error;
    this.tally.operations++;
    if (error.mayHaveTakenEffect) this.tally.unknown++;
    else this.tally.refused++;
  }

  /** How long the machine stood still for us, so far. */
  get stalledMs(): number {
    return this.clock.stalledMs;
  }

  async stop(): Promise<void> {
    await this.pause();
    this.clock.close();
  }

  /** Sentences about counters that went back; none when all is well. Call it while paused. */
  async lostCounts(): Promise<readonly string[]> {
    return (await Promise.all(this.clients.map((client) => client.lostCounts()))).flat();
  }

  /** Reads every key of every phase once more, into the history; registers are apart. */
  async readEverything(): Promise<void> {
    await this.clients[0]!.readEverything();
  }
}

function emptyTally(): Tally {
  return { operations: 0, acknowledged: 0, unknown: 0, refused: 0, longestGapMs: 0 };
}
