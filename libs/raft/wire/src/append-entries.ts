import { WireWriter, blobSize, numberSize, varintSize, wireSize, writeBatch } from '@synod/api';
import type { AppendEntries } from '@synod/raft-core';
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
  const sizes = batches.map(wireSize); // each looks at every entry
  for (const each of sizes) size += 1 + varintSize(each) + each;
  const writer = new WireWriter(numberSize(raftWireVersion) + 1 + varintSize(size) + size);
  writer.number(versionField, raftWireVersion);
  writer.open(appendEntriesField, size);
  writer.number(1, term);
  writer.number(2, prevIndex);
  writer.number(3, prevTerm);
  writer.number(4, commit);
  writer.number(5, round);
  for (const follower of followers) writer.blob(6, follower);
  batches.forEach((batch, place) => {
    if (batch.wire) return writer.blob(7, batch.wire);
    const from = writer.open(7, sizes[place]!);
    writeBatch(writer, batch);
    batch.wire = writer.bytes.subarray(from, from + sizes[place]!);
  });
  return writer.bytes;
}
