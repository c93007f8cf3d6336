import { DecodeError, beatOf, decodeWith } from '@synod/api';
import type { OpenSlot, PeerMessage, Status } from '@synod/pbft-core';
import { readBatch, wireOf } from './batches.js';
import { bytesOfDigest, digestOf, joinDigests, splitDigests } from './digest-bytes.js';
import { wireLimits } from './limits.js';
import { wants } from './names.js';
import {
  fetchChunkShape,
  fetchShape,
  helloReplyShape,
  historyShape,
  missingShape,
  prePrepareShape,
  proofShape,
  signedShape,
  snapshotChunkShape,
  stableCheckpointShape,
  stableSnapshotShape,
  statusShape,
} from './shapes.js';
import { pbSigned, pbSnapshot, pbStable } from './statements.js';
import type { StatementReader, Type } from './statements.js';
import { synod } from './gen/pbft.js';

const pb = synod.pbft.v1;

/** How one kind of message stands in the Envelope. */
interface Format<M extends PeerMessage> {
  /** Field number of the body. */
  readonly field: number;
  /** The body for generated code. */
  body(message: M): object;
  /** Throws `DecodeError`. What it gives may be views of `body`. */
  decode(body: Uint8Array, reader: StatementReader): M;
}

export type Formats = { readonly [K in PeerMessage['kind']]: Format<Extract<PeerMessage, { readonly kind: K }>> };

/** A message that is a signed statement and nothing else. */
function statement<K extends PeerMessage['kind']>(kind: K, type: Type, field: number) {
  return {
    field,
    body: ({ signed }: { readonly signed: Parameters<typeof pbSigned>[0] }) => pbSigned(signed),
    decode: (body: Uint8Array, reader: StatementReader) =>
      ({ kind, signed: reader.signed(decodeWith(pb.Signed, body, signedShape), type) }) as never,
  };
}

export const formats: Formats = {
  prePrepare: {
    field: 2,
    body: ({ signed, batch }) => ({ proposal: pbSigned(signed), batch: wireOf(batch) }),
    decode(body, reader) {
      const { proposal, batch } = decodeWith(pb.PrePrepare, body, prePrepareShape);
      return { kind: 'prePrepare', signed: reader.signed(proposal, 'prePrepare'), batch: readBatch(reader, batch) };
    },
  },
  prepare: statement('prepare', 'prepare', 3),
  commit: statement('commit', 'commit', 4),
  checkpoint: statement('checkpoint', 'checkpoint', 5),
  checkpointProof: {
    field: 6,
    body: ({ stable }) => pbStable(stable),
    decode(body, reader) {
      const stable = reader.stable(decodeWith(pb.StableCheckpoint, body, stableCheckpointShape));
      return { kind: 'checkpointProof', stable };
    },
  },
  snapshot: statement('snapshot', 'snapshot', 7),
  viewChange: statement('viewChange', 'viewChange', 8),
  newView: statement('newView', 'newView', 9),
  complaint: statement('complaint', 'complaint', 21),
  status: { field: 10, body: pbStatus, decode: statusOf },
  missing: {
    field: 11,
    body: ({ sequence, batch }) => ({ sequence, batch: wireOf(batch) }),
    decode(body, reader) {
      const { sequence, batch } = decodeWith(pb.Missing, body, missingShape);
      return { kind: 'missing', sequence, batch: readBatch(reader, batch) };
    },
  },
  relay: statement('relay', 'request', 12),
  proof: {
    field: 13,
    body: ({ first, second }) => ({ first: pbSigned(first), second: pbSigned(second) }),
    decode(body, reader) {
      const { first, second } = decodeWith(pb.Proof, body, proofShape);
      return { kind: 'proof', first: reader.any(first), second: reader.any(second) };
    },
  },
  fetch: {
    field: 14,
    body: ({ from, through, what }) => ({ from, through, what: wants.number(what) }),
    decode(body) {
      const { from, through, what } = decodeWith(pb.Fetch, body, fetchShape);
      return { kind: 'fetch', from, through, what: wants.name(what) };
    },
  },
  history: {
    field: 15,
    body: ({ first, digests, batches }) => ({ first, digests: joinDigests(digests), batches: batches.map(wireOf) }),
    decode(body, reader) {
      const { first, digests, batches } = decodeWith(pb.History, body, historyShape);
      return {
        kind: 'history',
        first,
        digests: splitDigests(digests, wireLimits.digests),
        batches: batches.map((each) => readBatch(reader, each)),
      };
    },
  },
  snapshotOffer: {
    field: 16,
    body: ({ stable }) => pbSnapshot(stable),
    decode(body, reader) {
      const stable = reader.snapshot(decodeWith(pb.StableSnapshot, body, stableSnapshotShape));
      return { kind: 'snapshotOffer', stable };
    },
  },
  fetchChunk: {
    field: 17,
    body: (message) => message,
    decode(body) {
      const { snapshot, place, chunkBytes } = decodeWith(pb.FetchChunk, body, fetchChunkShape);
      return { kind: 'fetchChunk', snapshot, place, chunkBytes };
    },
  },
  snapshotChunk: {
    field: 18,
    body: ({ chunk }) => ({ ...chunk, snapshot: chunk.snapshot.index }),
    decode(body) {
      const { snapshot, offset, totalBytes, bytes, checksum } = decodeWith(pb.SnapshotChunk, body, snapshotChunkShape);
      if (offset + bytes.length > totalBytes) throw new DecodeError('a chunk that goes beyond its snapshot');
      return {
        kind: 'snapshotChunk',
        chunk: { snapshot: { index: snapshot, era: 0 }, offset, totalBytes, bytes, checksum },
      };
    },
  },
  hello: statement('hello', 'hello', 22),
  helloReply: {
    field: 20,
    body: ({ signed, stable }) => ({ standing: pbSigned(signed), stable: pbStable(stable) }),
    decode(body, reader) {
      const { standing, stable } = decodeWith(pb.HelloReply, body, helloReplyShape);
      return { kind: 'helloReply', signed: reader.signed(standing, 'standing'), stable: reader.stable(stable) };
    },
  },
};

function pbStatus({ open, batches, viewChanges, heard, ...rest }: Status): object {
  return {
    ...rest,
    open: open.map(({ prepares, commits, ...slot }) => ({
      ...slot,
      prepares: maskOf(prepares),
      commits: maskOf(commits),
    })),
    batches: batches.map(bytesOfDigest),
    viewChanges: viewChanges.map(bytesOfDigest),
    heard: maskOf(heard),
  };
}

function statusOf(body: Uint8Array): Status {
  const status = decodeWith(pb.Status, body, statusShape);
  const { view, active, stable, executed, snapshot, floor, batches, viewChanges, heard, prepared } = status;
  return {
    ...{ kind: 'status', view, active, stable, executed, snapshot, floor },
    open: status.open.map(openSlotOf),
    batches: batches.map(digestOf),
    viewChanges: viewChanges.map(digestOf),
    heard: placesOf(heard),
    prepared,
    beat: beatOf(status.beat),
  };
}

function openSlotOf({ sequence, hasProposal, prepares, commits }: synod.pbft.v1.Status.OpenSlot.$Properties): OpenSlot {
  return {
    sequence: sequence ?? 0,
    hasProposal: hasProposal ?? false,
    prepares: placesOf(prepares ?? 0),
    commits: placesOf(commits ?? 0),
  };
}

/** A bit for each place; below 2^53, which is why a group has at most 52 members. */
function maskOf(places: readonly number[]): number {
  return places.reduce((mask, place) => mask + 2 ** place, 0);
}

function placesOf(mask: number): readonly number[] {
  const places: number[] = [];
  for (let place = 0, rest = mask; rest > 0; place++, rest = Math.floor(rest / 2))
    if (rest % 2 === 1) places.push(place);
  return places;
}
