import { eachMessage, mutant, without } from './tampering.js';
import type { Mutants } from './tampering.js';

/** What clients are told. */
export const clients: Mutants = {
  'forgets-clients': mutant(
    'a leader that steps down leaves those who wait without an answer',
    'elections/a-leader-without-a-majority-steps-down',
    () =>
      without((effect, _raft, input) => {
        if (effect.kind !== 'send' || effect.message.kind !== 'reply') return false;
        const { answer } = effect.message;
        return (
          answer.kind === 'refused' &&
          (answer.reason === 'notLeader' || answer.reason === 'steppedDown') &&
          !(input.kind === 'receive' && ['request', 'read'].includes(input.message.kind))
        );
      }),
  ),
  'denies-what-it-proposed': mutant(
    'a leader that steps down says of what it has proposed that it has no effect',
    'elections/a-leader-without-a-majority-steps-down',
    () =>
      eachMessage((message) =>
        message.kind === 'reply' && message.answer.kind === 'refused' && message.answer.reason === 'steppedDown'
          ? { ...message, answer: { ...message.answer, reason: 'notLeader' } }
          : message,
      ),
  ),
  'answers-when-proposed': mutant(
    'a write is answered when it is in the log of the leader, before it is committed',
    'replication/an-entry-is-committed-by-a-majority',
    (replica) => ({
      after: (effects, { at }, raft) => {
        const proposed = effects.some((effect) => effect.kind === 'observe' && effect.event.kind === 'proposed');
        return proposed ? [...effects, ...replica.commit(raft.log.lastIndex, at)] : effects;
      },
    }),
  ),
};
