import { WireWriter, blobSize, numberSize, varintSize } from '@synod/api';
import type { AppendEntries } from '@synod/raft-core';
import { wireOf, wireSize, writeBatch } from './entry-batch.js';
import { raftWireVersion } from './limits.js';

// By hand, because entries are the bulk of all bytes: they are encoded into the message itself, and the journal gets a view.

const versionField = 1;
/** In the Envelope. */
export const appendEntriesField = 4;

/** An Envelope with an AppendEntries. */
export function encodeAppendEntries(message: AppendEntries): Uint8Array {
  const { term, prevIndex, prevTerm, commit, round, batches } = message;
  const followers = message.followers.map((name) => Buffer.from(name, 'latin1'));
  let size = numberSize(term) + numberSize(prevIndex) + numberSize(prevTerm) + numberSize(commit) + numberSize(round);
  for (const follower of followers) size += blobSize(follower);
  for (const batch of batches) size += 1 + varintSize(wireSize(batch)) + wireSize(batch);
  const writer = new WireWriter(numberSize(raftWireVersion) + 1 + varintSize(size) + size);
  writer.number(versionField, raftWireVersion);
  writer.open(appendEntriesField, size);
  writer.number(1, term);
  writer.number(2, prevIndex);
  writer.number(3, prevTerm);
  writer.number(4, commit);
  writer.number(5, round);
  for (const follower of followers) writer.blob(6, follower);
  for (const batch of batches) {
    if (batch.wire) writer.blob(7, wireOf(batch));
    else {
      const size = wireSize(batch);
      const from = writer.open(7, size);
      writeBatch(writer, batch);
      batch.wire = writer.bytes.subarray(from, from + size);
    }
  }
  return writer.bytes;
}
