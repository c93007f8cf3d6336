import { DamagedState, none } from '@synod/actor';
import type { Address, Chunk, SnapshotId, SnapshotInstalled } from '@synod/actor';
import { AcceptorSets } from '../acceptor-set.js';
import type { FetchChunk, SnapshotChunk, SnapshotOffer } from '../messages.js';
import { catchUp, noteMissing, noteReached } from './catch-up.js';
import { releaseSkipped } from './clients.js';
import { applyChosen } from './execution.js';
import { startLearnTimer, writeChosen } from './learning.js';
import { noteMove } from './register-move.js';
import type { Fetching, Proposer } from './state.js';

/**
 * Each proposer takes snapshots on its own, of what is executed and on its own disk. Called when a step is over, so that the
 * state machine is frozen exactly at lastApplied. While others fetch the last one it stays, unless much more was learned.
 *
 * @paper Paxos Made Live §5.5
 */
export function considerSnapshot(proposer: Proposer): void {
  const { chosen, lastApplied, configuration, takingSnapshot, marked, installing, snapshot } = proposer;
  const { snapshotAfterBytes } = configuration.limits;
  const due = chosen.bytesSinceSnapshot;
  if (due < snapshotAfterBytes || takingSnapshot !== undefined || marked || installing) return;
  if (lastApplied <= (snapshot?.index ?? 0)) return;
  if (lastApplied > chosen.durableThrough) return writeChosen(proposer);
  const lends = proposer.now - proposer.lentChunkAt < 2 * configuration.electionTimeout.maxMs;
  if (lends && due < 4 * snapshotAfterBytes) return;
  proposer.bytesAtSnapshot = due;
  proposer.takingSnapshot = proposer.out.takeSnapshot({ index: lastApplied, era: 0 });
}

/** The file is durable: record it; when the record is durable too, what is before it may go. */
export function onSnapshotTaken(proposer: Proposer, snapshot: SnapshotId, sizeBytes: number): void {
  proposer.takingSnapshot = undefined;
  proposer.out.observe({ kind: 'snapshotTaken', snapshot, sizeBytes });
  if (snapshot.index <= (proposer.snapshot?.index ?? 0)) return; // a fetched one came in between
  proposer.chosen.bytesSinceSnapshot -= proposer.bytesAtSnapshot;
  mark(proposer, snapshot, sizeBytes);
}

function mark(proposer: Proposer, snapshot: SnapshotId, sizeBytes: number): void {
  const { round, remembers, number, clusterId, founding, sets, registerSet, chosen } = proposer;
  const state = { kind: 'proposerState', number, round, remembers, clusterId, founding: founding! } as const;
  const token = proposer.out.persist({
    kind: 'proposerMark',
    snapshot,
    sizeBytes,
    state,
    sets: [...sets!.known],
    registers: registerSet!,
  });
  chosen.wrote(token, snapshot.index);
  proposer.snapshot = snapshot;
  proposer.marked = { token, snapshot };
}

/** The mark is durable: what is older than the snapshot may go, but for some slots for those that are a little behind. */
export function cutAfterMark(proposer: Proposer): void {
  const { marked, chosen, configuration, sets } = proposer;
  // While another's snapshot is being installed its file is not marked yet: keeping only ours would remove it.
  if (!marked || proposer.installing || proposer.durableToken < marked.token) return;
  proposer.marked = undefined;
  const through = Math.max(chosen.base, marked.snapshot.index - configuration.limits.trailingSlots);
  chosen.cut(through);
  sets!.forgetBefore(through + 1);
  proposer.out.cut(through, marked.token, marked.snapshot);
}

/** What the other needs is cut away here. If the file is replaced meanwhile the other hears that it is gone, and asks anew. */
export function offerSnapshot(proposer: Proposer, to: Address): void {
  const { snapshot, sets, registerSet, clusterId } = proposer;
  if (snapshot === undefined) return;
  proposer.lentChunkAt = proposer.now;
  const known = { sets: [...sets!.known], registers: registerSet! };
  proposer.out.send(to, { kind: 'snapshotOffer', snapshot, ...known, clusterId }, none);
}

/**
 * What we miss can only be had as a snapshot: we fetch it, a window of chunks at a time.
 *
 * @paper Paxos Made Live §5.5 (catch-up from another replica's snapshot)
 */
export function onSnapshotOffer(proposer: Proposer, from: Address, offer: SnapshotOffer): void {
  if (!proposer.isProposer(from)) return proposer.reject(from, 'notAProposer');
  const { role, chosen, fetching, installing } = proposer;
  if (role.kind === 'leader' || fetching || installing || offer.snapshot.index <= chosen.through) return;
  if (offer.sets.length === 0) return proposer.reject(from, 'snapshotWithoutAcceptors');
  proposer.learning = undefined;
  proposer.fetching = {
    offer,
    from,
    totalBytes: undefined,
    heldBytes: 0,
    next: 0,
    heldAtLastBeat: -1,
    silentBeats: 0,
    writing: new Set(),
  };
  noteMissing(proposer, offer.snapshot.index);
  const why = chosen.through === 0 ? 'emptyDisk' : 'behindSnapshot';
  const slot = chosen.through + 1;
  proposer.out.observe({ kind: 'snapshotFetching', snapshot: offer.snapshot, from, slot, why });
  askForChunks(proposer, proposer.fetching);
  startLearnTimer(proposer);
}

function askForChunks(proposer: Proposer, fetching: Fetching): void {
  const { clusterId } = proposer;
  const { chunkBytes, chunksInFlight } = proposer.configuration.limits;
  const end = Math.min(fetching.heldBytes + chunkBytes * chunksInFlight, fetching.totalBytes ?? chunkBytes);
  for (; fetching.next < end; fetching.next += chunkBytes) {
    const { snapshot } = fetching.offer;
    proposer.out.send(fetching.from, { kind: 'fetchChunk', snapshot, offset: fetching.next, clusterId }, none);
  }
}

/** Chunks that did not come are asked for again; when there is no progress at all, somebody else is asked. */
export function resumeFetching(proposer: Proposer, fetching: Fetching): void {
  if (proposer.installing) return; // all of it is here
  if (fetching.heldBytes > fetching.heldAtLastBeat) {
    fetching.heldAtLastBeat = fetching.heldBytes;
    fetching.silentBeats = 0;
    return;
  }
  if (++fetching.silentBeats > mostSilentBeats) return giveUpFetching(proposer, fetching, 'silent');
  fetching.next = fetching.heldBytes;
  askForChunks(proposer, fetching);
}

/** LIMIT: beats without a chunk before another proposer is asked. */
const mostSilentBeats = 10;

function giveUpFetching(proposer: Proposer, { from }: Fetching, why: 'silent' | 'replaced'): void {
  proposer.out.observe({ kind: 'snapshotGivenUp', from, why });
  proposer.fetching = undefined;
  proposer.learning = { from, at: proposer.now, slot: proposer.chosen.through + 1 }; // the one after it is asked
  catchUp(proposer);
}

/**
 * Another proposer fetches our snapshot.
 *
 * @paper Paxos Made Live §5.5
 */
export function onFetchChunk(proposer: Proposer, from: Address, { snapshot, offset }: FetchChunk): void {
  if (!proposer.isProposer(from)) return proposer.reject(from, 'notAProposer');
  proposer.lentChunkAt = proposer.now;
  const id = proposer.out.readChunk(snapshot, offset, proposer.configuration.limits.chunkBytes);
  proposer.lendingChunks.set(id, { to: from, snapshot, offset });
}

export function onChunkRead(proposer: Proposer, id: number, chunk: Chunk | undefined): void {
  const lending = proposer.lendingChunks.get(id);
  if (lending === undefined) return;
  proposer.lendingChunks.delete(id);
  const { to, snapshot, offset } = lending;
  proposer.out.send(to, { kind: 'snapshotChunk', snapshot, offset, chunk, clusterId: proposer.clusterId }, none);
}

/**
 * A chunk of the snapshot that we fetch.
 *
 * @paper Paxos Made Live §5.5
 */
export function onSnapshotChunk(proposer: Proposer, from: Address, { snapshot, chunk }: SnapshotChunk): void {
  const { fetching } = proposer;
  if (fetching?.from !== from || fetching.offer.snapshot.index !== snapshot.index) return;
  if (chunk === undefined) return giveUpFetching(proposer, fetching, 'replaced'); // a newer one took its place
  if (proposer.installing) return;
  fetching.totalBytes = chunk.totalBytes;
  fetching.writing.add(proposer.out.writeChunk(chunk));
}

/** When all is there, it replaces the state machine's state. */
export function onChunkWritten(proposer: Proposer, id: number, heldBytes: number): void {
  const { fetching } = proposer;
  if (!fetching?.writing.delete(id)) return;
  fetching.heldBytes = heldBytes;
  fetching.next = Math.max(fetching.next, heldBytes);
  if (heldBytes < fetching.totalBytes!) return askForChunks(proposer, fetching);
  const { snapshot } = fetching.offer;
  if (proposer.role.kind === 'leader' || snapshot.index <= proposer.chosen.through) {
    proposer.fetching = undefined;
  } else if (!proposer.installing) {
    const { offer, from, totalBytes } = fetching;
    const given = { offer, from, totalBytes: totalBytes! };
    proposer.installing = { id: proposer.out.installSnapshot(snapshot), snapshot, given };
  }
}

/** The state machine is the snapshot's: our own after a start, or another proposer's. */
export function onSnapshotInstalled(proposer: Proposer, { id, ok, why }: SnapshotInstalled): void {
  const { installing } = proposer;
  if (installing?.id !== id) return;
  proposer.installing = undefined;
  const { snapshot, given } = installing;
  if (given === undefined) {
    if (!ok) throw new DamagedState(why ?? `snapshot ${snapshot.index} cannot be restored`);
    proposer.lastApplied = snapshot.index;
  } else {
    proposer.fetching = undefined;
    if (ok) replaceBy(proposer, given.offer, given.totalBytes);
    else proposer.out.observe({ kind: 'snapshotGivenUp', from: given.from, why: 'notInstalled' });
  }
  applyChosen(proposer);
  cutAfterMark(proposer);
  catchUp(proposer);
}

function replaceBy(proposer: Proposer, { snapshot, sets, registers }: SnapshotOffer, sizeBytes: number): void {
  proposer.lastApplied = snapshot.index;
  proposer.out.observe({ kind: 'snapshotInstalled', snapshot, sizeBytes });
  const { chosen, heard } = proposer;
  if (snapshot.index > chosen.through) {
    chosen.reset(snapshot.index);
    heard.forgetThrough(snapshot.index);
    releaseSkipped(proposer, snapshot.index);
    proposer.sets = AcceptorSets.of(sets);
    noteMove(proposer, registers);
  }
  noteReached(proposer);
  mark(proposer, snapshot, 0); // its file came in chunks; nobody needs its size again
}
