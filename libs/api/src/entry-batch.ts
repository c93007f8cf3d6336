import { EntryBatch, sizeOf } from '@synod/log';
import type { Entry } from '@synod/log';
import { logLimits } from './limits.js';
import { DecodeError, WireReader, bytesType, isToken, varintType } from './wire-reader.js';
import { WireWriter, varintSize } from './wire-writer.js';

// By hand and not by generated code: this is done per entry, and entries must be views of bytes that are copied once.

const eraTag = 1 * 8 + varintType;
const firstTag = 2 * 8 + varintType;
const entriesTag = 3 * 8 + bytesType;
const noOpTag = 1 * 8 + bytesType;
const requestTag = 2 * 8 + bytesType;
const configurationTag = 3 * 8 + bytesType;
const userTag = 1 * 8 + bytesType;
const batchTag = 2 * 8 + bytesType;

/** The batch as it stands in messages and in the journal; encoded when first asked for. */
export function wireOf(batch: EntryBatch): Uint8Array {
  return (batch.wire ??= encode(batch));
}

/**
 * The entries' bytes are views of `bytes`, which belong to the batch from now on and must not change.
 * `budget` is how many entries there may be at most.
 */
export function decodeEntryBatch(bytes: Uint8Array, budget: number = logLimits.entries): EntryBatch {
  const reader = new WireReader().start(bytes);
  const entries: Entry[] = [];
  let era = 0;
  let first = 0;
  while (reader.more) {
    const tag = reader.tag();
    if (tag === entriesTag) {
      if (entries.length >= budget) throw new DecodeError(`more than ${logLimits.entries} entries at once`);
      entries.push(readEntry(reader));
    } else if (tag === eraTag) era = reader.varint();
    else if (tag === firstTag) first = reader.varint();
    else throw new DecodeError(`an EntryBatch has no field ${Math.floor(tag / 8)} of wire type ${tag % 8}`);
  }
  if (entries.length === 0) throw new DecodeError('an EntryBatch without entries');
  if (era === 0 || first === 0) throw new DecodeError('an EntryBatch without era or position');
  if (first > Number.MAX_SAFE_INTEGER - entries.length) throw new DecodeError('an EntryBatch that ends above 2^53-1');
  const batch = new EntryBatch(era, first, entries, sizeOf(entries));
  batch.wire = bytes;
  return batch;
}

function readEntry(reader: WireReader): Entry {
  const { end } = reader;
  const from = reader.span();
  const entryEnd = reader.position;
  reader.start(reader.bytes, from, entryEnd);
  const tag = reader.more ? reader.tag() : 0;
  if (tag !== noOpTag && tag !== requestTag && tag !== configurationTag) {
    throw new DecodeError('an Entry of unknown kind');
  }
  const bodyFrom = reader.span();
  if (reader.more) throw new DecodeError('an Entry of several kinds');
  const entry = readBody(tag, reader.start(reader.bytes, bodyFrom, reader.position));
  reader.start(reader.bytes, entryEnd, end);
  return entry;
}

function readBody(tag: number, reader: WireReader): Entry {
  if (tag === requestTag) return readRequest(reader);
  if (tag === configurationTag) {
    return { kind: 'configuration', bytes: reader.bytes.subarray(reader.position, reader.end) };
  }
  if (reader.more) throw new DecodeError('a NoOp with contents');
  return noOp;
}

const nothing: Uint8Array = new Uint8Array(0);
const noOp: Entry = { kind: 'noOp' };

function readRequest(reader: WireReader): Entry {
  let from = '';
  let bytes = nothing;
  while (reader.more) {
    const tag = reader.tag();
    if (tag === userTag) from = readUser(reader);
    else if (tag === batchTag) bytes = reader.view();
    else throw new DecodeError(`a ClientBatch has no field ${Math.floor(tag / 8)} of wire type ${tag % 8}`);
  }
  if (from === '') throw new DecodeError('a ClientBatch without its user');
  return { kind: 'request', from, bytes };
}

let latestUser = '';

/** Most entries are of few users, so the one read before is tried first: decoding text costs more than the rest of an entry. */
function readUser(reader: WireReader): string {
  const start = reader.position;
  const from = reader.span();
  if (reader.position - from === latestUser.length && isLatestUser(reader.bytes, from)) return latestUser;
  reader.position = start;
  latestUser = reader.token();
  return latestUser;
}

function isLatestUser(bytes: Uint8Array, from: number): boolean {
  for (let i = 0; i < latestUser.length; i++) if (bytes[from + i] !== latestUser.charCodeAt(i)) return false;
  return latestUser !== '';
}

function encode(batch: EntryBatch): Uint8Array {
  const writer = new WireWriter(wireSize(batch));
  writeBatch(writer, batch);
  return writer.bytes;
}

/** How long `wireOf` is. */
export function wireSize({ era, first, entries, wire }: EntryBatch): number {
  if (wire) return wire.length;
  let size = 2 + varintSize(era) + varintSize(first);
  for (const entry of entries) size += fieldSize(entrySize(entry));
  return size;
}

/** `batches` as a repeated field of a message: encoded into the message itself, and the journal gets a view. */
export class BatchField {
  readonly size: number;
  private readonly sizes: readonly number[];

  constructor(
    private readonly field: number,
    private readonly batches: readonly EntryBatch[],
  ) {
    this.sizes = batches.map(wireSize); // each looks at every entry
    this.size = this.sizes.reduce((sum, each) => sum + fieldSize(each), 0);
  }

  write(writer: WireWriter): void {
    this.batches.forEach((batch, place) => {
      if (batch.wire) return writer.blob(this.field, batch.wire);
      const size = this.sizes[place]!;
      const from = writer.open(this.field, size);
      writeBatch(writer, batch);
      batch.wire = writer.bytes.subarray(from, from + size);
    });
  }
}

/** Writes just what `wireOf` is. */
function writeBatch(writer: WireWriter, { era, first, entries }: EntryBatch): void {
  if (entries.length === 0 || entries.length > logLimits.entries) {
    throw new RangeError(`a batch of ${entries.length} entries; 1 to ${logLimits.entries} are allowed`);
  }
  writer.varint(eraTag);
  writer.varint(era);
  writer.varint(firstTag);
  writer.varint(first);
  for (const entry of entries) writeEntry(writer, entry);
}

function writeEntry(writer: WireWriter, entry: Entry): void {
  writer.varint(entriesTag);
  writer.varint(entrySize(entry));
  if (entry.kind === 'noOp') return writer.blob(1, nothing);
  if (entry.kind === 'configuration') return writer.blob(3, entry.bytes);
  writer.varint(requestTag);
  writer.varint(requestSize(entry.from, entry.bytes));
  writer.blob(1, bytesOfUser(entry.from));
  writer.blob(2, entry.bytes);
}

const written: { user: string | undefined; bytes: Uint8Array } = { user: undefined, bytes: nothing };

/** As in reading: most entries are of few users. */
function bytesOfUser(user: string): Uint8Array {
  if (user !== written.user) {
    if (!isToken(user)) throw new RangeError(`user '${user}' is not 1 to 32 of a-z, 0-9 and -`);
    written.bytes = Buffer.from(user, 'latin1');
    written.user = user;
  }
  return written.bytes;
}

function entrySize(entry: Entry): number {
  if (entry.kind === 'noOp') return fieldSize(0);
  return fieldSize(entry.kind === 'request' ? requestSize(entry.from, entry.bytes) : entry.bytes.length);
}

function requestSize(user: string, bytes: Uint8Array): number {
  return fieldSize(user.length) + fieldSize(bytes.length);
}

/** A tag of one byte, a length, the contents. */
function fieldSize(length: number): number {
  return 1 + varintSize(length) + length;
}
