import { pbftAuthenticator } from '@synod/pbft-wire';
import type { Group } from '@synod/pbft-core';
import type { MakeQuestions } from '../client/overhear.js';
import { honest } from '../group.js';
import { sha256 } from '../keys.js';
import { replica, state } from './tampering.js';
import type { Mutants } from './tampering.js';

/** A client for which so many that answer alike are enough. */
function asking(how: 'order' | 'read', enough: (group: Group) => number): MakeQuestions {
  return (questions) => {
    const honestly = questions[how].bind(questions);
    questions[how] = (envelope) => ({ ...honestly(envelope), needed: enough(questions.answers.group) });
    return questions;
  };
}

/** What clients believe, what replicas believe of clients, and reads. */
export const clients: Mutants = {
  'believes-f-members': {
    mistake: 'a client believes what f members say alike',
    make: { ...honest, client: asking('order', ({ f }) => f) },
    swarm: { traitors: { r1: 'lying-reply' }, replicas: 4 },
  },
  'believes-f-readers': {
    mistake: 'a client believes a read that f + 1 members answer alike',
    make: { ...honest, client: asking('read', ({ weak }) => weak) },
    swarm: { traitors: { r1: 'lying-reply' }, replicas: 4 },
  },
  'believes-any-signature': {
    mistake: 'signatures are not verified',
    scenario: 'normal-case/only-the-primary-proposes',
    make: {
      ...honest,
      authenticator: ({ keys }) =>
        pbftAuthenticator({ keys, sha256, verify: (_key, _bytes, _signature, done) => done(true) }),
    },
    swarm: { traitors: { r1: 'forged-sender' }, replicas: 4 },
  },
  'reads-before-executed': replica(
    'a read is answered at once, though something prepared that is not executed',
    'reads/a-read-waits-for-what-prepared',
    () =>
      state((of) => {
        of.preparedThrough = 0;
      }),
  ),
  'keeps-no-stale-bound': replica('a stale read is answered however old', 'reads/a-stale-read-tells-its-age', () => ({
    before: (input) =>
      input.kind === 'receive' && input.message.kind === 'read'
        ? { ...input, message: { ...input.message, maxAgeMs: 0 } }
        : input,
  })),
};
