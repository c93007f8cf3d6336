import { PageReader, PageWriter } from '../pages.js';
import type { SnapshotTarget } from '../state-machine.js';
import { limits } from './operations.js';
import type { RecordView } from './records.js';
import type { HashSecret } from './search-key.js';
import { Table } from './table.js';
import type { FrozenFor, FrozenTable } from './table.js';

// Stream: record count, hash; then per record key and value lengths, numbers, key, value, in the order of keys. Pages are full
// but the last one. So equal tables have equal pages.
const headerBytes = 16;
const recordHeaderBytes = 32;

/** The pages of a table as it is now. */
export function pagesOf(table: Table, purpose: FrozenFor = 'snapshot'): Iterator<Uint8Array> {
  const { size, hash } = table;
  const writer = new PageWriter();
  writer.integer(size);
  writer.uint32(hash.low);
  writer.uint32(hash.high);
  return new TablePages(table.freeze(purpose), writer);
}

class TablePages implements Iterator<Uint8Array> {
  private hasMore = true;

  constructor(
    private readonly frozen: FrozenTable,
    private writer: PageWriter,
  ) {}

  next(): IteratorResult<Uint8Array, undefined> {
    const { writer } = this;
    while (this.hasMore && !writer.hasPage) this.hasMore = this.frozen.read((record) => this.write(record));
    if (!this.hasMore && writer.isEmpty) return { done: true, value: undefined };
    return { done: false, value: writer.take() };
  }

  return(): IteratorResult<Uint8Array, undefined> {
    this.hasMore = false;
    this.writer = new PageWriter();
    this.frozen.end();
    return { done: true, value: undefined };
  }

  private write({ slab, keyStart, keyEnd, valueStart, valueEnd, revision, created, version }: RecordView): boolean {
    const { writer } = this;
    writer.uint32(keyEnd - keyStart);
    writer.uint32(valueEnd - valueStart);
    writer.integer(revision);
    writer.integer(created);
    writer.integer(version);
    writer.bytes(slab.bytes, keyStart, keyEnd);
    writer.bytes(slab.bytes, valueStart, valueEnd);
    return !writer.hasPage;
  }
}

/** Builds a table aside and hands it over when it is whole and its hash is right. */
export class TableTarget implements SnapshotTarget {
  private readonly table: Table;
  private readonly reader = new PageReader();
  private expected: { readonly size: number; readonly low: number; readonly high: number } | undefined;
  /** The highest revision of what was read, 0 of nothing. */
  revision = 0;

  constructor(
    secret: HashSecret,
    private readonly handOver: (table: Table) => void,
  ) {
    this.table = new Table(secret);
  }

  page(bytes: Uint8Array): void {
    const { reader } = this;
    reader.push(bytes);
    if (this.expected === undefined && reader.available >= headerBytes) {
      this.expected = { size: reader.integer(), low: reader.uint32() | 0, high: reader.uint32() | 0 };
    }
    if (this.expected !== undefined) while (this.readRecord());
  }

  get hash(): string {
    return this.table.hash.toString();
  }

  finish(): void {
    this.check();
    this.handOver(this.table);
  }

  /** Throws unless all is there and right. */
  check(): void {
    const { table, expected } = this;
    if (expected === undefined || this.reader.available > 0) throw new Error('a snapshot that is not whole');
    if (table.size !== expected.size) throw new Error(`a snapshot of ${expected.size} keys that has ${table.size}`);
    if (table.hash.low !== expected.low || table.hash.high !== expected.high) {
      throw new Error('a snapshot whose keys do not have the hash that it states');
    }
  }

  /** Whether the next record was whole. */
  private readRecord(): boolean {
    const { reader, table } = this;
    if (reader.available < recordHeaderBytes) return false;
    const keyLength = reader.peekUint32(0);
    const valueLength = reader.peekUint32(4);
    if (keyLength === 0 || keyLength > limits.keyBytes || valueLength > limits.valueBytes) {
      throw new Error(`a snapshot with a key of ${keyLength} and a value of ${valueLength} bytes`);
    }
    if (reader.available < recordHeaderBytes + keyLength + valueLength) return false;
    reader.take(8);
    const revision = reader.integer();
    const created = reader.integer();
    const version = reader.integer();
    this.revision = Math.max(this.revision, revision);
    const key = reader.take(keyLength);
    table.load(key, reader.take(valueLength), revision, created, version);
    return true;
  }
}
