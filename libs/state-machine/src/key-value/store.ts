import type { StateMachine } from '../state-machine.js';
import { limits, PutPlace } from './operations.js';
import type { CompareAndSet, KeyValueCodec, Operation, OperationErrorCode, Query, Result } from './operations.js';
import { find, range } from './queries.js';
import { RecordView } from './records.js';
import { openSecret } from './search-key.js';
import type { HashSecret } from './search-key.js';
import { pagesOf, TableTarget } from './store-snapshot.js';
import { Table } from './table.js';
import { change, executeTransaction } from './transaction.js';

/**
 * An ordered key-value store with revisions, compare-and-set and transactions. A revision is the log position of a
 * record's last change, so all changes of one batch share it.
 *
 * Keys and values lie outside the JavaScript heap, copied out of the operations; a million keys cause no garbage
 * collection pauses.
 */
export class KeyValueStore implements StateMachine {
  private table: Table;
  private readonly place = new PutPlace();
  private readonly record = new RecordView();
  /** Encoded results of puts at `writtenRevision`: for a key that was there, and for one that was not. */
  private readonly written: (Uint8Array | undefined)[] = [];
  private writtenRevision = -1;

  constructor(
    private readonly codec: KeyValueCodec,
    private readonly secret: HashSecret = openSecret,
  ) {
    this.table = new Table(secret);
  }

  /** Keys present. */
  get size(): number {
    return this.table.size;
  }

  apply(operation: Uint8Array, index: number): Uint8Array {
    const { place } = this;
    if (this.codec.readPut(operation, place)) return this.applyPut(operation, place, index);
    let decoded: Operation | undefined;
    try {
      decoded = this.codec.decodeOperation(operation);
    } catch {
      return this.error('malformed');
    }
    if (decoded === undefined) return this.error('unknown');
    return this.codec.encodeResult(this.execute(decoded, index));
  }

  query(operation: Uint8Array): Uint8Array {
    let query: Query | undefined;
    try {
      query = this.codec.decodeQuery(operation);
    } catch {
      return this.error('malformed');
    }
    if (query === undefined) return this.error('unknown');
    const result =
      query.kind === 'get' ? find(this.table, query.key, this.record) : range(this.table, query, this.record);
    return this.codec.encodeResult(result);
  }

  hash(): string {
    return this.table.hash.toString();
  }

  snapshot(): Iterator<Uint8Array> {
    return pagesOf(this.table);
  }

  /** Pages as those of `snapshot`, frozen apart from it: neither ends the other. */
  image(): Iterator<Uint8Array> {
    return pagesOf(this.table, 'image');
  }

  restore(): TableTarget {
    return new TableTarget(this.secret, (table) => (this.table = table));
  }

  /** The commonest operation, without an object on its way. */
  private applyPut(bytes: Uint8Array, { keyStart, keyEnd, valueStart, valueEnd }: PutPlace, index: number): Uint8Array {
    const keyLength = keyEnd - keyStart;
    if (keyLength === 0 || keyLength > limits.keyBytes) return this.error('keyInvalid');
    if (valueEnd - valueStart > limits.valueBytes) return this.error('valueTooLarge');
    const existed = this.table.put(bytes, keyStart, keyEnd, bytes, valueStart, valueEnd, index);
    if (this.writtenRevision !== index) {
      this.writtenRevision = index;
      this.written.length = 0;
    }
    return (this.written[existed ? 1 : 0] ??= this.codec.encodeResult({ kind: 'written', revision: index, existed }));
  }

  private execute(operation: Operation, index: number): Result {
    const wrong = check(operation);
    if (wrong !== undefined) return { kind: 'error', code: wrong };
    switch (operation.kind) {
      case 'put':
      case 'delete':
        return change(this.table, operation.key, operation.kind === 'put' ? operation.value : undefined, index);
      case 'compareAndSet':
        return this.compareAndSet(operation, index);
      case 'transaction':
        return executeTransaction(this.table, operation, index, this.record);
    }
  }

  private compareAndSet({ key, expectedRevision, value }: CompareAndSet, index: number): Result {
    const revision = this.table.get(key, this.record) ? this.record.revision : 0;
    if (revision !== expectedRevision) return { kind: 'mismatch', revision };
    return change(this.table, key, value, index);
  }

  /** An operation or a query is refused. */
  error(code: OperationErrorCode): Uint8Array {
    return this.codec.encodeResult({ kind: 'error', code });
  }
}

/** What is wrong with an operation whatever the state. */
function check(operation: Operation): OperationErrorCode | undefined {
  if (operation.kind !== 'transaction') return checkStep(operation);
  const { conditions, success, failure } = operation;
  const most = limits.transactionParts;
  if (conditions.length > most || success.length > most || failure.length > most) return 'tooMany';
  for (const { key } of conditions) if (!isKey(key)) return 'keyInvalid';
  for (const step of [...success, ...failure]) {
    const wrong = checkStep(step);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function checkStep(step: {
  readonly key: Uint8Array;
  readonly value?: Uint8Array | undefined;
}): OperationErrorCode | undefined {
  if (!isKey(step.key)) return 'keyInvalid';
  return (step.value?.length ?? 0) > limits.valueBytes ? 'valueTooLarge' : undefined;
}

function isKey(key: Uint8Array): boolean {
  return key.length > 0 && key.length <= limits.keyBytes;
}
