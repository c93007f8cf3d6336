import { decodeOperation, decodeQuery, encodeResult } from '@synod/api';

interface Item {
  readonly value: Uint8Array;
  readonly revision: number;
  readonly created: number;
  readonly version: number;
}
type Result = Parameters<typeof encodeResult>[0];
type Operation = NonNullable<ReturnType<typeof decodeOperation>>;
type Step = Extract<Operation, { kind: 'transaction' }>['success'][number];

/** As much of a key-value store as the client's tests need. */
export class FakeStore {
  readonly items = new Map<string, Item>();

  apply(bytes: Uint8Array, index: number): Uint8Array {
    const operation = decodeOperation(bytes);
    return encodeResult(operation ? this.execute(operation, index) : { kind: 'error', code: 'unknown' });
  }

  query(bytes: Uint8Array): Uint8Array {
    const query = decodeQuery(bytes);
    if (query === undefined) return encodeResult({ kind: 'error', code: 'unknown' });
    if (query.kind === 'get') return encodeResult(this.get(query.key));
    const prefix = nameOf(query.prefix);
    const after = nameOf(query.startAfter);
    const names = [...this.items.keys()].filter((name) => name.startsWith(prefix) && name > after).sort();
    const page = names
      .slice(0, query.limit || 1000)
      .map((name) => ({ ...this.item(name), key: Buffer.from(name, 'latin1') }));
    return encodeResult({ kind: 'range', items: page, more: page.length < names.length });
  }

  private execute(operation: Operation, index: number): Result {
    if (operation.kind === 'transaction') return this.transact(operation, index);
    if (operation.kind !== 'compareAndSet') return this.step(operation, index);
    const { key, expectedRevision, value } = operation;
    const revision = this.items.get(nameOf(key))?.revision ?? 0;
    if (revision !== expectedRevision) return { kind: 'mismatch', revision };
    return this.step(value === undefined ? { kind: 'delete', key } : { kind: 'put', key, value }, index);
  }

  /** Knows conditions on equal revisions only. */
  private transact(transaction: Extract<Operation, { kind: 'transaction' }>, index: number): Result {
    const succeeded = transaction.conditions.every(
      ({ key, target }) => 'revision' in target && (this.items.get(nameOf(key))?.revision ?? 0) === target.revision,
    );
    const steps = succeeded ? transaction.success : transaction.failure;
    return { kind: 'transaction', succeeded, results: steps.map((step) => this.step(step, index)) };
  }

  private step(step: Step, index: number): Result {
    const name = nameOf(step.key);
    const before = this.items.get(name);
    if (step.kind === 'get') return this.get(step.key);
    if (step.kind === 'delete') this.items.delete(name);
    else {
      const { created = index, version = 0 } = before ?? {};
      this.items.set(name, { value: new Uint8Array(step.value), revision: index, created, version: version + 1 });
    }
    return { kind: 'written', revision: index, existed: before !== undefined };
  }

  private get(key: Uint8Array): Result {
    const name = nameOf(key);
    return this.items.has(name) ? { kind: 'found', key, ...this.item(name) } : { kind: 'notFound' };
  }

  private item(name: string): Item {
    return this.items.get(name) as Item;
  }
}

const nameOf = (key: Uint8Array) => Buffer.from(key).toString('latin1');
