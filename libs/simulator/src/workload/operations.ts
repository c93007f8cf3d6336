import type { Condition, KeyValueGroup, ReadOptions, Step, Transaction } from '@synod/client';
import type { Random } from '../random.js';

/** The key-value store as a client uses it, each call put down in a history. */
export type Recorded = Pick<KeyValueGroup, 'get' | 'put' | 'delete' | 'compareAndSet' | 'range' | 'transaction'>;

/** Puts down what clients call and are answered. `@synod/linearizability` has one. */
export interface Recorder {
  of(client: string, group: KeyValueGroup): Recorded;
}

/** Draws what a client does next. Every value is written once only, so that a read tells which write it saw. */
export class Operations {
  private written = 0;
  /** What this client last saw of a key: what a compare-and-set expects. */
  private readonly revisions = new Map<string, number>();

  constructor(
    private readonly random: Random,
    private readonly author: string,
    private readonly keys: readonly string[],
    private readonly multiKey: boolean,
  ) {}

  get key(): string {
    return this.random.pick(this.keys);
  }

  /** Mostly a few bytes; at times more than small batches hold. */
  get value(): string {
    const value = `${this.author}.${++this.written}`;
    return this.random.chance(0.1) ? value.padEnd(this.random.between(50, 1500), this.written % 2 ? '.' : '\0') : value;
  }

  async call(group: Recorded, timeoutMs: number): Promise<void> {
    const { random, key } = this;
    const options = { timeoutMs };
    const draw = random.next() * (this.multiKey ? 1 : 0.8);
    if (draw < 0.3) await group.put(key, this.value, options);
    else if (draw < 0.5) await this.get(group, key, options);
    else if (draw < 0.6) await this.get(group, key, { ...options, ...this.staleness });
    else if (draw < 0.65) await group.delete(key, options);
    else if (draw < 0.8) await this.compareAndSet(group, key, timeoutMs);
    else if (draw < 0.9) await group.transaction(this.transaction, options);
    else await group.range(this.range, random.chance(0.3) ? { ...options, ...this.staleness } : options);
  }

  private async get(group: Recorded, key: string, options: ReadOptions): Promise<void> {
    const { entry } = await group.get(key, options);
    this.revisions.set(key, entry?.revision ?? 0);
  }

  private async compareAndSet(group: Recorded, key: string, timeoutMs: number): Promise<void> {
    const value = this.random.chance(0.15) ? undefined : this.value;
    const expected = this.revisions.get(key) ?? 0;
    const { revision } = await group.compareAndSet(key, expected, value, { timeoutMs });
    this.revisions.set(key, revision);
  }

  private get staleness(): ReadOptions {
    return { level: 'stale', maxAgeMs: this.random.pick([0, 50, 500]) };
  }

  private get range() {
    const { random } = this;
    return {
      prefix: random.pick(['', 'k']),
      limit: random.pick([0, 1, 3]),
      ...(random.chance(0.3) && { startAfter: this.key }),
    };
  }

  /** Over several keys, one of them conditional. */
  private get transaction(): Transaction {
    const { random } = this;
    const [a, b, c] = random.shuffle(this.keys) as [string, string, string];
    const condition: Condition = random.chance(0.5)
      ? { key: a, is: random.pick(['equal', 'notEqual']), revision: this.revisions.get(a) ?? 0 }
      : { key: a, is: random.pick(['less', 'greater', 'notEqual']), value: this.author };
    const put = (key: string): Step => ({ put: { key, value: this.value } });
    return {
      conditions: [condition],
      success: [put(a), put(b), { get: { key: c } }],
      failure: random.chance(0.5) ? [{ get: { key: a } }] : [{ delete: { key: b } }, { get: { key: a } }, put(c)],
    };
  }
}
