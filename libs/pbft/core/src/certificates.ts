import type { Cryptography } from './cryptography.js';
import { zeroDigest } from './digests.js';
import type { Group } from './group.js';
import { checkpointDigest, manifestDigest } from './history.js';
import type { StableCheckpoint, StableSnapshot } from './history.js';
import type { Digest, PreparedCertificate, Sequence, Signed, StateVote } from './statements.js';

/*
 * Certificates are values: sets of signed statements that anybody can check who knows the members. These are the rules, pure;
 * that the signatures are genuine is checked by whoever lets bytes in. Each function says what is wrong, in words of a fixed
 * list, or nothing. Votes count by signer, never by message; a signer who is no member is a fault, not somebody to skip.
 */

/**
 * "The predicate prepared(m, v, n, i)": the proposal of the view's primary, and matching prepares of as many different
 * backups as make a quorum with it. The primary does not vote twice.
 *
 * @paper PBFT §4.2
 */
export function faultOfPrepared(group: Group, { proposal, prepares }: PreparedCertificate): string | undefined {
  const { view, sequence, digest } = proposal.statement;
  if (proposal.signer !== group.primary(view)) return 'proposalNotOfPrimary';
  if (prepares.length < group.quorum - 1) return 'tooFewPrepares';
  const backups = new Set<string>();
  for (const { signer, statement } of prepares) {
    if (!group.has(signer)) return 'signerNotAMember';
    if (signer === proposal.signer) return 'prepareOfPrimary';
    if (backups.has(signer)) return 'doubledPrepare';
    const matches = statement.view === view && statement.sequence === sequence && statement.digest === digest;
    if (!matches) return 'prepareDoesNotMatch';
    backups.add(signer);
  }
  return undefined;
}

/**
 * A quorum of votes of different members for one digest at one sequence, or `least` of them.
 *
 * @paper PBFT §4.3: "a proof of the correctness of the checkpoint"
 */
export function faultOfVotes(
  group: Group,
  votes: readonly Signed<StateVote<'checkpoint' | 'snapshot'>>[],
  sequence: Sequence,
  digest: Digest | undefined = votes[0]?.statement.digest,
  least = group.quorum,
): string | undefined {
  if (votes.length < least) return 'tooFewVotes';
  const voters = new Set<string>();
  for (const { signer, statement } of votes) {
    if (!group.has(signer)) return 'signerNotAMember';
    if (voters.has(signer)) return 'doubledVote';
    if (statement.sequence !== sequence || statement.digest !== digest) return 'voteDoesNotMatch';
    voters.add(signer);
  }
  return undefined;
}

/** The beginning is stable without any vote: nothing is executed, and nothing has happened. */
export function faultOfCheckpoint(
  group: Group,
  cryptography: Cryptography,
  { state, votes }: StableCheckpoint,
): string | undefined {
  if (state.sequence === 0) {
    const isBeginning = votes.length === 0 && state.position === 0 && state.history === zeroDigest;
    return isBeginning ? undefined : 'notTheBeginning';
  }
  return faultOfVotes(group, votes, state.sequence, checkpointDigest(cryptography, state));
}

export function faultOfSnapshot(
  group: Group,
  cryptography: Cryptography,
  { manifest, votes }: StableSnapshot,
  least = group.quorum,
): string | undefined {
  const { sequence, totalBytes, chunkBytes, chunks } = manifest;
  if (sequence === 0 || totalBytes === 0 || chunkBytes === 0) return 'emptySnapshot';
  if (chunks.length !== Math.ceil(totalBytes / chunkBytes)) return 'wrongNumberOfChunks';
  return faultOfVotes(group, votes, sequence, manifestDigest(cryptography, manifest), least);
}
