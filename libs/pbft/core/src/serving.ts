import { none } from '@synod/actor';
import type { Address, Chunk } from '@synod/actor';
import type { Batch } from './batch.js';
import type { Fetch, FetchChunk } from './messages.js';
import { messageLimits } from './message-limits.js';
import { spend } from './retransmission.js';
import { offered } from './snapshots.js';
import type { Pbft } from './state.js';
import type { Digest } from './statements.js';

/**
 * What was executed since the last stable snapshot, or the offer of a snapshot. Only what a stable checkpoint vouches for.
 *
 * @paper PBFT §4.6; TOCS §5.3
 */
export function onFetch(pbft: Pbft, from: Address, { from: first, through, what }: Fetch): void {
  const last = Math.min(through, pbft.low, pbft.executed.sequence);
  if (pbft.tail.at(first) === undefined) return offerSnapshot(pbft, from, first);
  if (what === 'digests') return sendDigests(pbft, from, first, last);
  sendBatches(pbft, from, first, last);
}

function offerSnapshot(pbft: Pbft, to: Address, first: number): void {
  const stable = offered(pbft);
  if (stable === undefined || stable.manifest.sequence < first) return;
  if (spend(pbft, to, stable.manifest.chunks.length * 32 + 1024, 'transfer'))
    pbft.out.send(to, { kind: 'snapshotOffer', stable }); // our own vote may be among those that it shows
}

function sendDigests(pbft: Pbft, to: Address, first: number, last: number): void {
  const digests: Digest[] = [];
  for (let sequence = first; sequence <= last && digests.length < messageLimits.digests; sequence++) {
    digests.push(pbft.tail.at(sequence)!.digest);
  }
  if (digests.length === 0 || !spend(pbft, to, digests.length * 32, 'transfer')) return;
  pbft.out.send(to, { kind: 'history', first, digests, batches: [] }, none);
}

function sendBatches(pbft: Pbft, to: Address, first: number, last: number): void {
  const batches: Batch[] = [];
  let bytes = 0;
  for (let sequence = first; sequence <= last; sequence++) {
    const { batch } = pbft.tail.at(sequence)!;
    bytes += batch.sizeBytes;
    const isFull = bytes > pbft.configuration.limits.batchBytes || batches.length === messageLimits.batches;
    if (batches.length > 0 && isFull) break;
    batches.push(batch);
  }
  if (batches.length === 0 || !spend(pbft, to, bytes, 'transfer')) return;
  pbft.out.send(to, { kind: 'history', first, digests: [], batches }, none);
}

/**
 * Of any that is here, whatever we would offer: others may offer one that is still to become stable here.
 *
 * @paper PBFT §4.6; TOCS §5.3
 */
export function onFetchChunk(pbft: Pbft, from: Address, { snapshot, place, chunkBytes }: FetchChunk): void {
  const here = [pbft.stableSnapshot?.manifest, pbft.snapshot?.manifest];
  const manifest = here.find((each) => each?.sequence === snapshot);
  if (manifest === undefined) return offerSnapshot(pbft, from, snapshot + 1);
  if (chunkBytes !== manifest.chunkBytes || !spend(pbft, from, chunkBytes, 'transfer')) return;
  pbft.serving.set(pbft.out.readChunk({ index: snapshot, era: 0 }, place * chunkBytes, chunkBytes), from);
}

/** A chunk came from our disk: it goes to whom it was read for. */
export function onServedChunkRead(pbft: Pbft, id: number, chunk: Chunk | undefined): void {
  const to = pbft.serving.get(id);
  pbft.serving.delete(id);
  if (to !== undefined && chunk !== undefined) pbft.out.send(to, { kind: 'snapshotChunk', chunk }, none);
}
