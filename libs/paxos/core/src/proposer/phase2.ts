import { none } from '@synod/actor';
import type { Address, Beat } from '@synod/actor';
import { EntryBatch, sizeOf } from '@synod/log';
import type { Entry } from '@synod/log';
import type { Accept, Accepted } from '../messages.js';
import { adopt } from './phase1.js';
import { closeBatch } from './clients.js';
import { learn } from './learning.js';
import { beginReadRound, confirmRound } from './reads.js';
import type { Instance } from './instances.js';
import { isSilent } from './state.js';
import type { Leader, Proposer, WaitingRequest } from './state.js';

/** Slots that may be proposed now: α beyond what is chosen, as long as what is undecided is not too large. */
export function room(proposer: Proposer, { next, instances }: Leader): number {
  const { alpha, windowBytes } = proposer.configuration.limits;
  return instances.bytes >= windowBytes ? 0 : proposer.chosen.through + alpha + 1 - next;
}

/**
 * Phase 2 (a): "sends an accept request to each of those acceptors for a proposal numbered n with value v". Contiguous slots
 * of one set of acceptors; one publish for all acceptors and for the proposers that learn. Our own disk has nothing to do with
 * it. Each slot of a ballot is proposed in once, since `next` only grows.
 *
 * @paper Paxos Made Simple §2.2 Phase 2 (a), §3
 */
export function proposeBatch(
  proposer: Proposer,
  role: Leader,
  entries: readonly Entry[],
  requests: readonly WaitingRequest[],
): void {
  const { ballot, next: first } = role;
  const batch = new EntryBatch(ballot, first, entries, sizeOf(entries));
  requests.forEach((request, i) => proposer.waiting.set(first + i, { ...request, ballot, at: proposer.now }));
  role.next = batch.last + 1;
  const set = proposer.sets!.at(first);
  role.instances.add(batch, set, proposer.now);
  const { last, sizeBytes } = batch;
  const { acceptors } = set;
  proposer.out.observe({ kind: 'proposed', ballot, first, last, sizeBytes, acceptors, requests });
  proposer.out.send(proposer.configuration.everyone, acceptRequest(proposer, role, [batch]), none);
}

export function acceptRequest(proposer: Proposer, role: Leader, batches: readonly EntryBatch[], beat?: Beat): Accept {
  const { ballot, trimThrough, reads } = role;
  const { chosen, clusterId } = proposer;
  return {
    ...{ kind: 'accept', ballot, chosenThrough: chosen.through, trimThrough },
    ...{ round: reads.round, clusterId, batches, beat },
  };
}

/**
 * A vote. Counted per slot and ballot as a set of acceptors of that slot; a value is chosen when a phase-2 quorum of them has
 * accepted it in this ballot.
 *
 * @paper Paxos Made Simple §2.2 Phase 2 (b), §2.3
 */
export function onAccepted(proposer: Proposer, from: Address, message: Accepted): void {
  const { role } = proposer;
  // Also one that was removed and forgotten: it is heard, and so may be added again.
  if (!proposer.isAcceptor(from) && !proposer.mayJoin(from, message.disk))
    return proposer.reject(from, 'notAnAcceptor');
  if (role.kind !== 'leader' || message.ballot !== role.ballot) return;
  noteHeard(proposer, role, from, message);
  if (message.last >= role.next) return proposer.reject(from, 'acceptedWhatWasNotProposed');
  if (message.last > 0) countVote(proposer, role, from, message);
  if (proposer.role === role) confirmRound(proposer, role, from);
}

function noteHeard(
  proposer: Proposer,
  role: Leader,
  from: Address,
  { disk, round, heldBytes, registersEpoch, echo: sentAt }: Accepted,
): void {
  const known = role.heard.get(from);
  const inBallotAt = proposer.clock.timeOf(sentAt, proposer.now) ?? Number.NEGATIVE_INFINITY;
  const echo = Math.min(round, role.reads.round);
  if (known?.disk === disk) {
    known.at = proposer.now;
    known.round = Math.max(known.round, echo);
    known.heldBytes = heldBytes;
    known.registersEpoch = registersEpoch;
    known.inBallotAt = Math.max(known.inBallotAt, inBallotAt);
  } else if (known === undefined || inBallotAt > known.inBallotAt)
    // Of two disks of one name the one that answered the later beat is there; an answer of the other one is late.
    role.heard.set(from, { disk, at: proposer.now, round: echo, heldBytes, registersEpoch, inBallotAt });
}

function countVote(proposer: Proposer, role: Leader, acceptor: Address, { disk, first, last }: Accepted): void {
  const { ballot, instances } = role;
  proposer.out.observe({ kind: 'voteCounted', ballot, acceptor, first, last });
  for (const { batch } of instances.vote(acceptor, disk, first, last)) {
    proposer.out.observe({
      kind: 'valueChosen',
      ballot,
      first: batch.first,
      last: batch.last,
      completedBy: acceptor,
    });
  }
  let news = false;
  for (let instance = instances.takeChosen(); instance !== undefined; instance = instances.takeChosen()) {
    learn(proposer, instance.batch, proposer.self);
    news = true;
  }
  if (news) goOn(proposer, role);
}

/** There is room in the window, or a slot is open: what waited for that may go on, what phase 1 found first. */
export function goOn(proposer: Proposer, role: Leader): void {
  adopt(proposer, role);
  closeBatch(proposer, role);
  beginReadRound(proposer, role);
}

/** The leader's beat: what was not accepted since the last one goes again to those who did not accept it. */
export function resend(proposer: Proposer, role: Leader): void {
  const { heartbeatMs, limits } = proposer.configuration;
  const lagging = new Map<Address, { readonly batches: EntryBatch[]; bytes: number }>();
  for (let at = 0; at < role.instances.size; at++) {
    const instance = role.instances.at(at)!;
    if (instance.chosen || proposer.now - instance.sentAt < heartbeatMs) continue;
    instance.sentAt = proposer.now;
    for (const address of missing(proposer, role, instance)) {
      const due = lagging.get(address) ?? { batches: [], bytes: 0 };
      if (due.bytes < limits.batchBytes) due.batches.push(instance.batch);
      due.bytes += instance.batch.sizeBytes;
      lagging.set(address, due);
    }
  }
  for (const [address, { batches }] of lagging) {
    for (const run of contiguousRuns(batches)) proposer.out.send(address, acceptRequest(proposer, role, run), none);
  }
}

/** Who did not accept, but answers. */
function missing(proposer: Proposer, { heard }: Leader, { set, acceptedBy }: Instance): readonly Address[] {
  return set.acceptors
    .map(({ address }) => address)
    .filter((address) => !acceptedBy.has(address) && !isSilent(proposer, heard.get(address)));
}

function contiguousRuns(batches: readonly EntryBatch[]): readonly EntryBatch[][] {
  const runs: EntryBatch[][] = [];
  for (const batch of batches) {
    const run = runs[runs.length - 1];
    if (run !== undefined && run[run.length - 1]!.last + 1 === batch.first) run.push(batch);
    else runs.push([batch]);
  }
  return runs;
}
