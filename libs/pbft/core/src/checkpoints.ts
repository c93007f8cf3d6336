import { DamagedState } from '@synod/actor';
import type { Address } from '@synod/actor';
import { faultOfCheckpoint } from './certificates.js';
import { considerBatch } from './clients.js';
import { persist } from './durability.js';
import { checkpointDigest } from './history.js';
import type { StableCheckpoint } from './history.js';
import type { Checkpoint, CheckpointProof } from './messages.js';
import { reject } from './rejection.js';
import { considerSnapshot } from './snapshots.js';
import { considerTransfer } from './state-transfer.js';
import { considerRejoining } from './standing.js';
import { accuse } from './accusation.js';
import type { Pbft } from './state.js';
import type { Sequence, Signed, StateVote } from './statements.js';

/** LIMIT: votes kept of one member: the latest, which are those that can still matter. */
const votesOfEach = 4;

/**
 * "Checkpoints are generated periodically, when a request with a sequence number divisible by some constant is executed." The
 * digest is over a few numbers and two digests, whatever the size of the state (README, departure 4), so K can be small.
 *
 * A state that comes out of a snapshot is one, too, which may be above the low water mark: ours may be the vote that is missing, and
 * nobody executes what is before it again.
 *
 * @paper PBFT §4.3
 */
export function takeCheckpoint(pbft: Pbft): void {
  const state = { ...pbft.executed, state: pbft.service.hash() };
  const { sequence } = state;
  considerSnapshot(pbft);
  if (sequence <= pbft.low) return compareWithStable(pbft, state.state);
  const digest = checkpointDigest(pbft.cryptography, state);
  pbft.ownCheckpoints.set(sequence, { state, digest });
  pbft.out.observe({ kind: 'checkpointTaken', sequence, digest });
  if (pbft.votes) vote(pbft, sequence);
  considerVotes(pbft, sequence);
}

/**
 * "When a replica i produces a checkpoint, it multicasts a message ⟨CHECKPOINT, n, d, i⟩ to the other replicas."
 *
 * @paper PBFT §4.3
 */
function vote(pbft: Pbft, sequence: Sequence): void {
  const own = pbft.ownCheckpoints.get(sequence)!;
  const signed = pbft.cryptography.sign({ type: 'checkpoint', sequence, digest: own.digest });
  persist(pbft, { kind: 'vote', vote: signed });
  pbft.out.send(pbft.configuration.everyone, { kind: 'checkpoint', signed });
  keep(pbft, signed);
}

/** For those that were taken when we might not sign: nobody takes them again, and ours may be the vote that is missing. */
export function voteForCheckpoints(pbft: Pbft): void {
  for (const sequence of [...pbft.ownCheckpoints.keys()].sort((a, b) => a - b)) {
    if (sequence > pbft.low) vote(pbft, sequence);
    considerVotes(pbft, sequence);
  }
}

/**
 * Taken in every view, also for sequences far ahead: that is how a replica learns that it is behind.
 *
 * @paper PBFT §4.3
 */
export function onCheckpoint(pbft: Pbft, from: Address, { signed }: Checkpoint): void {
  const { signer, statement } = signed;
  if (!pbft.group.has(signer)) return reject(pbft, from, 'signerNotAMember');
  if (signer === pbft.self || statement.sequence <= pbft.low) return;
  const known = pbft.checkpointVotes.get(signer)?.find((vote) => vote.statement.sequence === statement.sequence);
  if (known !== undefined) return accuse(pbft, known, signed);
  keep(pbft, signed);
  considerVotes(pbft, statement.sequence);
}

function keep(pbft: Pbft, signed: Signed<StateVote<'checkpoint'>>): void {
  // After a restart ours may be said again.
  const known = pbft.checkpointVotes.get(signed.signer) ?? [];
  const votes = [...known.filter(({ statement }) => statement.sequence !== signed.statement.sequence), signed];
  votes.sort((a, b) => a.statement.sequence - b.statement.sequence);
  pbft.checkpointVotes.set(signed.signer, votes.slice(-votesOfEach));
}

/**
 * "Each replica collects checkpoint messages in its log until it has 2f + 1 of them for sequence number n with the same digest
 * d signed by different replicas. These messages are the proof of correctness for the checkpoint." Ours is among them, or we
 * do not know what the digest means yet and wait for somebody's proof.
 *
 * @paper PBFT §4.3
 */
function considerVotes(pbft: Pbft, sequence: Sequence): void {
  const own = pbft.ownCheckpoints.get(sequence);
  if (own === undefined || sequence <= pbft.low) return;
  const votes: Signed<StateVote<'checkpoint'>>[] = [];
  const others = new Map<string, number>();
  for (const member of pbft.group.members) {
    const vote = pbft.checkpointVotes.get(member)?.find(({ statement }) => statement.sequence === sequence);
    if (vote?.statement.digest === own.digest) votes.push(vote);
    else if (vote !== undefined) others.set(vote.statement.digest, (others.get(vote.statement.digest) ?? 0) + 1);
  }
  if (Math.max(0, ...others.values()) >= pbft.group.quorum) throw notWhatWasAgreed(sequence);
  if (votes.length < pbft.group.quorum) return;
  adoptStable(pbft, { state: own.state, votes: votes.slice(0, pbft.group.quorum) });
}

function notWhatWasAgreed(sequence: Sequence): DamagedState {
  return new DamagedState(`the state at ${sequence} is not the one that a quorum agreed on: it is set aside`);
}

/**
 * Somebody shows that a later checkpoint is stable.
 *
 * @paper PBFT §4.3, §4.6
 */
export function onCheckpointProof(pbft: Pbft, from: Address, { stable }: CheckpointProof): void {
  if (stable.state.sequence <= pbft.low) return;
  const fault = faultOfCheckpoint(pbft.group, pbft.cryptography, stable);
  if (fault !== undefined) return reject(pbft, from, fault);
  adoptStable(pbft, stable);
}

/**
 * The low water mark rises to a checkpoint that is proven stable, and all before it is discarded. A replica that has not come
 * so far itself takes part above it from now on, and fetches what it did not execute.
 *
 * @paper PBFT §4.3
 */
export function adoptStable(pbft: Pbft, stable: StableCheckpoint): void {
  const { sequence } = stable.state;
  if (sequence <= pbft.low) return;
  const own = pbft.ownCheckpoints.get(sequence);
  const digest = checkpointDigest(pbft.cryptography, stable.state);
  if (own !== undefined && own.digest !== digest) throw notWhatWasAgreed(sequence);
  pbft.stable = stable;
  pbft.stableToken = persist(pbft, { kind: 'stable', stable });
  pbft.out.observe({ kind: 'checkpointStable', sequence, digest });
  discardThrough(pbft, sequence);
  considerRejoining(pbft);
  considerTransfer(pbft);
  considerBatch(pbft);
}

function discardThrough(pbft: Pbft, sequence: Sequence): void {
  pbft.log.discard(sequence, executedThrough(pbft));
  for (const taken of pbft.ownCheckpoints.keys()) if (taken <= sequence) pbft.ownCheckpoints.delete(taken);
  for (const [member, votes] of pbft.checkpointVotes) {
    pbft.checkpointVotes.set(
      member,
      votes.filter(({ statement }) => statement.sequence > sequence),
    );
  }
  if (pbft.lastProposed < sequence) pbft.lastProposed = sequence;
}

/** What is being restored counts: a state that is still on its way out of our own disk needs nothing of what led to it, but all that follows. */
function executedThrough({ executed, installing, replay }: Pbft): Sequence {
  const restored = installing?.own ? installing.manifest.sequence : 0;
  return Math.max(executed.sequence, restored, replay.last?.sequence ?? 0);
}

/** We have come to where a quorum was before us: to the same state? */
function compareWithStable(pbft: Pbft, hash: string): void {
  const { state } = pbft.stable;
  if (state.sequence !== pbft.executed.sequence) return;
  if (state.history !== pbft.executed.history || state.state !== hash) throw notWhatWasAgreed(state.sequence);
}
