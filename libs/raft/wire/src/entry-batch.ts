import { DecodeError, decodeEntryBatch } from '@synod/api';
import type { EntryBatch } from '@synod/log';

/** Membership is fixed here, so a batch that would change it is malformed: whoever took it could not execute it. */
export function decodeRaftBatch(bytes: Uint8Array, budget?: number): EntryBatch {
  const batch = decodeEntryBatch(bytes, budget);
  for (const { kind } of batch.entries) {
    if (kind === 'configuration') throw new DecodeError('a change of configuration; in Raft the members are fixed');
  }
  return batch;
}
