import type { Chunk, Input, JournalTail, SnapshotId, SnapshotInstalled, Vocabulary } from '@synod/actor';
import { UnreadableRecording } from './bytes.js';
import type { ByteReader, ByteWriter } from './bytes.js';
import { batchOf, understood } from './image.js';
import type { Recordable } from './recordable.js';

/** Numbers in the file: never given to another input. 32 and above are `steps.ts`'s. */
const kinds = [
  ...['recover', 'recovered', 'receive', 'timeout', 'persisted', 'logRead'],
  ...['snapshotTaken', 'chunkRead', 'chunkWritten', 'snapshotInstalled', 'stopping'],
] as readonly Input<Vocabulary>['kind'][];
const tails: readonly JournalTail[] = ['clean', 'torn', 'corrupt'];

/** Messages and records as the production codecs have them, the rest field by field. */
export function writeInput<V extends Vocabulary>(out: ByteWriter, recordable: Recordable<V>, input: Input<V>): void {
  out.byte(kinds.indexOf(input.kind));
  out.float(input.at);
  switch (input.kind) {
    case 'recover':
      return writeFrame(out, recordable.records.encode(input.record));
    case 'recovered':
      out.byte(tails.indexOf(input.tail));
      out.byte(Number(input.empty));
      return out.whole(input.incarnation);
    case 'receive':
      out.text(input.from);
      out.text(recordable.messages.kindOf(input.message));
      return out.blob(recordable.messages.encode(input.message));
    case 'timeout':
      return out.text(input.timer);
    case 'persisted':
      return out.whole(input.token);
    case 'logRead':
      out.whole(input.id);
      out.whole(input.batches.length);
      for (const batch of input.batches) writeFrame(out, recordable.frameOf(batch));
      return;
    default:
      return writeAboutSnapshot(out, input);
  }
}

type AboutSnapshot = Extract<
  Input<Vocabulary>,
  { kind: 'snapshotTaken' | 'chunkRead' | 'chunkWritten' | 'snapshotInstalled' | 'stopping' }
>;

function writeAboutSnapshot(out: ByteWriter, input: AboutSnapshot): void {
  if (input.kind === 'stopping') return;
  out.whole(input.id);
  switch (input.kind) {
    case 'snapshotTaken':
      writeSnapshot(out, input.snapshot);
      return out.whole(input.sizeBytes);
    case 'chunkRead':
      out.byte(Number(input.chunk !== undefined));
      if (input.chunk !== undefined) writeChunk(out, input.chunk);
      return;
    case 'chunkWritten':
      return out.whole(input.heldBytes);
    case 'snapshotInstalled':
      out.byte(Number(input.ok));
      return out.text(input.why ?? '');
  }
}

export function readInput<V extends Vocabulary>(bytes: ByteReader, recordable: Recordable<V>, tag: number): Input<V> {
  const kind = oneOf(kinds, tag);
  const at = bytes.float();
  switch (kind) {
    case 'recover':
      return { at, kind, record: understood(() => recordable.records.decode({ type: bytes.byte(), payload: bytes.blob() })) }; // prettier-ignore
    case 'recovered':
      return { at, kind, tail: oneOf(tails, bytes.byte()), empty: flag(bytes), incarnation: bytes.whole() };
    case 'receive': {
      const from = bytes.text();
      return { at, kind, from, message: understood(() => recordable.messages.decode(bytes.text(), bytes.blob())) };
    }
    case 'timeout':
      return { at, kind, timer: bytes.text() };
    case 'persisted':
      return { at, kind, token: bytes.whole() };
    case 'logRead': {
      const id = bytes.whole();
      return { at, kind, id, batches: Array.from({ length: bytes.count() }, () => batchOf(recordable, bytes)) };
    }
    case 'snapshotTaken':
      return { at, kind, id: bytes.whole(), snapshot: readSnapshot(bytes), sizeBytes: bytes.whole() };
    case 'chunkRead':
      return { at, kind, id: bytes.whole(), chunk: flag(bytes) ? readChunk(bytes) : undefined };
    case 'chunkWritten':
      return { at, kind, id: bytes.whole(), heldBytes: bytes.whole() };
    case 'snapshotInstalled':
      return { at, kind, ...readInstalled(bytes) };
    case 'stopping':
      return { at, kind };
  }
}

/** A core that stops says why: so a replay must know. */
function readInstalled(bytes: ByteReader): SnapshotInstalled {
  const [id, ok, why] = [bytes.whole(), flag(bytes), bytes.text()];
  return why === '' ? { id, ok } : { id, ok, why };
}

function writeFrame(out: ByteWriter, { type, payload }: { type: number; payload: readonly Uint8Array[] }): void {
  out.byte(type);
  out.blobOf(payload);
}

function writeSnapshot(out: ByteWriter, { index, era }: SnapshotId): void {
  out.whole(index);
  out.whole(era);
}

function readSnapshot(bytes: ByteReader): SnapshotId {
  return { index: bytes.whole(), era: bytes.whole() };
}

function writeChunk(out: ByteWriter, { snapshot, offset, totalBytes, bytes, checksum }: Chunk): void {
  writeSnapshot(out, snapshot);
  out.whole(offset);
  out.whole(totalBytes);
  out.blob(bytes);
  out.whole(checksum);
}

function readChunk(bytes: ByteReader): Chunk {
  const snapshot = readSnapshot(bytes);
  return { snapshot, offset: bytes.whole(), totalBytes: bytes.whole(), bytes: bytes.blob(), checksum: bytes.whole() };
}

function flag(bytes: ByteReader): boolean {
  return oneOf([false, true], bytes.byte());
}

function oneOf<T>(choices: readonly T[], place: number): T {
  if (place >= choices.length) throw new UnreadableRecording('something of a kind that is not known');
  return choices[place]!;
}
