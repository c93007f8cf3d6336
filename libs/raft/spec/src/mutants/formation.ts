import { RaftReplica } from '@synod/raft-core';
import type { Record } from '@synod/raft-core';
import { isMessage, leaderState, mutant, received, state } from './tampering.js';
import type { Mutants } from './tampering.js';

/** First starts and lost disks. */
export const formation: Mutants = {
  'empty-disk-votes': mutant(
    'a replica without anything on its disk votes',
    'formation/an-empty-journal-never-votes-alone',
    (replica) => ({
      before: (input, raft) => {
        if (input.kind !== 'recovered' || !input.empty) return input;
        const record: Record = {
          kind: 'hardState',
          term: 0,
          votedFor: undefined,
          clusterId: 1,
          standing: 'active',
          floor: 0,
        };
        RaftReplica.prototype.step.call(replica, { kind: 'recover', record, at: input.at });
        raft.unsynced.push({ token: raft.out.persist(record), last: 0, at: input.at });
        return input;
      },
    }),
  ),
  'recovers-among-the-lost': mutant(
    'a replica that lost its disk does not wait for others whose state is lost too',
    'formation/two-lost-disks-stop-the-group',
    () =>
      received((message, _from, raft) =>
        message.kind === 'helloReply' &&
        message.standing !== 'active' &&
        raft.standing === 'empty' &&
        [...raft.answers.values()].some(({ standing }) => standing === 'active')
          ? { message: { ...message, standing: 'active' } }
          : {},
      ),
  ),
  'recovers-from-one': mutant(
    'a replica that lost its disk takes the first active member’s word for the terms of all',
    'formation/a-lost-disk-waits-for-every-member',
    () =>
      state((raft, input) => {
        if (!isMessage(input, 'helloReply') || input.message.standing !== 'active' || raft.standing !== 'empty') return;
        for (const other of raft.others) if (!raft.answers.has(other)) raft.answers.set(other, input.message);
      }),
  ),
  'counts-while-recovering': mutant(
    'a replica that lost its disk counts for quorums before the loss is made good',
    'formation/a-replica-without-its-disk-comes-back',
    () => ({
      after: (effects) =>
        effects.map((effect) =>
          effect.kind === 'send' && effect.message.kind === 'appendEntriesReply'
            ? { ...effect, message: { ...effect.message, voting: true } }
            : effect,
        ),
    }),
  ),
  'votes-while-recovering': mutant(
    'a replica that lost its disk votes in a term that its former life may have voted in',
    'formation/a-recovering-replica-refuses-its-vote',
    (replica) => ({
      before: (input, raft) => {
        if (!isMessage(input, 'requestVote') || raft.standing !== 'recovering') return input;
        raft.standing = 'active';
        recovering.add(replica);
        return input;
      },
      after: (effects, _input, raft) => {
        if (recovering.delete(replica)) raft.standing = 'recovering';
        return effects;
      },
    }),
  ),
  'active-without-floor': mutant(
    'a replica that lost its disk takes part again with the first committed entry, of whatever term',
    'formation/a-replica-without-its-disk-comes-back',
    () =>
      state((raft, input) => {
        if (isMessage(input, 'appendEntries')) raft.floor = 0;
      }),
  ),
  'active-at-the-floor': mutant(
    'a replica that lost its disk takes part again with an entry of the very term that its former life may have voted in',
    'formation/a-replica-without-its-disk-comes-back',
    () =>
      state((raft, input) => {
        if (isMessage(input, 'appendEntries')) raft.floor = Math.min(raft.floor, input.message.term - 1);
      }),
  ),
  'forgets-the-floor': mutant(
    'a replica that crashes while it recovers from a lost disk does not know its floor afterwards',
    'formation/a-floor-survives-a-crash',
    () =>
      state((raft, input) => {
        if (input.kind === 'recovered') raft.floor = 0;
      }),
  ),
  'stands-for-any-floor': mutant(
    'a leader stands again for whoever recovers, though its term is above the floor already: it goes back to the one after that',
    'formation/a-late-rejoin-takes-no-term-back',
    () =>
      leaderState((_role, raft, input) => {
        if (isMessage(input, 'rejoin')) raft.currentTerm = Math.min(raft.currentTerm, input.message.floor);
      }),
  ),
  'lowest-floor': mutant(
    'of the terms that the others tell, the lowest becomes the floor',
    'formation/the-floor-is-the-highest-term-told',
    () =>
      received((message, _from, raft) => {
        if (message.kind !== 'helloReply' || raft.standing !== 'empty') return {};
        const era = Math.min(message.era, ...Array.from(raft.answers.values(), (answer) => answer.era));
        for (const [other, answer] of raft.answers) raft.answers.set(other, { ...answer, era });
        return { message: { ...message, era } };
      }),
  ),
  'activates-too-early': mutant(
    'elections begin before every member has the cluster id on its disk',
    'formation/a-group-starts-for-the-first-time',
    () =>
      state((raft, input) => {
        if (!isMessage(input, 'formed')) return;
        for (const [address, answer] of raft.answers)
          raft.answers.set(address, { ...answer, standing: 'formed', clusterId: raft.clusterId });
      }),
  ),
  'forms-for-any-life': mutant(
    'a cluster id that was meant for a former life is recorded',
    'formation/a-late-form-does-not-bind-a-new-life',
    () =>
      received((message, _from, raft) =>
        message.kind === 'form' ? { message: { ...message, incarnation: raft.incarnation } } : {},
      ),
  ),
  'believes-late-answers': mutant(
    'answers to the hello of a former life count',
    'formation/a-late-answer-to-a-former-life-does-not-count',
    () =>
      received((message, _from, raft) =>
        message.kind === 'helloReply' ? { message: { ...message, nonce: raft.incarnation } } : {},
      ),
  ),
};

const recovering = new WeakSet<object>();
