import type { Reply } from '@synod/paxos-core';
import { eachMessage, leaderState, proposer, state, without } from './tampering.js';
import type { Mutants, Proposer } from './tampering.js';

/** What clients are told. */
export const clients: Mutants = {
  'drops-lost-commands': proposer(
    'a command that lost its slot is neither proposed again nor said to be lost',
    'clients/a-command-that-lost-its-slot-is-proposed-again',
    () =>
      state((of: Proposer) => {
        for (const [slot, { ballot }] of of.waiting) if (ballot !== of.leaderBallot) of.waiting.delete(slot);
      }),
  ),
  'keeps-losses-to-itself': proposer(
    'whoever leads no more does not tell the clients whose commands lost their slots',
    'clients/a-command-that-lost-its-slot-is-said-to-be-lost',
    () => without((effect) => isRefusal(effect, 'lost')),
  ),
  'forgets-what-was-open': proposer(
    'a command that was proposed in two slots is said to be lost with one of them',
    'clients/a-command-proposed-twice-is-not-lost-with-one-slot',
    () =>
      state((of: Proposer) => {
        for (const [slot, waiting] of of.waiting) of.waiting.set(slot, { ...waiting, openIn: 0 });
        if (of.role.kind === 'leader') of.role.gathered = of.role.gathered.map((each) => ({ ...each, openIn: 0 }));
      }),
  ),
  'answers-for-another-command': proposer(
    'a command is taken for executed when another one of its client was chosen in its slot',
    'clients/a-slot-lost-to-another-command-of-the-client-is-lost',
    (member, service) => {
      const honest = service.apply.bind(service);
      service.apply = (slot, user, bytes) => {
        const { waiting } = member.state;
        const lost = waiting.get(slot);
        if (lost?.from === user) waiting.set(slot, { ...lost, request: { ...lost.request, bytes } });
        return honest(slot, user, bytes);
      };
      return {};
    },
  ),
  'forgets-clients': proposer(
    'a leader that gives up leaves those who wait without an answer',
    'clients/a-leader-that-gives-up-tells-those-that-wait',
    () =>
      without(
        (effect, _of, input) =>
          input.kind === 'timeout' && (isRefusal(effect, 'notLeader') || isRefusal(effect, 'steppedDown')),
      ),
  ),
  'forgets-who-wants-other-acceptors': proposer(
    'a leader that gives up leaves whoever asked for other acceptors without an answer',
    'clients/a-leader-that-gives-up-tells-who-wants-other-acceptors',
    () =>
      leaderState((role, _of, input) => {
        if (role.change && input.kind === 'timeout') role.change = { ...role.change, asked: undefined };
      }),
  ),
  'goes-without-a-word': proposer(
    'a proposer that stops leaves those who wait without an answer',
    'clients/a-proposer-that-stops-tells-those-that-wait',
    () => without((effect, { stopping }: Proposer) => stopping && isRefusal(effect, 'steppedDown')),
  ),
  'leaves-registers-without-a-word': proposer(
    'a proposer that stops leaves those who wait for registers without an answer',
    'clients/a-proposer-that-stops-tells-those-that-wait-for-registers',
    () => without((effect, { stopping }: Proposer) => stopping && isRefusal(effect, 'unavailable')),
  ),
  'denies-what-it-proposed': proposer(
    'a leader that gives up says of what it has proposed that it has no effect',
    'clients/a-leader-that-gives-up-tells-those-that-wait',
    () =>
      eachMessage((message) =>
        message.kind === 'reply' && message.answer.kind === 'refused' && message.answer.reason === 'steppedDown'
          ? { ...message, answer: { ...message.answer, reason: 'notLeader' } }
          : message,
      ),
  ),
};

function isRefusal(effect: { readonly kind: string }, reason: string): boolean {
  const { message } = effect as { readonly message?: Partial<Reply> };
  return message?.kind === 'reply' && message.answer?.kind === 'refused' && message.answer.reason === reason;
}
