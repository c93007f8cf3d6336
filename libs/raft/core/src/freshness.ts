import type { Address, Beat } from '@synod/actor';
import type { LogIndex } from '@synod/log';
import { majority } from '@synod/quorum';
import type { Term } from './log.js';
import type { AppendEntries, AppendEntriesReply } from './messages.js';
import type { Progress } from './progress.js';
import type { Leader, Raft } from './state.js';

/*
 * How old a state is, told by one clock though the word comes from another machine, and true though the word waited: in a network, in
 * a broker that was stopped, in the socket of a process that slept. When it arrived says nothing, so it says itself of when it is:
 *
 *   A follower answers each heartbeat with a stamp of its own clock, and the leader's heartbeats repeat to each follower such a stamp:
 *   by that clock the word is as old as that. It is repeated when a majority has been in no later term at a moment after it: the
 *   leader, which still leads; the follower itself, which said so in the leader's term; and whoever has answered, in that term, a
 *   heartbeat that left after the stamp had come. So nobody had been elected in a later term when the follower's clock showed it. What
 *   leaders of earlier terms ever commit is before this leader's first entry, and what it committed itself by then is in its word.
 *
 *   The leader's own clock needs no detour: at the moment at which those heartbeats left that a majority has answered, its word held all.
 *   At first that is the moment of the election, though a voter may have gone on to a later term by then: no word counts before an
 *   entry of the leader's own term is committed, and the majority that acknowledged it, after the election, was in no later one at it.
 */

/** So much is committed, as the leader of that term said; that was all at that moment of our clock. */
interface Word {
  readonly commit: LogIndex;
  readonly term: Term;
  readonly at: number;
}

/** At `currentAt` all that was committed anywhere is what is applied here by now. */
export interface Freshness {
  currentAt: number;
  /** Words that are not applied yet: the one that is awaited, and the last one. More would have no bound. */
  awaited: Word | undefined;
  latest: Word | undefined;
}

export function unknownFreshness(): Freshness {
  return { currentAt: Number.NEGATIVE_INFINITY, awaited: undefined, latest: undefined };
}

/** A leader's heartbeat: its time, and for each other member of that one's clock what is certain by now. */
export function beatOf(raft: Raft, role: Leader): Beat {
  const echoes = raft.others.map((address) => {
    const progress = role.followers.get(address)!;
    return progress.echo.settle((since) => isLedSince(raft, role, progress, since));
  });
  return { at: raft.clock.stamp(raft.now), echoes };
}

/** Nobody led in a later term when that follower said that it was in ours; that came at `since`. */
function isLedSince(raft: Raft, role: Leader, of: Progress, since: number): boolean {
  let inTerm = 1;
  for (const progress of role.followers.values())
    if (progress.voting && (progress === of || progress.inTermAt >= since)) inTerm++;
  return inTerm >= majority(raft.configuration.members.length);
}

/** A follower has answered a heartbeat in our term. */
export function hearBeat(raft: Raft, progress: Progress, { voting, beat }: AppendEntriesReply): void {
  if (!beat) return;
  progress.echo.hear(beat.at, raft.now);
  const sentAt = raft.clock.timeOf(beat.echoes[0] ?? 0, raft.now);
  if (voting && sentAt !== undefined) progress.inTermAt = Math.max(progress.inTermAt, sentAt);
}

/** When nobody led in a later term, as a majority's answers have shown; by the leader's clock. */
function ledAt(raft: Raft, role: Leader): number {
  const shown = [...role.followers.values()].flatMap(({ voting, inTermAt }) => (voting ? [inTermAt] : []));
  return [raft.now, ...shown].sort((a, b) => b - a)[majority(raft.configuration.members.length) - 1] ?? Number.NEGATIVE_INFINITY; // prettier-ignore
}

/** A leader's word. Without an echo of our clock it tells no age. */
export function hearWord(raft: Raft, from: Address, { commit, term, beat }: AppendEntries): void {
  if (!beat) return;
  const place = raft.configuration.members.filter((member) => member !== from).indexOf(raft.self);
  const at = raft.clock.timeOf(beat.echoes[place] ?? 0, raft.now);
  if (at !== undefined) hearCommit(raft, commit, term, at);
}

/** The leader's own word. */
export function noteOwnCommit(raft: Raft, role: Leader): void {
  hearCommit(raft, raft.commitIndex, raft.currentTerm, ledAt(raft, role));
}

/** One that was overtaken by a later word takes nothing back. */
function hearCommit(raft: Raft, commit: LogIndex, term: Term, at: number): void {
  const { freshness } = raft;
  settle(raft);
  const { awaited, latest = awaited } = freshness;
  const word = { commit: Math.max(commit, latest?.commit ?? 0), term, at };
  if (awaited === undefined) freshness.awaited = word;
  else freshness.latest = word;
}

/** When all that was committed is what is applied now. */
export function currentAt(raft: Raft): number {
  settle(raft);
  const { role, commitIndex, lastApplied, freshness } = raft;
  const knowsAll = role.kind === 'leader' && commitIndex >= role.firstOfTerm && lastApplied >= commitIndex;
  return knowsAll ? Math.max(ledAt(raft, role), freshness.currentAt) : freshness.currentAt;
}

/**
 * What is applied by now no longer waits. Before a leader has committed in its own term it may not know of all that is
 * committed, and its word does not count.
 *
 * @paper thesis §6.4, step 1
 */
function settle({ freshness, lastApplied, log }: Raft): void {
  while (freshness.awaited !== undefined && freshness.awaited.commit <= lastApplied) {
    const { commit, term, at } = freshness.awaited;
    if (log.termAt(commit) === term) freshness.currentAt = Math.max(freshness.currentAt, at);
    freshness.awaited = freshness.latest;
    freshness.latest = undefined;
  }
}
