import { none } from '@synod/actor';
import type { Address, Beat } from '@synod/actor';
import { EntryBatch, sizeOf } from '@synod/log';
import type { Entry, LogIndex } from '@synod/log';
import { noteMissing, noteReached } from './catch-up.js';
import { advanceCommit } from './commitment.js';
import { adoptTerm, persistEntries, persistHardState, persistTruncation, restsOn } from './durability.js';
import { becomeFollower, followNewerTerm } from './election.js';
import { beatOf, hearBeat, hearWord } from './freshness.js';
import { askAfterMatch } from './handover.js';
import type { Term } from './log.js';
import type { AppendEntries, AppendEntriesReply } from './messages.js';
import type { Progress } from './progress.js';
import { confirmRound } from './reads.js';
import { afterLostDisk } from './recovery.js';
import { sendSnapshot } from './snapshots.js';
import type { Leader, Proposer, Raft } from './state.js';
import { applyCommitted } from './application.js';

/** LIMIT: many tiny batches stay below what a decoder takes in one message (1024; a test of the wire holds them together). */
export const batchesPerMessage = 512;

/**
 * Raft §5.3: "appends the command to its log as a new entry, then issues AppendEntries in parallel". The sends leave before
 * our own disk has it (thesis §10.2.1): a commit needs any majority.
 */
export function propose(raft: Raft, role: Leader, requests: readonly Proposer[], entries: readonly Entry[]): void {
  const batch = new EntryBatch(raft.currentTerm, raft.log.lastIndex + 1, entries, sizeOf(entries));
  requests.forEach((proposer, position) => role.waiting.set(batch.first + position, proposer));
  role.uncommitted.push({ last: batch.last, bytes: batch.sizeBytes });
  role.uncommittedBytes += batch.sizeBytes;
  raft.out.observe({
    kind: 'proposed',
    term: raft.currentTerm,
    first: batch.first,
    last: batch.last,
    sizeBytes: batch.sizeBytes,
    requests,
  });
  broadcast(raft, role, batch);
  persistEntries(raft, batch);
}

/** One publish for all followers in step; the others get theirs when they answer. */
function broadcast(raft: Raft, role: Leader, batch: EntryBatch): void {
  const inStep: Address[] = [];
  for (const [address, progress] of role.followers) {
    if (progress.next !== batch.first) continue;
    if (progress.state === 'replicate' && progress.hasRoom(raft.configuration.limits.inFlightBytes)) {
      progress.sent(batch.last, batch.sizeBytes);
    } else if (progress.state === 'probe' && !progress.probing) progress.probing = true;
    else continue;
    inStep.push(address);
  }
  if (inStep.length === 0) return;
  const to = inStep.length === 1 ? inStep[0]! : raft.configuration.everyone;
  raft.out.send(to, appendEntries(raft, batch.first - 1, raft.log.lastTerm, inStep, [batch]), none);
}

function appendEntries(
  raft: Raft,
  prevIndex: LogIndex,
  prevTerm: Term,
  followers: readonly Address[],
  batches: readonly EntryBatch[],
  beat?: Beat,
): AppendEntries {
  const round = raft.role.kind === 'leader' ? raft.role.reads.round : 0;
  return {
    kind: 'appendEntries',
    term: raft.currentTerm,
    prevIndex,
    prevTerm,
    commit: raft.commitIndex,
    round,
    followers,
    batches,
    beat,
  };
}

/**
 * One multicast for all: those in step verify that they hold everything, so that a lost append shows; the others take it as
 * a sign of life and are probed on their own.
 */
export function sendHeartbeat(raft: Raft, role: Leader): void {
  if (raft.others.length === 0) return;
  const inStep = raft.others.filter((address) => isInStep(raft, role.followers.get(address)!));
  const { lastIndex, lastTerm } = raft.log;
  const heartbeat = appendEntries(raft, lastIndex, lastTerm, inStep, [], beatOf(raft, role));
  raft.out.send(raft.configuration.everyone, heartbeat, none);
}

export function probeOthers(raft: Raft, role: Leader): void {
  for (const [address, progress] of role.followers) if (!isInStep(raft, progress)) probe(raft, address, progress);
}

function isInStep(raft: Raft, progress: Progress): boolean {
  return progress.state === 'replicate' && progress.next === raft.log.lastIndex + 1;
}

/** An empty append: asks whether the logs agree just before `next`. */
function probe(raft: Raft, to: Address, progress: Progress): void {
  if (progress.state === 'snapshot') return;
  const prevIndex = progress.next - 1;
  const prevTerm = raft.log.termAt(prevIndex);
  if (prevTerm === undefined) return sendSnapshot(raft, to, progress);
  progress.probing = true;
  raft.out.send(to, appendEntries(raft, prevIndex, prevTerm, [to], []), none);
}

/** Sends what a follower in step does not have yet, as far as the window goes. */
export function sendEntries(raft: Raft, to: Address, progress: Progress): void {
  const { batchBytes, inFlightBytes } = raft.configuration.limits;
  while (
    progress.state === 'replicate' &&
    progress.reading === undefined &&
    progress.next <= raft.log.lastIndex &&
    progress.hasRoom(inFlightBytes)
  ) {
    if (raft.log.termAt(progress.next - 1) === undefined) return sendSnapshot(raft, to, progress);
    const batches = raft.log.recentFrom(progress.next, batchBytes);
    if (batches === undefined) progress.reading = raft.out.readLog(progress.next, raft.log.lastIndex, batchBytes);
    else sendBatches(raft, to, progress, batches);
  }
}

function sendBatches(raft: Raft, to: Address, progress: Progress, batches: readonly EntryBatch[]): void {
  const prevIndex = progress.next - 1;
  const prevTerm = raft.log.termAt(prevIndex);
  if (prevTerm === undefined) return sendSnapshot(raft, to, progress); // the log was cut while the journal was read
  const fitting = batches.length > batchesPerMessage ? batches.slice(0, batchesPerMessage) : batches;
  for (const batch of fitting) progress.sent(batch.last, batch.sizeBytes);
  raft.out.send(to, appendEntries(raft, prevIndex, prevTerm, [to], fitting), none);
}

/** Entries for a follower came back from the journal. Says whether the read was one of ours. */
export function onEntriesRead(raft: Raft, id: number, batches: readonly EntryBatch[]): boolean {
  if (raft.role.kind !== 'leader') return false;
  for (const [address, progress] of raft.role.followers) {
    if (progress.reading !== id) continue;
    progress.reading = undefined;
    const first = batches[0];
    if (first === undefined || first.first > progress.next) sendSnapshot(raft, address, progress);
    else if (progress.state === 'replicate' && batches[batches.length - 1]!.last >= progress.next) {
      sendBatches(
        raft,
        address,
        progress,
        batches.filter((batch) => batch.last >= progress.next).map((batch) => batch.from(progress.next)),
      );
      sendEntries(raft, address, progress);
    }
    return true;
  }
  return false;
}

/**
 * @paper Raft §5.3; Figure 2, AppendEntries RPC
 */
export function onAppendEntries(raft: Raft, from: Address, message: AppendEntries): void {
  // 1. Reply false if term < currentTerm.
  if (message.term < raft.currentTerm) return reply(raft, from, message, { kind: 'heard' });
  if (!followLeader(raft, from, message.term)) return;
  hearWord(raft, from, message);
  if (!message.followers.includes(raft.self)) return reply(raft, from, message, { kind: 'heard' });
  if (!isContiguous(message)) return raft.out.observe({ kind: 'rejected', from, reason: 'entriesNotContiguous' });
  // What is committed here agrees with every leader's log.
  if (message.prevIndex < raft.commitIndex) {
    return reply(raft, from, message, { kind: 'matched', index: raft.commitIndex });
  }
  // 2. Reply false if the log does not contain an entry at prevLogIndex whose term matches prevLogTerm.
  if (raft.log.termAt(message.prevIndex) !== message.prevTerm) {
    noteMissing(raft, from, message);
    return reply(raft, from, message, conflict(raft, message));
  }
  // 3. and 4.
  for (const batch of message.batches) if (!take(raft, from, batch)) return;
  // 5. commitIndex = min(leaderCommit, index of the last entry that this message verified).
  const verified = message.batches.length === 0 ? message.prevIndex : message.batches[message.batches.length - 1]!.last;
  reply(raft, from, message, { kind: 'matched', index: verified });
  followCommit(raft, from, Math.min(message.commit, verified));
  noteReached(raft, verified);
  if (raft.standing === 'recovering') afterLostDisk(raft, from, message, verified);
}

/**
 * A message of the present or a newer term's leader: we follow it. False when it cannot be.
 */
export function followLeader(raft: Raft, from: Address, term: Term): boolean {
  if (term > raft.currentTerm) {
    adoptTerm(raft, term);
    becomeFollower(raft, from, 'newerTerm');
    persistHardState(raft);
  } else if (raft.role.kind === 'leader' || (raft.leader !== undefined && raft.leader !== from)) {
    raft.out.observe({ kind: 'rejected', from, reason: 'secondLeaderInTerm' });
    return false;
  } else if (raft.leader === undefined) becomeFollower(raft, from, 'heardLeader');
  raft.heardLeaderAt = raft.now;
  return true;
}

function isContiguous({ term, prevIndex, prevTerm, batches }: AppendEntries): boolean {
  let next = prevIndex + 1;
  let least = prevTerm;
  for (const batch of batches) {
    if (batch.first !== next || batch.entries.length === 0 || batch.era < least || batch.era > term) return false;
    next = batch.last + 1;
    least = batch.era;
  }
  return prevTerm <= term;
}

/** Figure 2, AppendEntries 3 and 4: drops a conflicting suffix, keeps what agrees, appends what is new. */
function take(raft: Raft, leader: Address, batch: EntryBatch): boolean {
  let index = batch.first;
  while (index <= batch.last && raft.log.termAt(index) === batch.era) index++;
  if (index > batch.last) return true;
  if (index <= raft.log.lastIndex) {
    if (index <= raft.commitIndex) {
      raft.out.observe({ kind: 'rejected', from: leader, reason: 'conflictsWithCommitted' });
      return false;
    }
    persistTruncation(raft, index);
  }
  persistEntries(raft, batch.from(index));
  raft.out.observe({ kind: 'appended', term: raft.currentTerm, first: index, last: batch.last, leader });
  return true;
}

/** Where our log may agree with the leader's: the last entry not after prev whose term is not above prevTerm. */
function conflict(raft: Raft, { prevIndex, prevTerm }: AppendEntries): AppendEntriesReply['outcome'] {
  const hintIndex = raft.log.lastIndexOfTermAtMost(prevTerm, prevIndex);
  const hintTerm = raft.log.termAt(hintIndex) ?? 0;
  return { kind: 'conflict', prevIndex, hintIndex, hintTerm, lastIndex: raft.log.lastIndex };
}

function reply(raft: Raft, to: Address, asked: AppendEntries, outcome: AppendEntriesReply['outcome']): void {
  const voting = raft.standing === 'active';
  // Rounds are numbered within a term: the round of an older one, under our newer term, would confirm what was not asked.
  const round = asked.term === raft.currentTerm ? asked.round : 0;
  const beat = asked.beat && { at: raft.clock.stamp(raft.now), echoes: [asked.beat.at] };
  const rests = restsOn(raft, outcome.kind === 'matched' ? outcome.index : 0);
  raft.out.send(to, { kind: 'appendEntriesReply', term: raft.currentTerm, round, voting, outcome, beat }, rests);
}

function followCommit(raft: Raft, leader: Address, index: LogIndex): void {
  if (index <= raft.commitIndex) return;
  raft.commitIndex = index;
  raft.out.observe({ kind: 'committed', term: raft.currentTerm, index, completedBy: leader });
  applyCommitted(raft);
}

/**
 * @paper Raft §5.3; Figure 2, Rules for Servers, Leaders
 */
export function onAppendEntriesReply(raft: Raft, from: Address, message: AppendEntriesReply): void {
  if (followNewerTerm(raft, message.term)) return;
  const role = raft.role;
  if (role.kind !== 'leader' || message.term < raft.currentTerm) return;
  const progress = role.followers.get(from)!;
  if (message.round < progress.lostBeforeRound) return; // its former life speaks
  progress.voting = message.voting;
  progress.heardAt = raft.now;
  hearBeat(raft, progress, message);
  // What it echoed while it counted for nothing does not count later either.
  if (message.voting) progress.round = Math.max(progress.round, Math.min(message.round, role.reads.round));
  const { outcome } = message;
  if (outcome.kind === 'matched') onMatched(raft, role, from, progress, outcome.index);
  else if (outcome.kind === 'conflict') onConflict(raft, from, progress, outcome);
  if (raft.role === role) confirmRound(raft, role, from);
}

/** "If successful: update nextIndex and matchIndex for follower." */
function onMatched(raft: Raft, role: Leader, from: Address, progress: Progress, index: LogIndex): void {
  if (index > raft.log.lastIndex) return raft.out.observe({ kind: 'rejected', from, reason: 'matchedBeyondLog' });
  const news = progress.matched(index);
  if (progress.state === 'probe' || (progress.state === 'snapshot' && index >= progress.sending!.snapshot.index)) {
    progress.becomeReplicate();
  }
  if (news) {
    raft.out.observe({ kind: 'acknowledged', term: raft.currentTerm, by: from, index });
    advanceCommit(raft, role, from);
  }
  sendEntries(raft, from, progress);
  askAfterMatch(raft, role, from);
}

/** "If AppendEntries fails because of log inconsistency: decrement nextIndex and retry", by whole terms on both sides. */
function onConflict(
  raft: Raft,
  from: Address,
  progress: Progress,
  hint: Extract<AppendEntriesReply['outcome'], { kind: 'conflict' }>,
): void {
  if (!progress.voting) progress.match = 0; // counts for nothing yet, and may be the word of a life before
  const stale =
    hint.prevIndex <= progress.match ||
    (progress.state === 'probe' && !(progress.probing && hint.prevIndex === progress.next - 1));
  if (stale || progress.state === 'snapshot') return;
  progress.refused(raft.log.lastIndexOfTermAtMost(hint.hintTerm, Math.min(hint.hintIndex, hint.lastIndex)) + 1);
  raft.out.observe({ kind: 'probing', follower: from, nextIndex: progress.next, why: 'conflict' });
  probe(raft, from, progress);
}
