import { DamagedState, invariant, none } from '@synod/actor';
import type { Address, Chunk, SnapshotId, SnapshotInstalled, Token } from '@synod/actor';
import { applyCommitted } from './application.js';
import { noteReached, noteSnapshot } from './catch-up.js';
import { followNewerTerm } from './election.js';
import { hardStateOf, note } from './durability.js';
import type { InstallSnapshot, InstallSnapshotReply } from './messages.js';
import type { Progress, SnapshotSending } from './progress.js';
import { followLeader, sendEntries } from './replication.js';
import type { Leader, Raft } from './state.js';

/**
 * Raft §7: each server takes snapshots on its own, of what is committed and applied. Its own disk may not have all that yet:
 * the file counts by its mark, which stands in the journal behind it. Called when a step is over, so that the state machine is
 * frozen exactly at lastApplied. While a snapshot travels to a follower, it and the log after it stay, unless the log grows to
 * several times its bound.
 */
export function considerSnapshot(raft: Raft): void {
  const { snapshotAfterBytes } = raft.configuration.limits;
  const due = raft.log.bytesSinceSnapshot;
  if (due < snapshotAfterBytes || raft.takingSnapshot !== undefined || raft.marked || raft.installing) return;
  if (raft.lastApplied <= (raft.snapshot?.index ?? 0)) return;
  if (due < 4 * snapshotAfterBytes && raft.role.kind === 'leader' && isSending(raft.role)) return;
  raft.bytesAtSnapshot = due;
  const era = raft.log.termAt(raft.lastApplied);
  invariant(era !== undefined, `entry ${raft.lastApplied} is applied but not in the log`);
  raft.takingSnapshot = raft.out.takeSnapshot({ index: raft.lastApplied, era });
}

function isSending(role: Leader): boolean {
  for (const { state } of role.followers.values()) if (state === 'snapshot') return true;
  return false;
}

/** The file is durable: record it; when the record is durable too, the log before it may go. */
export function onSnapshotTaken(raft: Raft, snapshot: SnapshotId, sizeBytes: number): void {
  raft.takingSnapshot = undefined;
  raft.out.observe({ kind: 'snapshotTaken', snapshot, sizeBytes });
  if (snapshot.index <= (raft.snapshot?.index ?? 0)) return; // one from the leader came in between
  raft.log.bytesSinceSnapshot -= raft.bytesAtSnapshot;
  mark(raft, snapshot, sizeBytes);
}

function mark(raft: Raft, snapshot: SnapshotId, sizeBytes: number): void {
  const token: Token = raft.out.persist({ kind: 'snapshotMark', snapshot, sizeBytes, hardState: hardStateOf(raft) });
  note(raft, token);
  raft.snapshot = snapshot;
  raft.marked = { token, settled: token, snapshot };
}

/** Raft §7: "Once a server completes writing a snapshot, it may delete all log entries up through the last included index". */
export function cutAfterMark(raft: Raft): void {
  const { marked } = raft;
  // While a leader's snapshot is being installed its file is not marked yet: keeping only ours would remove it.
  if (!marked || raft.installing || raft.durableToken < marked.settled) return;
  raft.marked = undefined;
  const trailing = Math.max(1, raft.configuration.limits.trailingEntries); // recovery needs one to know its term
  const through = Math.max(raft.log.base.index, marked.snapshot.index - trailing);
  raft.log.cut(through);
  raft.out.cut(through, marked.token, marked.snapshot);
}

/**
 * The entries a follower needs are cut away (or never were in our log): it gets the snapshot, in chunks with a window.
 * One that is silent gets it when it has answered a heartbeat.
 */
export function sendSnapshot(raft: Raft, to: Address, progress: Progress): void {
  if (progress.state === 'snapshot' || raft.snapshot === undefined || isSilent(raft, progress)) return;
  progress.becomeSnapshot(raft.snapshot);
  raft.out.observe({ kind: 'snapshotSending', snapshot: raft.snapshot, to });
  readChunks(raft, progress);
}

function readChunks(raft: Raft, progress: Progress): void {
  const sending = progress.sending!;
  const { chunkBytes, chunksInFlight } = raft.configuration.limits;
  const end = Math.min(sending.held + chunkBytes * chunksInFlight, sending.totalBytes ?? chunkBytes);
  while (sending.next < end) {
    sending.reading.add(raft.out.readChunk(sending.snapshot, sending.next, chunkBytes));
    sending.next += chunkBytes;
  }
}

/** A chunk came from our disk: it goes to the follower that it was read for. */
export function onChunkRead(raft: Raft, id: number, chunk: Chunk | undefined): void {
  if (raft.role.kind !== 'leader') return;
  for (const [address, progress] of raft.role.followers) {
    const { sending } = progress;
    if (!sending?.reading.delete(id)) continue;
    if (chunk === undefined) {
      return progress.becomeProbe(progress.next); // a newer one took its place; the next heartbeat sends that
    }
    sending.totalBytes = chunk.totalBytes;
    raft.out.send(address, { kind: 'installSnapshot', term: raft.currentTerm, chunk }, none);
    return readChunks(raft, progress);
  }
}

/** The leader's beat: chunks that were lost are read and sent again; a follower that is silent frees the snapshot. */
export function resendChunks(raft: Raft, role: Leader): void {
  for (const [address, progress] of role.followers) {
    const { sending } = progress;
    if (!sending) continue;
    if (isSilent(raft, progress)) {
      progress.becomeProbe(progress.next);
      raft.out.observe({ kind: 'probing', follower: address, nextIndex: progress.next, why: 'silent' });
    } else if (sending.held === sending.heldAtLastTick && sending.reading.size === 0) {
      const holdsAll = sending.held >= (sending.totalBytes ?? 0);
      sending.next = holdsAll ? lastChunkAt(raft, sending) : sending.held; // the last again: to hear whether it is installed
      readChunks(raft, progress);
    }
    sending.heldAtLastTick = sending.held;
  }
}

function isSilent(raft: Raft, { heardAt }: Progress): boolean {
  return raft.now - heardAt > 2 * raft.configuration.electionTimeout.maxMs;
}

function lastChunkAt(raft: Raft, { totalBytes = 0 }: SnapshotSending): number {
  return Math.max(0, totalBytes - raft.configuration.limits.chunkBytes);
}

/**
 * @paper Raft §7; Figure 13, InstallSnapshot RPC
 */
export function onInstallSnapshot(raft: Raft, from: Address, message: InstallSnapshot): void {
  const { snapshot, totalBytes } = message.chunk;
  // 1. Reply immediately if term < currentTerm.
  if (message.term < raft.currentTerm) return replyToChunk(raft, from, snapshot, 0, 'failed');
  if (!followLeader(raft, from, message.term)) return;
  if (snapshot.index <= raft.commitIndex) return replyToChunk(raft, from, snapshot, totalBytes, 'installed');
  if (raft.installing) return replyToChunk(raft, from, snapshot, totalBytes, 'receiving');
  // 2. to 4. Write data at the given offset.
  noteSnapshot(raft, from, message.chunk);
  raft.receiving.set(raft.out.writeChunk(message.chunk), { from, snapshot, totalBytes });
}

function replyToChunk(
  raft: Raft,
  to: Address,
  snapshot: SnapshotId,
  heldBytes: number,
  state: InstallSnapshotReply['state'],
): void {
  raft.out.send(to, { kind: 'installSnapshotReply', term: raft.currentTerm, snapshot, heldBytes, state });
}

/** 5. and 6.: when all is there, replace the state machine's state by it. */
export function onChunkWritten(raft: Raft, id: number, heldBytes: number): void {
  const receiving = raft.receiving.get(id);
  if (!receiving) return;
  raft.receiving.delete(id);
  const { from, snapshot, totalBytes } = receiving;
  replyToChunk(raft, from, snapshot, heldBytes, 'receiving');
  if (heldBytes < totalBytes || raft.installing || snapshot.index <= raft.lastApplied) return;
  raft.installing = { id: raft.out.installSnapshot(snapshot), snapshot, given: { from, totalBytes } };
}

/**
 * 6. "If existing log entry has same index and term as snapshot's last included entry, retain log entries following it";
 * 7. else discard the entire log; 8. the state machine is the snapshot's.
 *
 * @paper Raft §7; Figure 13
 */
export function onSnapshotInstalled(raft: Raft, { id, ok, why }: SnapshotInstalled): void {
  const { installing } = raft;
  if (installing?.id !== id) return;
  raft.installing = undefined;
  const { snapshot, given } = installing;
  if (given === undefined) {
    if (!ok) throw new DamagedState(why ?? `snapshot ${snapshot.index} of term ${snapshot.era} cannot be restored`);
    raft.lastApplied = snapshot.index;
  } else {
    if (ok) replaceBy(raft, snapshot, given.totalBytes);
    else raft.out.observe({ kind: 'snapshotNotInstalled', snapshot, from: given.from });
    replyToChunk(raft, given.from, snapshot, 0, ok ? 'installed' : 'failed');
  }
  applyCommitted(raft);
  cutAfterMark(raft);
}

function replaceBy(raft: Raft, snapshot: SnapshotId, sizeBytes: number): void {
  raft.lastApplied = snapshot.index;
  raft.commitIndex = Math.max(raft.commitIndex, snapshot.index);
  const { base, lastIndex } = raft.log;
  const replaced = raft.log.termAt(snapshot.index) !== snapshot.era;
  if (replaced) {
    raft.log.reset(snapshot);
    raft.durableIndex = 0; // until the mark is durable, our disk does not know that the file counts
    for (const persist of raft.unsynced) persist.last = 0;
  }
  raft.out.observe({ kind: 'snapshotInstalled', snapshot, sizeBytes });
  noteReached(raft, snapshot.index);
  // The mark first: were only the truncation to reach the disk, entries that we acknowledged would be gone.
  mark(raft, snapshot, 0); // its file came in chunks; nobody needs its size again
  // Both before the cut: it may take just that part of the void log by which the mark alone could tell.
  if (replaced && lastIndex > base.index) raft.marked = { ...raft.marked!, settled: voidLog(raft, base.index + 1) };
}

/** The snapshot took the place of what the journal holds from here on. */
function voidLog(raft: Raft, from: number): Token {
  const token = raft.out.persist({ kind: 'truncate', from });
  note(raft, token);
  raft.out.observe({ kind: 'truncated', from });
  return token;
}

/**
 * What a follower holds of the snapshot; when it is installed, entries follow.
 *
 * @paper Raft §7, Figure 13
 */
export function onInstallSnapshotReply(raft: Raft, from: Address, message: InstallSnapshotReply): void {
  if (followNewerTerm(raft, message.term) || raft.role.kind !== 'leader' || message.term < raft.currentTerm) return;
  const progress = raft.role.followers.get(from)!;
  progress.heardAt = raft.now;
  const { sending } = progress;
  const same = sending?.snapshot.index === message.snapshot.index && sending.snapshot.era === message.snapshot.era;
  if (!sending || !same) return;
  if (message.state === 'installed') {
    progress.matched(message.snapshot.index);
    progress.becomeReplicate();
    raft.out.observe({ kind: 'snapshotSent', snapshot: message.snapshot, to: from });
    sendEntries(raft, from, progress);
  } else if (message.state === 'failed') {
    sending.held = 0;
    sending.next = 0;
    readChunks(raft, progress);
  } else {
    sending.held = message.heldBytes; // the latest word: a follower that was restarted holds less than before
    sending.next = Math.max(sending.next, sending.held); // and what an earlier leader sent is not sent again
    readChunks(raft, progress);
  }
}
