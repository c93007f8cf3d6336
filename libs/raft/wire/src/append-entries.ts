import { BatchField, WireWriter, beatFieldSize, blobSize, numberSize, varintSize, writeBeat } from '@synod/api';
import type { AppendEntries } from '@synod/raft-core';
import { raftWireVersion } from './limits.js';

// By hand, because entries are the bulk of all bytes.

const versionField = 1;
/** In the Envelope. */
export const appendEntriesField = 4;

/** An Envelope with an AppendEntries. */
export function encodeAppendEntries(message: AppendEntries): Uint8Array {
  const { term, prevIndex, prevTerm, commit, round, beat } = message;
  const followers = message.followers.map((name) => Buffer.from(name, 'latin1'));
  const batches = new BatchField(7, message.batches);
  let size = numberSize(term) + numberSize(prevIndex) + numberSize(prevTerm) + numberSize(commit) + numberSize(round);
  for (const follower of followers) size += blobSize(follower);
  size += batches.size + beatFieldSize(beat);
  const writer = new WireWriter(numberSize(raftWireVersion) + 1 + varintSize(size) + size);
  writer.number(versionField, raftWireVersion);
  writer.open(appendEntriesField, size);
  writer.number(1, term);
  writer.number(2, prevIndex);
  writer.number(3, prevTerm);
  writer.number(4, commit);
  writer.number(5, round);
  for (const follower of followers) writer.blob(6, follower);
  batches.write(writer);
  writeBeat(writer, 8, beat);
  return writer.bytes;
}
