import type { Message } from '@synod/paxos-core';
import { honest } from '../group.js';
import { acceptor, eachMessage, isMessage, leaderState, proposer, quorums, received, state, unlimited, without } from './tampering.js'; // prettier-ignore
import type { Acceptor, Mutants, Proposer, Tampering } from './tampering.js';

const laterVote = 'phase-2/a-later-vote-leaves-the-other-slots-of-an-earlier-one';

/** What acceptors accept, and when a value is chosen. */
export const phase2: Mutants = {
  'accepts-below-its-promise': acceptor(
    'what an older leader asks is accepted although a higher ballot was promised',
    'phase-2/a-late-accept-does-not-break-a-promise',
    () =>
      state((of: Acceptor, input) => {
        if (isMessage(input, 'accept') && input.message.ballot < of.promised) of.promised = input.message.ballot;
      }),
  ),
  'accepting-promises-nothing': acceptor(
    'an accept of a higher ballot does not raise the promise',
    'phase-2/accepting-raises-the-promise',
    () => {
      let promised: number | undefined;
      const said = eachMessage<Acceptor>(withoutLaterVotes);
      return {
        before: (input, of) => {
          promised = isMessage(input, 'accept') ? of.promised : undefined;
          return input;
        },
        after: (effects, input, of) => {
          if (promised !== undefined) of.promised = promised;
          return said.after!(effects, input, of);
        },
      };
    },
  ),
  'forgets-what-is-before-a-later-vote': acceptor(
    'a later vote for some slots of an earlier one takes the place of those before them, too',
    laterVote,
    () => forgetting((old, first) => old.last === first - 1),
  ),
  'forgets-what-is-after-a-later-vote': acceptor(
    'a later vote for some slots of an earlier one takes the place of those after them, too',
    laterVote,
    () => forgetting((old, _first, last) => old.first === last + 1),
  ),
  'acks-what-it-does-not-hold': acceptor(
    'a vote names all slots up to the last one, not those of the message',
    'phase-2/slots-are-chosen-in-any-order-and-executed-in-theirs',
    () =>
      eachMessage((message) => (message.kind === 'accepted' && message.last > 0 ? { ...message, first: 1 } : message)),
  ),
  'counts-vote-messages': proposer('votes are counted by message, not by acceptor', 'phase-2/a-vote-counts-once', () =>
    received((message, from, { role }: Proposer) => {
      if (message.kind !== 'accepted' || message.last === 0 || role.kind !== 'leader') return {};
      for (let at = 0; at < role.instances.size; at++) {
        const { batch, set, acceptedBy } = role.instances.at(at)!;
        if (batch.first !== message.first || !acceptedBy.has(from)) continue;
        const other = set.acceptors.find(({ address }) => !acceptedBy.has(address));
        if (other) return { from: other.address, message: { ...message, disk: other.disk } };
      }
      return {};
    }),
  ),
  'counts-votes-of-other-ballots': proposer(
    'a vote of an earlier ballot counts in the present one',
    'phase-2/votes-of-different-ballots-do-not-add-up',
    () =>
      received((message, _from, { role }: Proposer) =>
        message.kind === 'accepted' && role.kind === 'leader' ? { message: { ...message, ballot: role.ballot } } : {},
      ),
  ),
  'chosen-by-one-less': proposer(
    'one vote less than a phase-2 quorum chooses',
    'phase-2/a-command-is-chosen-by-a-quorum',
    () => quorums(({ phase2 }) => ({ phase2: Math.max(1, phase2 - 1) })),
  ),
  'chosen-when-proposed': proposer(
    'a value counts as chosen when it is proposed',
    'phase-2/a-command-is-chosen-by-a-quorum',
    (member) => ({
      after: (effects, { at }, of) => {
        const { role } = of;
        if (role.kind !== 'leader') return effects;
        const counted = effects.flatMap((effect) => {
          if (effect.kind !== 'observe' || effect.event.kind !== 'proposed') return [];
          const { first, last } = effect.event;
          return of.sets!.at(first).acceptors.flatMap(({ address: from, disk }) => {
            const answer = { disk, round: 0, first, last, heldBytes: 0, registersEpoch: 1, echo: 0 } as const;
            const message = { kind: 'accepted', ballot: role.ballot, ...answer, clusterId: of.clusterId } as const;
            return member.honestly({ kind: 'receive', from, message, at });
          });
        });
        return [...effects, ...counted];
      },
    }),
  ),
  'half-of-all-promises': proposer(
    'half of the acceptors is a phase-1 quorum, however small the phase-2 quorums are, which it need not meet',
    'phase-2/flexible-quorums',
    () => quorums(({ acceptors, phase1 }) => ({ phase1: Math.min(phase1, Math.ceil(acceptors.length / 2)) })),
  ),
  'executes-out-of-order': proposer(
    'a slot that is chosen is executed before those that come before it',
    'phase-2/slots-are-chosen-in-any-order-and-executed-in-theirs',
    () =>
      leaderState(({ instances }) => {
        for (let at = 1; at < instances.size; at++) if (instances.at(at)!.chosen) instances.at(0)!.chosen = true;
      }),
  ),
  'lost-accepts-stay-lost': proposer('what asks for votes is sent once', 'phase-2/lost-accepts-are-driven-again', () =>
    without(
      (effect, _of, input) =>
        input.kind === 'timeout' &&
        effect.kind === 'send' &&
        effect.message.kind === 'accept' &&
        effect.message.batches.length > 0 &&
        input.timer === 'heartbeat',
    ),
  ),
  'slots-beyond-alpha': {
    mistake: 'more than α slots may be undecided',
    scenario: 'phase-2/no-slot-beyond-alpha',
    make: {
      ...honest,
      proposer: (configuration, service) => {
        const { limits } = configuration;
        return honest.proposer({ ...configuration, limits: { ...limits, alpha: 10 * limits.alpha } }, service);
      },
    },
  },
  'window-without-end': unlimited(
    'what is proposed and not chosen has no bound in bytes',
    'phase-2/no-more-bytes-are-under-way-than-the-window',
    'windowBytes',
  ),
  'gathers-without-end': unlimited(
    'any number of commands may wait',
    'phase-2/too-much-at-once-is-refused',
    'gatheredBytes',
  ),
  'requests-of-any-size': unlimited(
    'a command of any size is taken',
    'phase-2/too-much-at-once-is-refused',
    'requestBytes',
  ),
};

type Held = ReturnType<Acceptor['votes']['from']>[number];

/** Of votes that were cut in two by a later one, those pieces are gone. */
function forgetting(lost: (old: Held, first: number, last: number) => boolean): Tampering<Acceptor> {
  const all = Number.MAX_SAFE_INTEGER;
  return state(({ votes }: Acceptor) => {
    if (careless.has(votes)) return;
    careless.add(votes);
    const honestly = votes.add.bind(votes);
    votes.add = (number, batch) => {
      const before = new Set(votes.from(1, all));
      honestly(number, batch);
      const isLost = (old: Held) => !before.has(old) && old.number !== number && lost(old, batch.first, batch.last);
      const left = votes.from(1, all).filter((old) => !isLost(old));
      Object.assign(votes, { held: left, head: 0 });
    };
  });
}

const careless = new WeakSet<object>();

/** Nothing that was accepted in a later ballot than the one that is promised to: the wire refuses such a promise. */
function withoutLaterVotes(message: Message): Message {
  if (message.kind !== 'promised') return message;
  return { ...message, batches: message.batches.filter(({ era }) => era <= message.ballot) };
}
