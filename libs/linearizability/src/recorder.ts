import { SynodError } from '@synod/client';
import {
  decodeCompareAndSet,
  decodeTransaction,
  decodeWritten,
  encodeCompareAndSet,
  encodeDelete,
  encodePut,
  encodeTransaction,
} from '@synod/client/testing';
import type {
  Bytes,
  CompareAndSetAnswer,
  Entry,
  GetAnswer,
  KeyValueGroup,
  RangeAnswer,
  RangeQuery,
  ReadOptions,
  Source,
  Step,
  StepAnswer,
  Transaction,
  TransactionAnswer,
  WriteAnswer,
  WriteOptions,
} from '@synod/client';
import { completed } from './completed.js';
import type { Completed, Execution } from './completed.js';
import { isWrite } from './history.js';
import type * as history from './history.js';
import { keyOf, valueOf } from './text.js';

type Mutable<T> = { -readonly [name in keyof T]: T[name] };

/** How a write travels, by which it is found in a log. */
export interface RecordedWrite {
  readonly kind: history.Operation['kind'];
  encode(): Uint8Array;
  /** What the call would be answered from that position; undefined: an error. */
  answerIn(result: Uint8Array, index: number): unknown;
}

/** Collects what clients of one machine call and are answered. At any moment it holds a valid history. */
export class Recorder {
  /** In the order of invocation. What has no answer yet is `unknown`. */
  readonly operations: history.Operation[] = [];
  private readonly writes = new Map<history.Operation, RecordedWrite>();

  /** `now`: milliseconds of the clock that all clients share; default: one that all processes of this machine share. */
  constructor(readonly now: () => number = () => Number(process.hrtime.bigint()) / 1e6) {}

  /** The group as `client` uses it: same calls, same answers. */
  of(client: string, group: KeyValueGroup): RecordedGroup {
    return new RecordedGroup(this, client, group, (operation, write) => void this.writes.set(operation, write));
  }

  /** The history when nothing more happens, for those who know what the group executed. */
  completed(executions: Iterable<Execution>, isDoubled?: (operation: history.Operation) => boolean): Completed {
    return completed(this.operations, this.writes, executions, this.now(), isDoubled);
  }
}

/** The key-value store's calls, each put down in the recorder. */
export class RecordedGroup {
  /** Made by `Recorder.of`. */
  constructor(
    private readonly recorder: Recorder,
    private readonly client: string,
    private readonly group: KeyValueGroup,
    private readonly wrote: (operation: history.Operation, write: RecordedWrite) => void,
  ) {}

  get(key: Bytes, options: ReadOptions = {}): Promise<GetAnswer> {
    const operation: Mutable<history.Get> = { ...this.begin(), kind: 'get', key: keyOf(key), ...levelOf(options) };
    return this.run(operation, this.group.get(key, options), ({ entry, source }) => {
      if (operation.level === 'stale') operation.ageMs = source.ageMs;
      return gotOf(entry);
    });
  }

  put(key: Bytes, value: Bytes, options: WriteOptions = {}): Promise<WriteAnswer> {
    const operation: Mutable<history.Put> = { ...this.begin(), kind: 'put', key: keyOf(key), value: valueOf(value) };
    this.note(operation, () => encodePut(key, value), decodeWritten, writtenOf);
    return this.run(operation, this.group.put(key, value, options), writtenOf);
  }

  delete(key: Bytes, options: WriteOptions = {}): Promise<WriteAnswer> {
    const operation: Mutable<history.Delete> = { ...this.begin(), kind: 'delete', key: keyOf(key) };
    this.note(operation, () => encodeDelete(key), decodeWritten, writtenOf);
    return this.run(operation, this.group.delete(key, options), writtenOf);
  }

  compareAndSet(
    key: Bytes,
    expectedRevision: number,
    value: Bytes | undefined,
    options: WriteOptions = {},
  ): Promise<CompareAndSetAnswer> {
    const operation: Mutable<history.CompareAndSet> = {
      ...this.begin(),
      kind: 'compareAndSet',
      key: keyOf(key),
      expectedRevision,
      ...(value !== undefined && { value: valueOf(value) }),
    };
    this.note(operation, () => encodeCompareAndSet(key, expectedRevision, value), decodeCompareAndSet, comparedOf);
    return this.run(operation, this.group.compareAndSet(key, expectedRevision, value, options), comparedOf);
  }

  range(query: RangeQuery = {}, options: ReadOptions = {}): Promise<RangeAnswer> {
    const { prefix = '', startAfter, limit, keysOnly = false } = query;
    const operation: Mutable<history.Range> = {
      ...this.begin(),
      kind: 'range',
      prefix: keyOf(prefix),
      ...(startAfter !== undefined && { startAfter: keyOf(startAfter) }),
      ...(limit !== undefined && limit > 0 && { limit }),
      ...levelOf(options),
    };
    return this.run(operation, this.group.range(query, options), ({ entries, more, source }) => {
      if (operation.level === 'stale') operation.ageMs = source.ageMs;
      return { entries: entries.map((entry) => ({ key: keyOf(entry.key), ...seenOf(entry, keysOnly) })), more };
    });
  }

  transaction(transaction: Transaction, options: WriteOptions = {}): Promise<TransactionAnswer> {
    const { conditions = [], success = [], failure = [] } = transaction;
    const operation: Mutable<history.Transaction> = {
      ...this.begin(),
      kind: 'transaction',
      conditions: conditions.map(({ key, is, ...target }) => ({
        key: keyOf(key),
        is,
        ...('value' in target ? { value: valueOf(target.value) } : target),
      })),
      success: success.map(stepOf),
      failure: failure.map(stepOf),
    };
    this.note(operation, () => encodeTransaction(transaction), decodeTransaction, executedOf);
    return this.run(operation, this.group.transaction(transaction, options), executedOf);
  }

  private begin(): history.Call<never> {
    return { client: this.client, invokedAt: this.recorder.now(), outcome: 'unknown' };
  }

  private note<A>(
    operation: history.Operation,
    encode: () => Uint8Array,
    decode: (result: Uint8Array, source: Source) => A,
    result: (answer: A) => unknown,
  ): void {
    const answerIn = (encoded: Uint8Array, index: number): unknown => {
      try {
        return result(decode(encoded, { replica: '', index, term: 0, ageMs: 0 }));
      } catch {
        return undefined;
      }
    };
    this.wrote(operation, { kind: operation.kind, encode, answerIn });
  }

  private async run<A extends { readonly source: Source }, R>(
    operation: Mutable<history.Call<R>>,
    answer: Promise<A>,
    result: (answer: A) => R,
  ): Promise<A> {
    this.recorder.operations.push(operation as history.Operation);
    try {
      const answered = await answer;
      operation.returnedAt = this.recorder.now();
      operation.result = result(answered);
      // What a group remembers of a write that it executed before need not be where.
      const { index } = answered.source;
      if (index > 0 || !isWrite(operation as history.Operation)) operation.index = index;
      operation.replica = answered.source.replica;
      operation.outcome = 'answered';
      return answered;
    } catch (error) {
      if (error instanceof SynodError && !error.mayHaveTakenEffect) {
        operation.returnedAt = this.recorder.now();
        operation.outcome = 'refused';
      }
      throw error;
    }
  }
}

function comparedOf({ succeeded, revision }: CompareAndSetAnswer): history.Compared {
  return { succeeded, revision };
}

function executedOf({ succeeded, results }: TransactionAnswer): history.Executed {
  return { succeeded, results: results.map(stepAnswerOf) };
}

function levelOf({ level, maxAgeMs }: ReadOptions): history.ReadOptions {
  return level === 'stale' ? { level, ...(maxAgeMs !== undefined && { maxAgeMs }) } : {};
}

function seenOf({ value, revision, created, version }: Entry, keyOnly: boolean): history.Seen {
  return { ...(!keyOnly && { value: valueOf(value) }), revision, created, version };
}

function gotOf(entry: Entry | undefined): history.Got {
  return entry === undefined ? {} : { entry: seenOf(entry, false) };
}

function writtenOf({ revision, existed }: { readonly revision: number; readonly existed: boolean }): history.Written {
  return { revision, existed };
}

function stepAnswerOf(answer: StepAnswer): history.Written | history.Got {
  return answer.kind === 'got' ? gotOf(answer.entry) : writtenOf(answer);
}

function stepOf(step: Step): history.Step {
  if ('put' in step) return { kind: 'put', key: keyOf(step.put.key), value: valueOf(step.put.value) };
  if ('delete' in step) return { kind: 'delete', key: keyOf(step.delete.key) };
  return { kind: 'get', key: keyOf(step.get.key) };
}
