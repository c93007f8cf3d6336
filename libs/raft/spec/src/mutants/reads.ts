import { none } from '@synod/actor';
import { eachMessage, isMessage, leaderState, mutant, received, state } from './tampering.js';
import type { I, Mutants, Raft } from './tampering.js';

/** What may be answered, and when. */
export const reads: Mutants = {
  'reads-without-round': mutant(
    'the leader answers reads without asking whether it still leads',
    'reads/a-deposed-leader-answers-no-read',
    () => ({
      after: (effects, input, raft) => {
        if (!isMessage(input, 'read') || input.message.level !== 'linearizable' || raft.role.kind !== 'leader')
          return effects;
        const { client, sequence, queries } = input.message;
        const results = raft.service.query(input.from, queries);
        const answer = { kind: 'results', results, index: raft.lastApplied, term: raft.currentTerm, ageMs: 0 } as const;
        const message = { kind: 'reply', client, session: 0, sequence, answer } as const;
        return [...effects, { kind: 'send', to: input.from, message, after: none }];
      },
    }),
  ),
  'reads-too-early': mutant(
    'a new leader answers reads before an entry of its term is committed',
    'reads/no-answer-before-the-first-commit-of-the-term',
    () => leaderState((role) => void Object.assign(role, { firstOfTerm: 0 })),
  ),
  'any-echo-confirms': mutant(
    'the echo of an earlier round confirms the present one',
    'reads/a-late-echo-confirms-no-later-round',
    () =>
      received((message, _from, { role }) =>
        message.kind === 'appendEntriesReply' && role.kind === 'leader'
          ? { message: { ...message, round: role.reads.round } }
          : {},
      ),
  ),
  'echoes-older-terms': mutant(
    'a follower echoes the read round of an older term under its newer one',
    'reads/a-round-of-an-older-term-is-not-echoed',
    () =>
      eachMessage((message, _raft, input) =>
        message.kind === 'appendEntriesReply' && isMessage(input, 'appendEntries')
          ? { ...message, round: input.message.round }
          : message,
      ),
  ),
  'counts-earlier-echoes': mutant(
    'what a follower echoed while it counted for nothing counts once it does',
    'reads/an-echo-of-who-does-not-count-confirms-nothing-later',
    () =>
      leaderState(({ followers, reads }, _raft, input) => {
        if (!isMessage(input, 'appendEntriesReply') || input.message.voting) return;
        const progress = followers.get(input.from)!;
        progress.round = Math.max(progress.round, Math.min(input.message.round, reads.round));
      }),
  ),
  'joins-the-round-under-way': mutant(
    'a read joins a round that began before it came',
    'reads/one-round-confirms-all-that-wait',
    () => ({
      after: (effects, input, raft) => {
        if (raft.role.kind !== 'leader' || !isMessage(input, 'read')) return effects;
        const { reads } = raft.role;
        if (reads.confirming === undefined) return effects;
        reads.confirming = { ...reads.confirming, reads: [...reads.confirming.reads, ...reads.gathered] };
        reads.gathered = [];
        return effects;
      },
    }),
  ),
  'confirmed-by-half': mutant(
    'one echo less than a majority confirms a round',
    'reads/a-late-echo-confirms-no-later-round',
    () =>
      leaderState(({ followers, reads }) => {
        const first = [...followers.values()][0];
        if (first && reads.confirming) first.round = Math.max(first.round, reads.confirming.round);
      }),
  ),
  'reads-before-applied': mutant(
    'a confirmed read is answered before the state machine has reached its index',
    'reads/a-read-waits-for-the-state-machine',
    () =>
      leaderState(({ reads }) => {
        if (reads.confirming) reads.confirming = { ...reads.confirming, readIndex: 0 };
        reads.confirmed = reads.confirmed.map((group) => ({ ...group, readIndex: 0 }));
      }),
  ),
  'lies-about-age': mutant('a stale read is said to be of this very moment', 'reads/a-stale-read-tells-its-age', () =>
    eachMessage((message) =>
      message.kind === 'reply' && message.answer.kind === 'results'
        ? { ...message, answer: { ...message.answer, ageMs: 0 } }
        : message,
    ),
  ),
  'age-of-the-last-word': mutant(
    'the age of a stale read counts from when the leader was heard, however far behind it the state is',
    'reads/a-lagging-follower-tells-the-age-of-its-state',
    () =>
      eachMessage((message, raft, input) => {
        if (message.kind !== 'reply' || message.answer.kind !== 'results') return message;
        if (!isMessage(input, 'read') || raft.leader === undefined || raft.role.kind === 'leader') return message;
        return { ...message, answer: { ...message.answer, ageMs: Math.ceil(input.at - raft.heardLeaderAt) } };
      }),
  ),
  'fresh-by-a-new-leader': mutant(
    'a state is fresh by the word of a leader that has committed nothing in its term',
    'reads/a-new-leaders-word-tells-no-age-before-its-first-commit',
    () => ({
      after: (effects, input, raft) => {
        if (isMessage(input, 'appendEntries') && input.from === raft.leader && input.message.commit <= raft.lastApplied)
          raft.freshness.currentAt = input.at;
        return effects;
      },
    }),
  ),
  'fresh-before-the-first-commit': mutant(
    'an echoed clock tells an age by whatever its leader knew to be committed, of its own term or not',
    'reads/an-echo-before-the-first-commit-tells-no-age',
    () =>
      state(({ freshness, log }) => {
        const { awaited } = freshness;
        if (awaited) freshness.awaited = { ...awaited, term: log.termAt(awaited.commit) ?? awaited.term };
      }),
  ),
  'age-since-it-came': mutant(
    "the leader's word is as old as the time since it came, however long it was under way",
    'reads/a-word-that-waited-tells-its-age',
    () => echoed('appendEntries'),
  ),
  'leads-since-it-heard': mutant(
    'the leader has led at the moment at which answers came, however long they were under way',
    'reads/answers-that-waited-tell-a-leader-their-age',
    () => echoed('appendEntriesReply'),
  ),
  'echoes-what-it-hears': mutant(
    "a leader repeats a follower's clock before a majority has shown that nobody led in a later term",
    'reads/a-deposed-leaders-word-makes-nobody-fresh',
    () =>
      leaderState(({ followers }) => {
        for (const { echo } of followers.values()) echo.settle(() => true);
      }),
  ),
  'one-clock-for-all-lives': mutant(
    'the clock that is echoed begins at the same base in every life',
    'reads/an-echo-of-a-former-life-tells-nothing',
    () => ({
      before: (input) => (input.kind === 'recovered' ? { ...input, incarnation: 0 } : input),
    }),
  ),
  'keeps-no-stale-bound': mutant(
    'a stale read is answered however old the state is',
    'reads/a-stale-read-tells-its-age',
    () => received((message) => (message.kind === 'read' ? { message: { ...message, maxAgeMs: 0 } } : {})),
  ),
};

/** Whatever such a message echoes, our clock is said to have been as now. */
function echoed(kind: 'appendEntries' | 'appendEntriesReply'): { before: (input: I, raft: Raft) => I } {
  return {
    before: (input, { clock }) => {
      if (input.kind !== 'receive' || input.message.kind !== kind || !input.message.beat) return input;
      const { at, echoes } = input.message.beat;
      const beat = { at, echoes: echoes.map((echo) => echo && clock.stamp(input.at)) };
      return { ...input, message: { ...input.message, beat } };
    },
  };
}
