import type { Condition, Got, Listed, Operation, Seen, Step, Written } from '../src/index.js';

type Result = NonNullable<Operation['result']>;

/** The store in its plainest form: what true executions are generated with. */
export class NaiveStore {
  readonly entries = new Map<string, Required<Seen>>();
  index = 0;

  /** Answers an operation and, when it is not a read, takes the next log position. */
  execute(operation: Operation): Result {
    if (operation.kind === 'get') return this.get(operation.key);
    if (operation.kind === 'range') return this.range(operation);
    this.index++;
    if (operation.kind === 'put') return this.put(operation.key, operation.value);
    if (operation.kind === 'delete') return this.delete(operation.key);
    if (operation.kind === 'compareAndSet') {
      const { key, value, expectedRevision } = operation;
      const revision = this.entries.get(key)?.revision ?? 0;
      if (revision !== expectedRevision) return { succeeded: false, revision };
      if (value === undefined) this.delete(key);
      else this.put(key, value);
      return { succeeded: true, revision: this.index };
    }
    const succeeded = operation.conditions.every((condition) => this.holds(condition));
    const steps = succeeded ? operation.success : operation.failure;
    return { succeeded, results: steps.map((step) => this.step(step)) };
  }

  private get(key: string): Got {
    const entry = this.entries.get(key);
    return entry ? { entry } : {};
  }

  private range({ prefix, startAfter = '', limit = 1000 }: Extract<Operation, { kind: 'range' }>): Listed {
    const keys = [...this.entries.keys()].filter((key) => key.startsWith(prefix) && key > startAfter).sort();
    const entries = keys.slice(0, limit).map((key) => ({ key, ...this.entries.get(key)! }));
    return { entries, more: keys.length > limit };
  }

  private put(key: string, value: string): Written {
    const before = this.entries.get(key);
    const { index } = this;
    const version = (before?.version ?? 0) + 1;
    this.entries.set(key, { value, revision: index, created: before?.created ?? index, version });
    return { revision: index, existed: before !== undefined };
  }

  private delete(key: string): Written {
    return { existed: this.entries.delete(key), revision: this.index };
  }

  private step({ kind, key, value }: Step): Written | Got {
    if (kind === 'get') return this.get(key);
    return kind === 'put' ? this.put(key, value ?? '') : this.delete(key);
  }

  private holds({ key, is, revision, value }: Condition): boolean {
    const entry = this.entries.get(key);
    if (value !== undefined && entry === undefined) return is === 'notEqual';
    if (value === undefined) return relates(entry?.revision ?? 0, is, revision ?? 0);
    return relates(entry!.value ?? '', is, value);
  }
}

function relates<T extends string | number>(one: T, is: Condition['is'], other: T): boolean {
  if (is === 'equal') return one === other;
  if (is === 'notEqual') return one !== other;
  return is === 'greater' ? one > other : one < other;
}
