import type { Condition, KeyValue, Operation, Query, Result, Step } from '../src/index.js';
import { hexOf } from './json-codec.js';

/** The store's twin: a map, sorted when asked, without a thought for speed. Assumes that limits are kept. */
export class NaiveStore {
  readonly records = new Map<string, KeyValue>();

  execute(operation: Operation | Step | Query, index: number): Result {
    switch (operation.kind) {
      case 'put':
        return this.change(operation.key, operation.value, index);
      case 'delete':
        return this.change(operation.key, undefined, index);
      case 'get': {
        const found = this.records.get(hexOf(operation.key));
        return found ? { kind: 'found', ...found } : { kind: 'notFound' };
      }
      case 'compareAndSet': {
        const revision = this.records.get(hexOf(operation.key))?.revision ?? 0;
        if (revision !== operation.expectedRevision) return { kind: 'mismatch', revision };
        return this.change(operation.key, operation.value, index);
      }
      case 'transaction': {
        const succeeded = operation.conditions.every((condition) => this.holds(condition));
        const steps = succeeded ? operation.success : operation.failure;
        return { kind: 'transaction', succeeded, results: steps.map((step) => this.execute(step, index)) };
      }
      case 'range': {
        const items = this.sorted().filter(
          ({ key }) =>
            hexOf(key).startsWith(hexOf(operation.prefix)) &&
            (operation.startAfter.length === 0 || hexOf(key) > hexOf(operation.startAfter)),
        );
        const limit = operation.limit === 0 ? 1000 : operation.limit;
        const shown = items
          .slice(0, limit)
          .map((item) => (operation.keysOnly ? { ...item, value: new Uint8Array(0) } : item));
        return { kind: 'range', items: shown, more: items.length > limit };
      }
    }
  }

  sorted(): KeyValue[] {
    return [...this.records].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record);
  }

  private change(key: Uint8Array, value: Uint8Array | undefined, index: number): Result {
    const old = this.records.get(hexOf(key));
    if (value === undefined) this.records.delete(hexOf(key));
    else {
      const created = old?.created ?? index;
      this.records.set(hexOf(key), { key, value, revision: index, created, version: (old?.version ?? 0) + 1 });
    }
    return { kind: 'written', revision: index, existed: old !== undefined };
  }

  private holds({ key, relation, target }: Condition): boolean {
    const record = this.records.get(hexOf(key));
    const order = (a: number | string, b: number | string) => (a === b ? 0 : a < b ? -1 : 1);
    if (!('revision' in target) && record === undefined) return relation === 'notEqual';
    const difference =
      'revision' in target
        ? order(record?.revision ?? 0, target.revision)
        : order(hexOf(record!.value), hexOf(target.value));
    return { equal: difference === 0, notEqual: difference !== 0, greater: difference > 0, less: difference < 0 }[
      relation
    ];
  }
}
