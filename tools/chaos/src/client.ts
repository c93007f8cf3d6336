import { SynodError } from '@synod/client';
import type { Recorder } from '@synod/linearizability';
import { pause } from '@synod/process-group';
import type { Random } from '@synod/simulator';
import { namesIn, pairedKey, sharedKey } from './keys.js';
import type { Workload } from './workload.js';

/** Writes, reads, compares and deletes, through whichever server takes it. */
export class Client {
  private sequence = 0;
  private readonly revisions = new Map<string, number>();
  private acknowledgedCount = 0;
  private triedCount = 0;
  private readonly unknownCounts = new Set<number>();

  constructor(
    private readonly name: string,
    private readonly kv: ReturnType<Recorder['of']>,
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
    const { phase } = this.workload;
    const key = sharedKey(phase, random);
    const draw = random.next();
    if (draw < 0.1) await this.count();
    else if (draw < 0.18) await this.move(pairedKey(phase, random), pairedKey(phase, random));
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

  /** Two keys at one moment, if the first one is still as this client knows it. */
  private async move(from: string, to: string): Promise<void> {
    const { succeeded, results } = await this.kv.transaction({
      conditions: [{ key: from, is: 'equal', revision: this.revisions.get(from) ?? 0 }],
      success: [{ put: { key: from, value: this.value() } }, { put: { key: to, value: this.value() } }],
      failure: [{ get: { key: from } }],
    });
    const [first] = results;
    if (first?.kind === 'written') this.revisions.set(from, first.revision);
    else this.revisions.set(from, first?.entry?.revision ?? 0);
    if (succeeded) this.revisions.delete(to);
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
    for (const operation of this.workload.recorder.operations)
      if (operation.kind !== 'range') for (const key of namesIn(operation)) keys.add(key);
    for (const key of keys) await this.kv.get(key, { timeoutMs: 10_000 });
  }
}
