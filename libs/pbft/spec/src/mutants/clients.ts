import { pbftAuthenticator } from '@synod/pbft-wire';
import type { Group } from '@synod/pbft-core';
import type { AlterClient } from '../client/overhear.js';
import type { PbftCourier } from '@synod/client/testing';
import { honest } from '../group.js';
import { sha256 } from '../keys.js';
import { received, replica, state } from './tampering.js';
import type { Mutants } from './tampering.js';

type Envelope = Parameters<PbftCourier['submit']>[0];

/** A client for which so many that answer alike are enough. */
function content(how: 'order' | 'read', enough: (group: Group) => number): AlterClient {
  return (courier) => {
    const questions = courier['questions'];
    const honestly = questions[how].bind(questions);
    questions[how] = (envelope: Envelope) => ({ ...honestly(envelope), needed: enough(questions.answers.group) });
  };
}

/** A client that takes what was not answered for what was not done. */
function forgetful(courier: PbftCourier): void {
  const submit = courier.submit.bind(courier);
  courier.submit = (envelope, outcome) =>
    Object.defineProperty(submit(envelope, outcome), 'mayHaveTakenEffect', { value: false });
}

/** A client that reads answers, and not who signed them. */
function gullible(courier: PbftCourier): void {
  Object.assign(courier['questions'].answers, { isSigned: () => true });
}

/** A client that asks one member, whoever that is. */
function trusting(courier: PbftCourier): void {
  const { members, protocol } = courier.directory;
  Object.assign(courier, { directory: { members: members.slice(0, 1), protocol } });
}

/** A client that has no read ordered: where answers differ it asks again, and believes fewer of them. */
function hasty(courier: PbftCourier): void {
  const { weak } = courier['questions'].answers.group;
  courier['order'] = (consultation: { readonly questions: { readonly needed: number }[] }) => {
    consultation.questions[0] = { ...consultation.questions[0]!, needed: weak };
    courier['send'](consultation, courier['surroundings'].now());
  };
}

/** What clients believe, what replicas believe of clients, and reads. */
export const clients: Mutants = {
  'believes-f-members': {
    mistake: 'a client believes what f members say alike',
    make: { ...honest, client: content('order', ({ f }) => f) },
    swarm: { traitors: { r1: 'lying-reply' }, replicas: 4 },
  },
  'believes-f-readers': {
    mistake: 'a client believes a read that f + 1 members answer alike',
    make: { ...honest, client: content('read', ({ weak }) => weak) },
    swarm: { traitors: { r1: 'lying-reply' }, replicas: 4 },
  },
  'has-no-read-ordered': {
    mistake:
      'a client that was answered a read in different ways believes f + 1 answers to it, instead of having it ordered',
    make: { ...honest, client: hasty },
    swarm: { traitors: { r1: 'lying-reply' }, replicas: 4 },
  },
  'believes-unsigned-answers': {
    mistake: 'a client does not verify what answers are signed with',
    make: { ...honest, client: gullible },
    swarm: { traitors: { r1: 'unproven-reply' }, replicas: 4 },
  },
  'takes-silence-for-no': {
    mistake: 'a client says that nothing has taken effect when it has no answer',
    make: { ...honest, client: forgetful },
    swarm: { replicas: 4 },
  },
  'asks-one-member': {
    mistake: 'a client asks the first member only',
    make: { ...honest, client: trusting },
    swarm: { traitors: { r1: 'silent' }, replicas: 4 },
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
  'full-of-proposals': replica(
    'what the primary proposes counts against what a backup takes of its clients',
    'clients/what-is-proposed-takes-no-clients-place',
    (member) => {
      member.takesClients = () => {
        const { waiting, configuration } = member['pbft'];
        return waiting.size < configuration.limits.waitingRequests;
      };
      return {};
    },
  ),
  'full-for-everybody': replica(
    'a primary whose list clients have filled takes nothing that other members wait for',
    'clients/a-full-primary-takes-what-others-wait-for',
    () =>
      received((message, _from, { waiting, configuration }) =>
        message.kind === 'relay' && waiting.size >= configuration.limits.waitingRequests ? undefined : message,
      ),
  ),
  'reads-before-executed': replica(
    'a read is answered at once, though something prepared that is not executed',
    'reads/a-read-waits-for-what-prepared',
    () =>
      state((of) => {
        of.preparedThrough = 0;
      }),
  ),
  'age-since-it-came': replica(
    'the word of a member is as old as the time since it came, however long it was under way',
    'reads/a-word-that-waited-tells-its-age',
    () => ({
      before: (input, { clock }) => {
        if (input.kind !== 'receive' || input.message.kind !== 'status' || !input.message.beat) return input;
        const { at, echoes } = input.message.beat;
        const beat = { at, echoes: echoes.map((echo) => echo && clock.stamp(input.at)) };
        return { ...input, message: { ...input.message, beat } };
      },
    }),
  ),
  'age-of-whatever-is-executed': replica(
    'the word of a member counts whether what prepared there is executed here or not',
    'reads/a-lagging-replica-tells-the-age-of-its-state',
    () => ({
      before: (input) =>
        input.kind === 'receive' && input.message.kind === 'status'
          ? { ...input, message: { ...input.message, prepared: 0 } }
          : input,
    }),
  ),
  'fresh-by-f-members': replica(
    'the age counts from the newest word of any other member instead of the oldest of a quorum',
    'reads/a-stale-read-tells-its-age',
    () => ({
      before: (input, { peers }) => {
        if (input.kind !== 'receive' || input.message.kind !== 'read') return input;
        const words = [...peers.values()].map(({ word }) => word);
        const newest = Math.max(...words.map((word) => word.settle(() => false)));
        for (const word of words) word.hear(newest, 0);
        return input;
      },
    }),
  ),
  'one-clock-for-all-lives': replica(
    'the clock that is echoed begins at the same base in every life',
    'reads/an-echo-of-a-former-life-tells-nothing',
    () => ({ before: (input) => (input.kind === 'recovered' ? { ...input, incarnation: 0 } : input) }),
  ),
  'reads-as-if-nothing-had-prepared': replica(
    'a restart forgets, for reads, what had prepared',
    'reads/a-read-waits-for-what-prepared-in-a-former-life',
    () => ({
      after: (effects, input, of) => {
        if (input.kind === 'recovered') of.preparedThrough = 0;
        return effects;
      },
    }),
  ),
  'keeps-no-stale-bound': replica('a stale read is answered however old', 'reads/a-stale-read-tells-its-age', () => ({
    before: (input) =>
      input.kind === 'receive' && input.message.kind === 'read'
        ? { ...input, message: { ...input.message, maxAgeMs: 0 } }
        : input,
  })),
};
