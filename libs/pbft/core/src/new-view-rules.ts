import type { Address } from '@synod/actor';
import { faultOfCheckpoint, faultOfPrepared } from './certificates.js';
import { nullBatch } from './batch.js';
import type { Cryptography } from './cryptography.js';
import type { Group } from './group.js';
import type { StableCheckpoint } from './history.js';
import type {
  Digest,
  NewViewClaim,
  PreparedCertificate,
  Proposal,
  Sequence,
  Signed,
  View,
  ViewChangeClaim,
} from './statements.js';

/*
 * §4.4 as pure functions, because the new primary, every backup and every verifier must come to the same conclusions.
 */

/** What all members know alike. */
export interface Rules {
  readonly group: Group;
  readonly cryptography: Cryptography;
  /** L. */
  readonly logSize: number;
}

/**
 * C proves the stable checkpoint that the claim begins at; P has at most one certificate a sequence, all between the water
 * marks and of earlier views.
 *
 * @paper PBFT §4.4
 */
export function faultOfViewChange(
  { group, cryptography, logSize }: Rules,
  signed: Signed<ViewChangeClaim>,
): string | undefined {
  const { view, stable, prepared } = signed.statement;
  if (!group.has(signed.signer)) return 'signerNotAMember';
  if (view === 0) return 'viewChangeToTheFirst';
  const fault = faultOfCheckpoint(group, cryptography, stable);
  if (fault !== undefined) return fault;
  const low = stable.state.sequence;
  let before = low;
  for (const certificate of prepared) {
    const { sequence, view: preparedIn } = certificate.proposal.statement;
    if (sequence <= before || sequence > low + logSize) return 'preparedOutOfPlace';
    if (preparedIn >= view) return 'preparedInLaterView';
    const wrong = faultOfPrepared(group, certificate);
    if (wrong !== undefined) return wrong;
    before = sequence;
  }
  return undefined;
}

/** What a new view begins with. */
export interface Continuation {
  /** min-s, proven. */
  readonly stable: StableCheckpoint;
  /** From min-s + 1 through max-s, without a gap: the digest that each sequence gets again. */
  readonly digests: readonly Digest[];
}

/**
 * "The primary determines the sequence number min-s of the latest stable checkpoint in V and the highest sequence number
 * max-s in a prepare message in V." Each sequence in between gets the digest that prepared in the highest view, or else the
 * null request.
 *
 * @paper PBFT §4.4
 */
export function continuationOf(
  cryptography: Cryptography,
  viewChanges: readonly Signed<ViewChangeClaim>[],
): Continuation {
  const claims = viewChanges.map(({ statement }) => statement);
  const { stable } = claims.reduce((best, claim) => (lowOf(claim) > lowOf(best) ? claim : best));
  const low = stable.state.sequence;
  const chosen = new Map<Sequence, Signed<Proposal>>();
  let highest = low;
  for (const { proposal } of claims.flatMap(({ prepared }) => prepared)) {
    const { sequence, view } = proposal.statement;
    if (sequence <= low) continue;
    highest = Math.max(highest, sequence);
    const other = chosen.get(sequence);
    if (other === undefined || view > other.statement.view) chosen.set(sequence, proposal);
  }
  const gap = nullBatch.identity(cryptography).digest;
  const digests: Digest[] = [];
  for (let sequence = low + 1; sequence <= highest; sequence++) {
    digests.push(chosen.get(sequence)?.statement.digest ?? gap);
  }
  return { stable, digests };
}

function lowOf({ stable }: ViewChangeClaim): Sequence {
  return stable.state.sequence;
}

/**
 * "A backup accepts a new-view message for view v+1 if it is signed properly, if the view-change messages it contains are
 * valid for view v+1, and if the set O is correct; it verifies the correctness of O by performing a computation similar to
 * the one used by the primary." `viewChanges` are those that the claim names, in its order.
 *
 * @paper PBFT §4.4
 */
export function faultOfNewView(
  rules: Rules,
  signed: Signed<NewViewClaim>,
  viewChanges: readonly Signed<ViewChangeClaim>[],
): string | undefined {
  const { group, cryptography } = rules;
  const { view, proposals } = signed.statement;
  return (
    faultOfNames(group, signed) ??
    faultOfNamed(rules, signed.statement, viewChanges) ??
    faultOfProposals(group.primary(view), view, proposals, continuationOf(cryptography, viewChanges))
  );
}

/** What can be said of a new view before its view changes are here. */
export function faultOfNames(group: Group, { signer, statement }: Signed<NewViewClaim>): string | undefined {
  const { view, viewChanges } = statement;
  if (view === 0 || signer !== group.primary(view)) return 'newViewNotOfPrimary';
  if (viewChanges.length < group.quorum) return 'tooFewViewChanges';
  let before = -1;
  for (const { replica } of viewChanges) {
    const place = group.placeOf(replica);
    if (place <= before) return place < 0 ? 'signerNotAMember' : 'doubledViewChange';
    before = place;
  }
  return undefined;
}

function faultOfNamed(
  rules: Rules,
  { view, viewChanges: named }: NewViewClaim,
  viewChanges: readonly Signed<ViewChangeClaim>[],
): string | undefined {
  if (viewChanges.length !== named.length) return 'tooFewViewChanges';
  for (const [place, { replica, digest }] of named.entries()) {
    const viewChange = viewChanges[place]!;
    if (viewChange.signer !== replica || viewChangeDigest(rules.cryptography, viewChange) !== digest)
      return 'otherViewChange';
    if (viewChange.statement.view !== view) return 'viewChangeToOtherView';
    const fault = faultOfViewChange(rules, viewChange);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function faultOfProposals(
  primary: Address,
  view: View,
  proposals: readonly Signed<Proposal>[],
  { stable, digests }: Continuation,
): string | undefined {
  if (proposals.length !== digests.length) return 'wrongNumberOfProposals';
  for (const [place, { signer, statement }] of proposals.entries()) {
    if (signer !== primary || statement.view !== view) return 'proposalNotOfPrimary';
    if (statement.sequence !== stable.state.sequence + 1 + place) return 'proposalOutOfPlace';
    if (statement.digest !== digests[place]) return 'wrongProposal';
  }
  return undefined;
}

export function viewChangeDigest(cryptography: Cryptography, { bytes, signature }: Signed<ViewChangeClaim>): Digest {
  return cryptography.digest(bytes, signature);
}

/** The certificate of the highest view a sequence, ascending: P. */
export function ascending(certificates: Iterable<PreparedCertificate>): readonly PreparedCertificate[] {
  return [...certificates].sort((a, b) => a.proposal.statement.sequence - b.proposal.statement.sequence);
}
