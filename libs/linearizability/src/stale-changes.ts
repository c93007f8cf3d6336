import type { History, Operation, Seen, Transaction, Written } from './history.js';

/** A change of a key whose place in the log is known. */
export interface Change {
  readonly revision: number;
  /** Among the operations of that position. */
  readonly place: number;
  /** Undefined: deleted. */
  readonly value: string | undefined;
  /** How often it put the key, since it deleted it last. */
  readonly puts: number;
  readonly deletes: boolean;
  readonly invokedAt: number;
  readonly client: string;
}

/** A key after a change, with what is counted of it from the beginning. */
export interface Known extends Change {
  readonly created: number;
  readonly version: number;
}

/** Of a call of which it is not known whether and where it is in the log. */
interface Unplaced {
  readonly client: string;
  readonly value: string | undefined;
  readonly invokedAt: number;
}

/** What a history tells of the changes of one key. */
export class KeyChanges {
  /** By their places. */
  known: readonly Known[] = [];
  /** Others of that client, whose position is known, may stand in the same log entry. */
  readonly unplaced: Unplaced[] = [];
  private readonly placed: Change[] = [];
  /** When each value was first put, by anybody of whom it is not certain that it was in vain. */
  private readonly firstPut = new Map<string, number>();

  place(change: Change): void {
    this.placed.push(change);
  }

  notePut(value: string, invokedAt: number): void {
    this.firstPut.set(value, Math.min(invokedAt, this.firstPut.get(value) ?? Infinity));
  }

  /** When all changes are there. */
  close(): void {
    let last: Known | undefined;
    this.known = this.placed
      .sort((a, b) => a.revision - b.revision || a.place - b.place)
      .map((change) => {
        const before: Known | undefined = change.deletes || last?.value === undefined ? undefined : last;
        return (last = { ...change, created: before?.created ?? change.revision, version: (before?.version ?? 0) + change.puts }); // prettier-ignore
      });
  }

  /** The last known change up to there. */
  at(index: number): Known | undefined {
    return this.known.findLast(({ revision }) => revision <= index);
  }

  /** Whether all that may be seen at a moment has its place. */
  isCertain(at: number): boolean {
    return this.unplaced.every(({ invokedAt }) => invokedAt > at);
  }

  /** Where only keys were asked for, any value is as good. */
  mayHaveBeenPut({ value }: Seen, by: number): boolean {
    if (value !== undefined) return (this.firstPut.get(value) ?? Infinity) <= by;
    return [...this.firstPut.values()].some((at) => at <= by);
  }

  /** Whether there may be such a key in the state at the index; without one, in any. */
  mayBeThere(index: number | undefined, by: number): boolean {
    if (this.unplaced.some(({ value, invokedAt }) => value !== undefined && invokedAt <= by)) return true;
    if (index !== undefined) return this.at(index)?.value !== undefined;
    return this.known.some(({ value, invokedAt }) => value !== undefined && invokedAt <= by);
  }

  /** How often it can have been put at most. */
  mostPuts(index: number, by: number): number {
    const known = this.known.filter(({ revision, invokedAt }) => revision <= index && invokedAt <= by);
    const others = this.unplaced.filter(({ value, invokedAt }) => value !== undefined && invokedAt <= by);
    return known.reduce((sum, { puts }) => sum + puts, others.length);
  }
}

export function changesByKey(history: History): ReadonlyMap<string, KeyChanges> {
  const all = new Map<string, KeyChanges>();
  const of = (key: string): KeyChanges => {
    if (!all.has(key)) all.set(key, new KeyChanges());
    return all.get(key)!;
  };
  for (const operation of history) {
    const { client, invokedAt } = operation;
    const writes = writesOf(operation);
    for (const { key, value } of writes) if (value !== undefined) of(key).notePut(value, invokedAt);
    const changes = placedChanges(operation, writes);
    if (changes !== undefined) for (const [key, change] of changes) of(key).place(change);
    else for (const { key, value } of writes) of(key).unplaced.push({ client, value, invokedAt });
  }
  for (const changes of all.values()) changes.close();
  return all;
}

/** `told`: what its answer says of it. */
export interface Write {
  readonly key: string;
  /** Undefined: deleted. */
  readonly value: string | undefined;
  readonly told: Written | undefined;
}

/** What it wrote, in order; of what was not answered, all that it may have written. */
export function writesOf(operation: Operation): readonly Write[] {
  if (operation.outcome === 'refused' || operation.kind === 'get' || operation.kind === 'range') return [];
  if (operation.kind === 'transaction') return stepsOf(operation);
  if (operation.kind === 'compareAndSet' && operation.result?.succeeded === false) return [];
  return [{ key: operation.key, value: 'value' in operation ? operation.value : undefined, told: operation.result }];
}

/** Of one that was answered it is known which branch was executed. */
function stepsOf({ success, failure, result }: Transaction): readonly Write[] {
  const executed = result === undefined ? [...success, ...failure] : result.succeeded ? success : failure;
  return executed.flatMap(({ kind, key, value }, i) => {
    if (kind === 'get') return [];
    return [{ key, value: kind === 'put' ? value : undefined, told: result?.results[i] as Written | undefined }];
  });
}

/** What it made of each key; undefined when its place in the log is not known. */
function placedChanges(operation: Operation, writes: readonly Write[]): ReadonlyMap<string, Change> | undefined {
  const { outcome, index, place = 0, invokedAt, client } = operation;
  if (outcome !== 'answered') return undefined;
  const changes = new Map<string, Change>();
  for (const { key, value, told } of writes) {
    const revision = told?.revision ?? index ?? 0;
    if (revision === 0) return undefined;
    const before = changes.get(key);
    const puts = value === undefined ? 0 : 1 + (before?.puts ?? 0);
    const deletes = value === undefined || before?.deletes === true;
    changes.set(key, { revision, place, value, puts, deletes, invokedAt, client });
  }
  return changes;
}
