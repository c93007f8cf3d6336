import type { LogIndex } from '@synod/log';
import { eachMessage, isMessage, leaderState, mutant, received } from './tampering.js';
import type { E, Leader, Mutants, Persist, Raft, Tampered } from './tampering.js';

/** What the logs hold and what is committed. */
export const replication: Mutants = {
  'commits-old-terms': mutant(
    'entries of older terms are committed by counting (Figure 8)',
    'figures/figure-8',
    (replica) => ({
      after: (effects, { at }, raft) =>
        raft.role.kind === 'leader'
          ? [...effects, ...advance(replica, raft, at, middleOf(raft, raft.role, true))]
          : effects,
    }),
  ),
  'unsorted-quorum': mutant(
    'the middle of the match indexes is taken without sorting them',
    'replication/a-majority-is-counted-not-looked-up',
    (replica) => ({
      after: (effects, { at }, raft) => {
        if (raft.role.kind !== 'leader') return effects;
        const index = middleOf(raft, raft.role, false);
        return raft.log.termAt(index) === raft.currentTerm
          ? [...effects, ...advance(replica, raft, at, index)]
          : effects;
      },
    }),
  ),
  'no-no-op': mutant(
    'a new leader proposes nothing of its own term',
    'elections/a-candidate-with-a-majority-leads',
    () => ({
      after: (effects, _input, raft) => {
        const elected = effects.some((effect) => effect.kind === 'observe' && effect.event.kind === 'becameLeader');
        return elected && raft.role.kind === 'leader' ? withoutNoOp(effects, raft, raft.role) : effects;
      },
    }),
  ),
  'commits-own-last': mutant(
    "a follower commits up to its own last entry, not up to what the leader's message verified",
    'replication/a-follower-commits-no-more-than-was-verified',
    (replica) => ({
      after: (effects, input, raft) => {
        if (!isMessage(input, 'appendEntries') || input.from !== raft.leader) return effects;
        return [...effects, ...advance(replica, raft, input.at, Math.min(input.message.commit, raft.log.lastIndex))];
      },
    }),
  ),
  'acks-own-last': mutant(
    'an acknowledgement names the last entry, verified or not',
    'replication/a-follower-commits-no-more-than-was-verified',
    () =>
      eachMessage((message, raft) =>
        message.kind === 'appendEntriesReply' && message.outcome.kind === 'matched'
          ? { ...message, outcome: { kind: 'matched', index: raft.log.lastIndex } }
          : message,
      ),
  ),
  'truncates-always': mutant(
    'an append cuts off what follows it, conflict or not',
    'replication/a-late-append-cuts-nothing-off',
    () => ({
      after: (effects, input, raft) => {
        if (!isMessage(input, 'appendEntries') || input.from !== raft.leader) return effects;
        const last = input.message.batches.at(-1)?.last;
        if (last === undefined || last >= raft.log.lastIndex || last < raft.commitIndex || last <= raft.log.base.index)
          return effects;
        return [...effects, ...truncated(raft, last, input.at)];
      },
    }),
  ),
  'answers-below-commit': mutant(
    'an append from before the commit index is processed, not answered with the commit index',
    'replication/an-append-from-below-the-commit-is-answered-with-it',
    (replica) => ({
      before: (input, raft) => {
        if (isMessage(input, 'appendEntries')) hidden.set(replica, raft.commitIndex);
        if (hidden.has(replica)) raft.commitIndex = 0;
        return input;
      },
      after: (effects, _input, raft) => {
        raft.commitIndex = Math.max(raft.commitIndex, hidden.get(replica) ?? 0);
        hidden.delete(replica);
        return effects;
      },
    }),
  ),
  'match-goes-back': mutant(
    'an acknowledgement that comes late sets the match index back',
    'replication/a-late-acknowledgement-takes-nothing-back',
    () => ({
      before: (input, raft) => {
        if (!isMessage(input, 'appendEntriesReply') || raft.role.kind !== 'leader') return input;
        const { outcome, term } = input.message;
        const progress = raft.role.followers.get(input.from);
        if (term === raft.currentTerm && outcome.kind === 'matched' && progress && outcome.index < progress.match) {
          progress.match = outcome.index;
          progress.becomeReplicate();
        }
        return input;
      },
    }),
  ),
  'believes-stale-refusals': mutant(
    'a refusal that comes late sets a follower back that has matched since',
    'replication/a-refusal-of-what-has-matched-since-changes-nothing',
    () => ({
      before: (input, raft) => {
        if (isMessage(input, 'appendEntriesReply') && raft.role.kind === 'leader') {
          const progress = raft.role.followers.get(input.from)!;
          if (input.message.outcome.kind === 'conflict' && progress.match > 0) progress.match = 0;
        }
        return input;
      },
    }),
  ),
  'one-message-after-a-refusal': mutant(
    'a follower that has refused once gets one message at a time from then on, however many it acknowledges',
    'replication/the-window-opens-again-after-a-refusal',
    () =>
      leaderState(({ followers }) => {
        for (const progress of followers.values())
          if (Number.isFinite(progress['windowBytes'])) Object.defineProperty(progress, 'windowBytes', oneMessage);
      }),
  ),
  'counts-older-acks': mutant(
    'an acknowledgement of an older term counts',
    'replication/an-acknowledgement-of-an-older-term-does-not-count',
    () =>
      received((message, _from, { currentTerm }) =>
        message.kind === 'appendEntriesReply' && message.term < currentTerm
          ? { message: { ...message, term: currentTerm } }
          : {},
      ),
  ),
  'counts-former-life': mutant(
    'what a follower acknowledged before it lost its disk still counts',
    'formation/a-former-lifes-acknowledgement-does-not-count',
    () => leaderState(({ followers }) => followers.forEach((progress) => (progress.lostBeforeRound = 0))),
  ),
  'lost-appends-stay-lost': mutant(
    'heartbeats verify nothing, so that a lost append is never noticed',
    'replication/lost-appends-are-driven-again-by-heartbeats',
    () =>
      eachMessage((message, raft) =>
        message.kind === 'appendEntries' && message.batches.length === 0 && message.followers.length !== 1
          ? { ...message, followers: raft.others.length > 1 ? [] : message.followers }
          : message,
      ),
  ),
  'one-step-back': mutant('a conflict sets the leader back by one entry, not by a term', 'figures/figure-7', () =>
    eachMessage((message) => {
      if (message.kind !== 'appendEntriesReply' || message.outcome.kind !== 'conflict') return message;
      const back = Math.max(0, message.outcome.prevIndex - 1);
      const outcome = { ...message.outcome, hintIndex: back, lastIndex: back, hintTerm: message.term };
      return { ...message, outcome };
    }),
  ),
  'window-without-end': mutant(
    'what is sent and not acknowledged has no bound',
    'replication/no-more-is-in-flight-than-the-window',
    () => leaderState(({ followers }) => followers.forEach((progress) => (progress.inFlightBytes = 0))),
  ),
};

const hidden = new WeakMap<Tampered, LogIndex>();

/** The middle of what all have; sorted, that is what a majority has. */
function middleOf(raft: Raft, { followers }: Leader, sorted: boolean): LogIndex {
  const matches = [raft.durableIndex, ...[...followers.values()].map(({ match }) => match)];
  if (sorted) matches.sort((a, b) => b - a);
  return matches[Math.floor(matches.length / 2)]!;
}

/** A window that nothing opens. */
const oneMessage: PropertyDescriptor = { get: () => 1, set: () => undefined, configurable: true };

function advance(replica: Tampered, raft: Raft, at: number, index: LogIndex): readonly E[] {
  return index > raft.commitIndex ? replica.commit(index, at) : [];
}

export function truncated(raft: Raft, last: LogIndex, at: number): readonly E[] {
  raft.log.truncate(last + 1);
  raft.durableIndex = Math.min(raft.durableIndex, last);
  for (const persist of raft.unsynced) persist.last = Math.min(persist.last, last);
  raft.unsynced.push({ token: raft.out.persist({ kind: 'truncate', from: last + 1 }), last, at });
  return raft.out.drain();
}

/** As if it had not been proposed; its token stays in use, for the hard state once more. */
function withoutNoOp(effects: readonly E[], raft: Raft, role: Leader): readonly E[] {
  raft.log.truncate(role.firstOfTerm);
  for (const persist of raft.unsynced) persist.last = Math.min(persist.last, raft.log.lastIndex);
  role.uncommitted.length = 0;
  for (const progress of role.followers.values()) progress.probing = false;
  const { currentTerm: term, votedFor, clusterId, floor } = raft;
  const record = { kind: 'hardState', term, votedFor, clusterId, floor, standing: 'active' } as const;
  return effects.flatMap((effect): readonly E[] => {
    if (effect.kind === 'persist' && effect.record.kind === 'entries') return [{ ...effect, record } satisfies Persist];
    const isNoOp =
      (effect.kind === 'send' && effect.message.kind === 'appendEntries') ||
      (effect.kind === 'observe' && effect.event.kind === 'proposed');
    return isNoOp ? [] : [effect];
  });
}
