import { decodeWith } from '@synod/api';
import { Batch } from '@synod/pbft-core';
import { batchShape } from './shapes.js';
import { pbSigned } from './statements.js';
import type { StatementReader } from './statements.js';
import { synod } from './gen/pbft.js';

const pb = synod.pbft.v1;

/** The batch as it stands in messages and in the journal; encoded when first asked for. */
export function wireOf(batch: Batch): Uint8Array {
  return (batch.wire ??= pb.Batch.encode({ requests: batch.requests.map(pbSigned) }).finish());
}

/** The requests are views of `bytes`, which belong to the batch from now on. */
export function readBatch(reader: StatementReader, bytes: Uint8Array): Batch {
  const { requests } = decodeWith(pb.Batch, bytes, batchShape);
  const batch = new Batch(reader.all(requests, 'request'));
  batch.wire = bytes;
  return batch;
}
