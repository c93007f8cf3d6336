import { SynodError } from '@synod/client';
import type { Recorder } from '@synod/linearizability';
import { pause } from '@synod/process-group';
import type { ProcessGroup } from '@synod/process-group';
import type { Random } from '@synod/simulator';
import { StallMeter } from './stall-meter.js';

type RecordedGroup = ReturnType<Recorder['of']>;

const CLIENTS = 8;
const KEYS = 6;
const TIMEOUT_MS = 3000;

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
 * Clients that write, read, compare and delete as long as they are not paused. Each phase has keys of its own, so that a
 * history can be judged when its phase ends. Beside those, each client counts up a key that nobody else writes.
 */
export class Workload {
  private readonly clients: Client[] = [];
  private running: Promise<void>[] = [];
  private going = false;
  private readonly clock = new StallMeter();
  private lastSuccess = this.clock.now;
  private tally = emptyTally();
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
    return workload;
  }

  /** New keys and a new tally. */
  begin(phase: string): void {
    this.phase = phase;
    this.tally = emptyTally();
    this.resume();
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
    this.running = this.clients.map((client) => client.work());
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

  succeeded(): void {
    const { now } = this.clock;
    this.tally.longestGapMs = Math.max(this.tally.longestGapMs, now - this.lastSuccess);
    this.lastSuccess = now;
    this.tally.operations++;
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

  /** Reads every key of every phase once more, into the history. */
  async readEverything(): Promise<void> {
    await this.clients[0]!.readEverything();
  }
}

class Client {
  private sequence = 0;
  private readonly revisions = new Map<string, number>();
  private acknowledgedCount = 0;
  private triedCount = 0;
  private readonly unknownCounts = new Set<number>();

  constructor(
    private readonly name: string,
    private readonly kv: RecordedGroup,
    private readonly workload: Workload,
    private readonly random: Random,
  ) {}

  async work(): Promise<void> {
    while (this.workload.isGoing) {
      try {
        await this.step();
        this.workload.succeeded();
        await pause(this.random.between(0, 12));
      } catch (error) {
        this.workload.failed(error);
        await pause(50);
      }
    }
  }

  private async step(): Promise<void> {
    const { random } = this;
    const key = `${this.workload.phase}/${random.below(KEYS)}`;
    const draw = random.next();
    if (draw < 0.1) await this.count();
    else if (draw < 0.4) await this.read(key);
    else if (draw < 0.75) this.revisions.set(key, (await this.kv.put(key, this.value())).revision);
    else if (draw < 0.93) await this.compareAndSet(key);
    else this.revisions.set(key, (await this.kv.delete(key)).revision);
  }

  private async read(key: string): Promise<void> {
    const { entry } = await this.kv.get(key);
    this.revisions.set(key, entry?.revision ?? 0);
  }

  private async compareAndSet(key: string): Promise<void> {
    const expected = this.revisions.get(key) ?? 0;
    this.revisions.set(key, (await this.kv.compareAndSet(key, expected, this.value())).revision);
  }

  /** Never twice the same, and long enough for the log to be cut by snapshots now and then. */
  private value(): string {
    return `${this.name}-${++this.sequence} `.padEnd(64 + this.random.below(1500), '.');
  }

  private async count(): Promise<void> {
    const count = ++this.triedCount;
    try {
      await this.kv.put(`count/${this.name}`, String(count));
      this.acknowledgedCount = count;
    } catch (error) {
      if (error instanceof SynodError && error.mayHaveTakenEffect) this.unknownCounts.add(count);
      throw error;
    }
  }

  async lostCounts(): Promise<readonly string[]> {
    const { entry } = await this.kv.get(`count/${this.name}`, { timeoutMs: 10_000 });
    const found = Number(entry?.text ?? 0);
    // A put that was given up may still arrive after later ones.
    if (found >= this.acknowledgedCount || this.unknownCounts.has(found)) return [];
    return [`${this.name} counted to ${this.acknowledgedCount}, which was acknowledged, but ${found} is there`];
  }

  async readEverything(): Promise<void> {
    const keys = new Set<string>();
    for (const operation of this.workload.recorder.operations) if ('key' in operation) keys.add(operation.key);
    for (const key of keys) await this.kv.get(key, { timeoutMs: 10_000 });
  }
}

function emptyTally(): Tally {
  return { operations: 0, acknowledged: 0, unknown: 0, refused: 0, longestGapMs: 0 };
}
