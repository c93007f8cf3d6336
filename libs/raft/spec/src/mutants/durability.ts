import { none } from '@synod/actor';
import type { Record } from '@synod/raft-core';
import { atOnce, eachRecord, leaderState, mutant, state } from './tampering.js';
import type { E, Mutants, Persist, Raft, Tampered } from './tampering.js';

type HardState = Extract<Record, { kind: 'hardState' }>;

/** What must be on disk, and when. */
export const durability: Mutants = {
  'unsynced-vote': mutant('a vote leaves before it is on disk', 'elections/a-vote-leaves-when-it-is-on-disk', () =>
    atOnce(({ kind }) => kind === 'requestVoteReply'),
  ),
  'own-vote-unsynced': mutant(
    'a candidate counts its own vote, and asks for others, before it is on its disk',
    'elections/our-own-vote-counts-when-it-is-on-disk',
    () => ({
      after: (effects, _input, raft) => {
        if (raft.role.kind === 'candidate') raft.role.votes.record(raft.self, true);
        return effects.map((effect) =>
          effect.kind === 'send' && effect.message.kind === 'requestVote' ? { ...effect, after: none } : effect,
        );
      },
    }),
  ),
  'forgotten-vote': mutant('the vote is not written with the term', 'elections/a-vote-survives-a-crash', () =>
    eachRecord((record) => (record.kind === 'hardState' ? { ...record, votedFor: undefined } : record)),
  ),
  'forgotten-term': mutant('the term is not written', 'elections/a-vote-survives-a-crash', () =>
    eachRecord((record) => (record.kind === 'hardState' ? { ...record, term: 0 } : record)),
  ),
  'vote-in-two-records': mutant(
    'term and vote are two records: the vote leaves with the first, and the second is written a step later',
    'elections/a-vote-leaves-when-it-is-on-disk',
    (replica) => ({
      after: (effects, input, raft) => [
        ...voteOf(replica, raft, input.at),
        ...effects.map((effect) => splitVote(replica, effect)),
      ],
    }),
  ),
  'entries-before-term': mutant(
    'entries of a new term are written before the term',
    'replication/a-term-is-written-before-its-entries',
    () => ({ after: (effects) => swapped(effects, isHardState, isEntries) }),
  ),
  'expired-vote': mutant('a vote on disk is disregarded after a restart', 'elections/a-vote-survives-a-crash', () => ({
    before: (input) =>
      input.kind === 'recover' && input.record.kind === 'hardState'
        ? { ...input, record: { ...input.record, votedFor: undefined } }
        : input,
  })),
  'unsynced-ack': mutant(
    'entries are acknowledged before they are on disk',
    'replication/an-acknowledgement-leaves-when-the-entry-is-on-disk',
    () => atOnce(({ kind }) => kind === 'appendEntriesReply'),
  ),
  'own-ack-unsynced': mutant(
    'the leader counts itself before its own disk has the entries',
    'replication/a-commit-does-not-wait-for-the-leaders-disk',
    () => leaderState((_role, raft) => void (raft.durableIndex = raft.log.lastIndex)),
  ),
  'late-completion': mutant(
    'a sync that began before a truncation counts for the entries that came in place of the truncated ones',
    'replication/a-truncation-voids-what-was-on-disk',
    () => ({
      before: (input, raft) => {
        const { durableIndex, unsynced } = raft;
        const lasts = unsynced.map((persist) => ({ persist, last: persist.last }));
        before.set(raft, () => {
          raft.durableIndex = Math.max(raft.durableIndex, Math.min(durableIndex, raft.log.lastIndex));
          for (const { persist, last } of lasts) persist.last = last;
        });
        return input;
      },
      after: (effects, _input, raft) => {
        if (!effects.some((effect) => effect.kind === 'observe' && effect.event.kind === 'truncated')) return effects;
        before.get(raft)!();
        return effects.map((effect) =>
          effect.kind === 'send' && effect.message.kind === 'appendEntriesReply' ? { ...effect, after: none } : effect,
        );
      },
    }),
  ),
  'stalled-leader': mutant(
    'heartbeats go on while the own disk stalls',
    'elections/a-stalled-disk-loses-leadership',
    () => state((raft, { at }) => raft.unsynced.forEach((persist) => Object.assign(persist, { at }))),
  ),
  'unsynced-term': mutant(
    'a newer term is named in an answer before it is on disk',
    'elections/a-refusal-leaves-when-its-term-is-on-disk',
    () => ({
      after: (effects) =>
        effects.map((effect) => (effect.kind === 'send' && isRefusal(effect) ? { ...effect, after: none } : effect)),
    }),
  ),
};

/** Votes that are written with the next step. */
const votes = new WeakMap<Tampered, HardState>();

/** How the state before the present step comes back. */
const before = new WeakMap<Raft, () => void>();

function isHardState(record: Record): record is HardState {
  return record.kind === 'hardState';
}

function isEntries(record: Record): boolean {
  return record.kind === 'entries';
}

function isRefusal({ message }: Extract<E, { kind: 'send' }>): boolean {
  return message.kind === 'requestVoteReply' && !message.granted;
}

/** The record that comes first takes the place of the other one, which comes before. */
export function swapped(
  effects: readonly E[],
  first: (record: Record) => boolean,
  second: (record: Record) => boolean,
): readonly E[] {
  const at = (is: (record: Record) => boolean): number =>
    effects.findIndex((effect) => effect.kind === 'persist' && is(effect.record));
  const [i, j] = [at(first), at(second)];
  if (i < 0 || j < i) return effects;
  const [a, b] = [effects[i] as Persist, effects[j] as Persist];
  return effects.map((effect, k) =>
    k === i ? { ...a, record: b.record } : k === j ? { ...b, record: a.record } : effect,
  );
}

function splitVote(replica: Tampered, effect: E): E {
  if (effect.kind !== 'persist' || effect.record.kind !== 'hardState' || effect.record.votedFor === undefined)
    return effect;
  votes.set(replica, effect.record);
  return { ...effect, record: { ...effect.record, votedFor: undefined } };
}

function voteOf(replica: Tampered, raft: Raft, at: number): readonly E[] {
  const record = votes.get(replica);
  votes.delete(replica);
  if (record?.term !== raft.currentTerm) return [];
  const effects = raft.out.drain();
  raft.unsynced.push({ token: raft.out.persist(record), last: raft.log.lastIndex, at });
  return [...effects, ...raft.out.drain()];
}
