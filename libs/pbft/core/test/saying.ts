import { Batch, checkpointDigest, continuationOf, nullBatch, viewChangeDigest, zeroDigest } from '@synod/pbft-core';
import type {
  CheckpointState,
  Message,
  NewViewClaim,
  PreparedCertificate,
  Proposal,
  Signed,
  StableCheckpoint,
  Status,
  ViewChangeClaim,
} from '@synod/pbft-core';
import { cryptographyOf } from './cryptography.js';

/** What members say, each under its own key: for tests that play all members but one. */

export const cryptography = cryptographyOf('nobody');
export const primaryOf = (view: number, n = 4): string => `r${(view % n) + 1}`;
export const digestOf = (batch: Batch): string => batch.identity(cryptography).digest;

export function batchOf(...texts: readonly string[]): Batch {
  const requests = texts.map((text) =>
    cryptographyOf('ann').sign({
      ...{ type: 'request', client: 'c', session: 1, sequence: 1, holds: 'operations' },
      batch: Uint8Array.from(Buffer.from(text)),
    } as const),
  );
  return new Batch(requests);
}

export function proposal(view: number, sequence: number, batch: Batch, by = primaryOf(view)): Signed<Proposal> {
  return cryptographyOf(by).sign({ type: 'prePrepare', view, sequence, digest: digestOf(batch) });
}

export function prePrepare(view: number, sequence: number, batch: Batch, by = primaryOf(view)): Message {
  return { kind: 'prePrepare', signed: proposal(view, sequence, batch, by), batch };
}

export function prepare(by: string, view: number, sequence: number, digest: string): Message & { kind: 'prepare' } {
  return { kind: 'prepare', signed: cryptographyOf(by).sign({ type: 'prepare', view, sequence, digest }) };
}

export function commit(by: string, view: number, sequence: number, digest: string): Message & { kind: 'commit' } {
  return { kind: 'commit', signed: cryptographyOf(by).sign({ type: 'commit', view, sequence, digest }) };
}

export function checkpoint(by: string, sequence: number, digest: string): Message & { kind: 'checkpoint' } {
  return { kind: 'checkpoint', signed: cryptographyOf(by).sign({ type: 'checkpoint', sequence, digest }) };
}

export function snapshot(by: string, sequence: number, digest: string): Message & { kind: 'snapshot' } {
  return { kind: 'snapshot', signed: cryptographyOf(by).sign({ type: 'snapshot', sequence, digest }) };
}

export function prepared(
  view: number,
  sequence: number,
  batch: Batch,
  by: readonly string[] = backupsOf(view),
): PreparedCertificate {
  const prepares = by.map((each) => prepare(each, view, sequence, digestOf(batch)).signed);
  return { proposal: proposal(view, sequence, batch), prepares };
}

/** The first two others, which make a quorum of four with the primary. */
export function backupsOf(view: number): readonly string[] {
  return ['r1', 'r2', 'r3', 'r4'].filter((name) => name !== primaryOf(view)).slice(0, 2);
}

export const beginning: StableCheckpoint = {
  state: { sequence: 0, position: 0, history: zeroDigest, state: '0:' },
  votes: [],
};

export function stableAt(sequence: number, by: readonly string[] = ['r1', 'r2', 'r3']): StableCheckpoint {
  const state: CheckpointState = { sequence, position: sequence, history: 'ab'.repeat(32), state: 'any' };
  const digest = checkpointDigest(cryptography, state);
  return { state, votes: by.map((each) => checkpoint(each, sequence, digest).signed) };
}

export function viewChange(
  by: string,
  view: number,
  certificates: readonly PreparedCertificate[] = [],
  stable: StableCheckpoint = beginning,
): Message & { kind: 'viewChange' } {
  const claim: ViewChangeClaim = { type: 'viewChange', view, stable, prepared: certificates };
  return { kind: 'viewChange', signed: cryptographyOf(by).sign(claim) };
}

export function newView(
  view: number,
  viewChanges: readonly Signed<ViewChangeClaim>[],
  proposals?: readonly Signed<Proposal>[],
  by = primaryOf(view),
): Message & { kind: 'newView' } {
  const named = viewChanges.map((each) => ({ replica: each.signer, digest: viewChangeDigest(cryptography, each) }));
  const claim: NewViewClaim = {
    ...{ type: 'newView', view, viewChanges: named },
    proposals: proposals ?? properProposals(view, viewChanges),
  };
  return { kind: 'newView', signed: cryptographyOf(by).sign(claim) };
}

/** O as it must be. */
export function properProposals(
  view: number,
  viewChanges: readonly Signed<ViewChangeClaim>[],
): readonly Signed<Proposal>[] {
  const { stable, digests } = continuationOf(cryptography, viewChanges);
  return digests.map((digest, place) =>
    cryptographyOf(primaryOf(view)).sign({
      type: 'prePrepare',
      view,
      sequence: stable.state.sequence + 1 + place,
      digest,
    }),
  );
}

export function complaint(by: string, view: number, number = 1, incarnation = 1): Message & { kind: 'complaint' } {
  const claim = { type: 'complaint', view, incarnation, number } as const;
  return { kind: 'complaint', signed: cryptographyOf(by).sign(claim) };
}

/** A status that says and asks nothing but what is given. */
export function status(says: Partial<Status>): Status {
  return {
    kind: 'status',
    view: 0,
    active: true,
    stable: 0,
    executed: 0,
    snapshot: 0,
    floor: 0,
    open: [],
    batches: [],
    viewChanges: [],
    heard: [],
    prepared: 0,
    ...says,
  };
}

export { nullBatch };

export function helloOf(member: string, nonce: number): Message {
  return { kind: 'hello', signed: cryptographyOf(member).sign({ type: 'hello', nonce }) };
}
