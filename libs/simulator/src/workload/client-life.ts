import { SynodError } from '@synod/client';
import type { KeyValueGroup } from '@synod/client';
import { ClientProcess } from '../bus/client-process.js';
import type { Random } from '../random.js';
import { Operations } from './operations.js';
import type { Recorded } from './operations.js';
import { persistentPut } from './persistent-put.js';
import type { Ground } from './workload.js';

/** Why a call may fail in a world full of faults; anything else is a mistake of ours. */
const expected: ReadonlySet<string> = new Set([
  'unknownOutcome',
  'unavailable',
  'noQuorum',
  'overloaded',
  'sessionExpired',
]);

/** Between two operations of a worker while the clients are behind, at most. */
const hurryMs = 20;

/** One process of a client: the production client, and several workers that use it at the same time. */
export class ClientLife {
  answered = 0;
  /** Calls that have no answer yet. */
  pending = 0;
  private stopped = false;
  private readonly process: ClientProcess;
  private readonly operations: Operations;
  private recorded!: Recorded;

  constructor(
    private readonly ground: Ground,
    user: string,
    /** Of this life alone. */
    private readonly name: string,
    private readonly random: Random,
  ) {
    this.process = new ClientProcess(user, ground.bus, ground.timeline, random.fork('process'));
    this.operations = new Operations(random.fork('operations'), name, ground.keys, ground.multiKey);
  }

  start(): void {
    this.ground.timeline.promiseSettled();
    void this.run().catch((error: unknown) => this.ground.failed(error));
  }

  /** Begins nothing more. */
  stop(): void {
    this.stopped = true;
  }

  readEverything(): void {
    this.ground.timeline.promiseSettled();
    void this.readEach().catch((error: unknown) => this.ground.failed(error));
  }

  /** What it was waiting for it never learns: for the history the outcome is unknown. */
  kill(): void {
    this.stopped = true;
    this.pending = 0;
    this.process.kill();
  }

  private async run(): Promise<void> {
    const { ground, name } = this;
    const { recorder } = ground;
    const { trust, overhear } = ground;
    const client = await this.process.connect(ground.cluster, trust && { trust: () => trust(this.process.address) });
    const group = client.group(ground.group);
    overhear?.(group);
    this.recorded = recorder.of(name, group);
    const workers = Array.from({ length: ground.workers }, () => this.work(this.recorded));
    await Promise.all([...workers, this.workOnce(group)]);
  }

  /** One after another: a group may have room for one read. How long is too long is for others to say. */
  private async readEach(): Promise<void> {
    this.pending++;
    for (const key of this.ground.keys) await this.recorded.get(key, { timeoutMs: 60_000 });
    this.pending--;
  }

  private async work(group: Recorded): Promise<void> {
    while (await this.thought()) {
      // What is called in one turn travels in one batch.
      const calls = this.random.chance(0.15) ? 3 : 1;
      await Promise.all(Array.from({ length: calls }, () => this.call((ms) => this.operation(group, ms))));
    }
  }

  private async operation(group: Recorded, timeoutMs: number): Promise<void> {
    await this.operations.call(group, timeoutMs);
    this.done();
  }

  private done(): void {
    this.answered++;
    this.ground.answered();
  }

  /** Numbers its own session. */
  private async workOnce(group: KeyValueGroup): Promise<void> {
    while (await this.thought()) {
      await this.call(async (timeoutMs) => {
        const session = await group.openSession({ timeoutMs });
        const { operations, random, ground, name } = this;
        for (let sequence = 1; sequence <= 5 && (await this.thought()); sequence++) {
          const patienceMs = Array.from({ length: 1 + random.below(5) }, () => random.pick([20, 200, 1000]));
          const put = (key: string, value: string) =>
            persistentPut(group, { session, sequence }, key, value, patienceMs);
          // One operation of the history, whatever the number of attempts.
          const recorded = ground.recorder.of(name, { put } as unknown as KeyValueGroup);
          await recorded.put(operations.key, operations.value);
          session.acknowledge(sequence);
          this.done();
          ground.counters.count('writes once at a place of a session');
        }
      });
    }
  }

  /** False when nothing more is to be done. */
  private async thought(): Promise<boolean> {
    const { thinkMs, isBehind } = this.ground;
    const delayMs = this.random.between(0, isBehind() ? Math.min(hurryMs, thinkMs) : thinkMs);
    await new Promise<void>((resolve) => this.process.schedule(delayMs, resolve));
    return !this.stopped;
  }

  private async call(make: (timeoutMs: number) => Promise<void>): Promise<void> {
    const { counters } = this.ground;
    this.pending++;
    try {
      await make(this.random.pick(this.ground.timeoutsMs));
    } catch (error) {
      if (!(error instanceof SynodError) || !expected.has(error.code)) throw error;
      counters.count(`client errors: ${error.code}`);
    }
    this.pending--;
  }
}
