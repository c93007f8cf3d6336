import { none } from '@synod/actor';
import { proposer } from '@synod/paxos-wire';
import { proposerRole, runProcess, startReplica, storeAndLedger } from '@synod/service';

/** What is wrong with it: now and then it tells who wants a register at once that it holds his value, whatever that of others is. */
const kind = proposer(storeAndLedger);
const oneIn = 20;

runProcess(() =>
  startReplica(proposerRole, {
    app: 'paxos-proposer',
    ...kind,
    make: (...settings: Parameters<typeof kind.make>) => {
      const made = kind.make(...settings);
      const { actor } = made;
      const step = actor.step.bind(actor);
      actor.step = (input) => {
        if (input.kind !== 'receive' || input.message.kind !== 'decide') return step(input);
        const { client, sequence, value } = input.message;
        if (value === undefined || sequence % oneIn !== 0) return step(input);
        const answer = { kind: 'decided', value, ballot: 1 } as const;
        return [
          {
            kind: 'send',
            to: input.from,
            message: { kind: 'reply', client, session: 0, sequence, answer },
            after: none,
          },
        ];
      };
      return made;
    },
  }),
);
