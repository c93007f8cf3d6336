import type { Address } from '@synod/actor';
import { EntryBatch } from '@synod/log';
import type { AcceptorSet, Promised } from '@synod/paxos-core';
import {
  acceptor,
  asIfNothingWereInstalled,
  eachMessage,
  isMessage,
  leaderState,
  proposer,
  quorums,
  received,
  state,
} from './tampering.js';
import type { Acceptor, E, Leader, Mutants, Proposer, TamperedProposer, Tampering } from './tampering.js';

/** Who may lead, and with which values. */
export const phase1: Mutants = {
  'adopts-any': proposer(
    'of the values reported for a slot the first one is adopted, whatever its ballot',
    'phase-1/the-value-of-the-highest-ballot-is-adopted',
    () => received((message) => (message.kind === 'promised' ? { message: reported(message, 64) } : {})),
  ),
  'adopts-the-latest-told': proposer(
    'of the values reported for a slot the one that was told last is adopted',
    'phase-1/the-most-recent-word-does-not-count',
    () => {
      let told = 64;
      return received((message) => (message.kind === 'promised' ? { message: reported(message, told++) } : {}));
    },
  ),
  'mixes-promise-and-vote': acceptor(
    'an acceptor does not keep the ballot of a vote apart from that of its promise',
    'phase-1/the-value-of-the-highest-ballot-is-adopted',
    () => eachMessage((message) => (message.kind === 'promised' ? reported(message, message.ballot) : message)),
  ),
  'ignores-what-was-accepted': proposer(
    'a new leader proposes its own commands, whatever phase 1 found',
    'phase-1/the-value-of-the-highest-ballot-is-adopted',
    () =>
      received((message) =>
        message.kind === 'promised'
          ? { message: { ...message, last: 0, through: Math.max(message.through, message.last), batches: [] } }
          : {},
      ),
  ),
  'counts-promise-messages': proposer(
    'promises are counted by message, not by acceptor',
    'phase-1/a-promise-counts-once',
    () =>
      received((message, from, { role, sets, chosen }: Proposer) => {
        if (message.kind !== 'promised' || role.kind !== 'preparing') return {};
        const { acceptors } = sets!.at(chosen.through + 1);
        const isKnown = role.promises.hasPromised(from, message.disk);
        const other = acceptors.find(({ address, disk }) => !role.promises.hasPromised(address, disk));
        return isKnown && other ? { from: other.address, message: { ...message, disk: other.disk } } : {};
      }),
  ),
  'counts-earlier-promises': proposer(
    'a promise of an earlier ballot counts for the present one',
    'phase-1/a-promise-of-an-earlier-ballot-does-not-count',
    () =>
      received((message, _from, { role }: Proposer) =>
        message.kind === 'promised' && role.kind === 'preparing'
          ? { message: { ...message, ballot: role.ballot } }
          : {},
      ),
  ),
  'leads-with-one-less': proposer(
    'one promise less than a phase-1 quorum is enough, so that it need not meet a phase-2 quorum',
    'phase-1/a-proposer-with-a-quorum-of-promises-leads',
    () => quorums(({ phase1 }) => ({ phase1: Math.max(1, phase1 - 1) })),
  ),
  'keeps-executed-slots-to-itself': acceptor(
    'a promise leaves out the slots that are known to be chosen',
    'phase-1/executed-slots-are-told',
    () => {
      let chosenThrough = 0;
      return {
        before: (input) => {
          if (isMessage(input, 'accept')) chosenThrough = Math.max(chosenThrough, input.message.chosenThrough);
          return input;
        },
        ...eachMessage((message) => {
          if (message.kind !== 'promised') return message;
          const batches = message.batches.filter(({ last }) => last > chosenThrough);
          return { ...message, batches, last: Math.max(0, ...batches.map(({ last }) => last)) };
        }),
      };
    },
  ),
  'trims-in-silence': acceptor(
    'an acceptor that has forgotten slots does not say so',
    'phase-1/a-candidate-behind-the-trimmed-slots-learns-first',
    () => eachMessage((message) => (message.kind === 'promised' ? { ...message, trimmedThrough: 0 } : message)),
  ),
  'tells-one-page': acceptor('the first page of a promise is said to be all', 'phase-1/a-promise-comes-in-pages', () =>
    eachMessage((message) => (message.kind === 'promised' ? { ...message, last: message.through } : message)),
  ),
  'asks-for-later-pages-only': proposer(
    'an acceptor that has told of later slots first is not asked for those before',
    'phase-1/who-told-of-later-slots-first-is-asked-for-those-before',
    () =>
      state(({ role }: Proposer) => {
        if (role.kind !== 'leader' && role.kind !== 'preparing') return;
        const { promises } = role;
        promises.untoldFrom = (slot, acceptor, disk) => {
          const told = promises['told'].get(acceptor);
          return told?.disk === disk ? told.through + 1 : slot;
        };
      }),
  ),
  'opens-slots-that-were-not-told': proposer(
    'an acceptor that has told of later slots counts for those before, too',
    'phase-1/who-told-of-later-slots-first-is-asked-for-those-before',
    () =>
      state(({ role }: Proposer) => {
        if (role.kind === 'leader') for (const told of role.promises['told'].values()) told.from = 0;
      }),
  ),
  'promises-older-ballots': acceptor(
    'a prepare of an older ballot than the promised one is answered with a promise',
    'phase-1/a-promise-survives-a-crash',
    () =>
      state((of: Acceptor, input) => {
        if (isMessage(input, 'prepare') && input.message.ballot < of.promised) of.promised = input.message.ballot - 1;
      }),
  ),
  'leaves-gaps': proposer(
    'slots in which nothing was accepted are left out when what comes after them is proposed again',
    'phase-1/gaps-are-filled-before-new-commands',
    () =>
      eachMessage((message) => {
        if (message.kind !== 'accept') return message;
        return { ...message, batches: message.batches.flatMap(withoutNoOps).slice(0, 1) };
      }),
  ),
  'new-commands-first': proposer(
    'new commands are proposed before all that phase 1 found is proposed again',
    'phase-1/a-promise-comes-in-pages',
    () => lastFound(({ gathered }) => gathered.length > 0),
  ),
  'increments-blindly': proposer(
    'the next ballot is one more than the own last one, whatever the refusal named',
    'leadership/the-next-ballot-is-above-what-was-refused',
    () =>
      received((message) => (message.kind === 'nack' ? { message: { ...message, promised: message.ballot + 1 } } : {})),
  ),
  'deposed-by-whoever-refuses': proposer(
    'a leader gives up when an acceptor refuses that decides none of its slots',
    'leadership/who-decides-no-slot-unseats-nobody',
    () =>
      received((message, _from, { sets, chosen }: Proposer) => {
        if (message.kind !== 'nack' || sets === undefined) return {};
        const { address: from, disk } = sets.at(chosen.through + 1).acceptors[0]!;
        return { from, message: { ...message, disk } };
      }),
  ),
  'no-canvass': proposer(
    'a proposer raises its ballot without asking first',
    'leadership/a-canvass-raises-no-ballot',
    (member) => ({
      after: (effects, input, of) =>
        of.role.kind === 'canvassing' && input.kind === 'timeout' && input.timer === 'election'
          ? [...effects.filter(({ kind }) => kind !== 'send'), ...granted(member, of, input.at)]
          : effects,
    }),
  ),
  'not-sticky': acceptor(
    'an acceptor that hears a leader grants others all the same',
    'leadership/who-hears-a-leader-grants-no-canvass',
    () =>
      state((of: Acceptor, input) => {
        if (isMessage(input, 'canvass')) of.heardLeaderAt = Number.NEGATIVE_INFINITY;
      }),
  ),
  'duels-without-back-off': proposer(
    'a proposer that is preempted prepares a higher ballot at once',
    'leadership/proposers-that-duel-back-off',
    (member) => ({
      after: (effects, { at }, of) => {
        const isPreempted = effects.some(
          (effect) => effect.kind === 'observe' && effect.event.kind === 'becameFollower' && effect.event.why === 'preempted', // prettier-ignore
        );
        if (!isPreempted || of.leader !== undefined) return effects;
        of.heardLeaderAt = Number.NEGATIVE_INFINITY;
        return [...effects, ...member.honestly({ kind: 'timeout', timer: 'election', at }), ...granted(member, of, at)];
      },
    }),
  ),
  'no-check-quorum': proposer(
    'a leader that no quorum answers goes on',
    'leadership/a-leader-without-a-quorum-gives-up',
    () =>
      state((of: Proposer, { at }) => {
        if (of.role.kind === 'leader') of.role.quorum = { ...of.role.quorum, since: at };
      }),
  ),
  'connected-to-those-to-come': proposer(
    'a leader goes on as long as a quorum answers of acceptors that are chosen and not in force yet',
    'leadership/a-leader-without-a-quorum-of-those-in-force-gives-up',
    () => {
      let sets: Proposer['sets'];
      return {
        before: (input, of) => {
          sets = input.kind === 'timeout' && input.timer === 'heartbeat' ? of.sets : undefined;
          const newest = sets?.newest;
          if (sets !== undefined && newest !== undefined) sets.at = () => newest;
          return input;
        },
        after: (effects) => {
          if (sets !== undefined) delete (sets as { at?: unknown }).at;
          return effects;
        },
      };
    },
  ),
  'connected-to-a-phase-1-quorum': proposer(
    'a leader goes on as long as a phase-1 quorum answers, though phase 2 needs more',
    'leadership/a-leader-without-a-phase-2-quorum-gives-up',
    () =>
      leaderState((role, { sets, chosen, configuration }, { at }) => {
        const set = sets!.at(chosen.through + 1);
        const since = at - configuration.electionTimeout.maxMs;
        if (heardSince(role, set, since) >= set.phase1) role.quorum = { ...role.quorum, since: at };
      }),
  ),
  'lost-prepares-stay-lost': proposer(
    'what asks for promises is sent once',
    'phase-1/a-lost-prepare-is-sent-again',
    () => ({
      before: (input, { role }) =>
        input.kind === 'timeout' && input.timer === 'heartbeat' && role.kind !== 'leader' ? undefined : input,
    }),
  ),
  'hand-over-meets-stickiness': proposer(
    'whoever is asked to take over asks the acceptors first, which hear the leader',
    'leadership/leadership-is-handed-over',
    () => received((message) => (message.kind === 'takeOver' ? undefined : {})),
  ),
  'takes-over-for-anybody': proposer(
    'whoever is asked to take over does so, though the one that asks leads no more',
    'leadership/a-hand-over-by-a-former-leader-is-not-taken',
    () =>
      received((message, from, { leader = from, leaderBallot: ballot }: Proposer) =>
        message.kind === 'takeOver' ? { from: leader, message: { ...message, ballot } } : {},
      ),
  ),
  'follows-deposed-leaders': proposer(
    'a proposer follows whoever says that it leads, though it has heard a later leader',
    'leadership/a-deposed-leader-is-not-followed',
    () =>
      state((of: Proposer, input) => {
        if (of.role.kind === 'follower' && isMessage(input, 'accept'))
          of.leaderBallot = Math.min(of.leaderBallot, input.message.ballot);
      }),
  ),
  'gives-way-to-deposed-leaders': proposer(
    'a proposer that prepares a higher ballot follows the leader of a lower one when it hears it',
    'leadership/a-deposed-leader-stops-nobody-who-prepares',
    () =>
      state((of: Proposer, input) => {
        const { role } = of;
        if (role.kind !== 'preparing' || !isMessage(input, 'accept') || input.message.ballot >= role.ballot) return;
        of.role = { kind: 'canvassing', ballot: role.ballot, why: 'leaderSilent', answers: new Map() };
      }),
  ),
  'hands-over-to-the-silent': proposer(
    'a leader that stops names a proposer that it has not heard for an election timeout',
    'leadership/leadership-is-not-handed-over-to-the-silent',
    () =>
      leaderState(({ progress }, _proposer, input) => {
        if (input.kind !== 'stopping') return;
        for (const [address, word] of progress) progress.set(address, { ...word, at: input.at });
      }),
  ),
  'leads-while-it-installs': proposer(
    'a proposer leads while its state is being replaced by a snapshot of more than it knows',
    'snapshots/nobody-leads-while-it-installs-a-snapshot',
    () => asIfNothingWereInstalled('promised'),
  ),
  'hand-over-for-ever': proposer(
    'a leader that stops waits without end for the one that was to take over',
    'leadership/a-hand-over-that-fails-times-out',
    () => ({ before: (input) => (input.kind === 'timeout' && input.timer === 'handOver' ? undefined : input) }),
  ),
};

/** Acceptors of this set that the leader has heard since then. */
function heardSince({ heard }: Leader, { acceptors }: AcceptorSet, since: number): number {
  return acceptors.filter(({ address, disk }) => {
    const word = heard.get(address);
    return word !== undefined && word.disk === disk && word.at >= since;
  }).length;
}

/** As if all of it had been accepted in this ballot. */
function reported(message: Promised, era: number): Promised {
  const batches = message.batches.map(
    ({ first, entries, sizeBytes }) => new EntryBatch(era, first, entries, sizeBytes),
  );
  return { ...message, batches };
}

/** The stretches of a batch that hold values. */
function withoutNoOps(batch: EntryBatch): readonly EntryBatch[] {
  const parts: EntryBatch[] = [];
  batch.entries.forEach((entry, i) => {
    if (entry.kind === 'noOp') return;
    const slot = batch.first + i;
    const part = batch.from(slot).before(slot + 1);
    const previous = parts.at(-1);
    if (previous?.last !== slot - 1) parts.push(part);
    else parts[parts.length - 1] = batch.from(previous.first).before(slot + 1);
  });
  return parts;
}

/** Whenever this holds, phase 1 is taken to have found nothing. */
export function lastFound(isHidden: (role: Leader) => boolean): Tampering<Proposer> {
  const changed = new WeakSet<object>();
  return state<Proposer>(({ role }) => {
    if (role.kind !== 'leader' || changed.has(role.promises)) return;
    const { promises } = role;
    changed.add(promises);
    const honest = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(promises), 'last')!.get!;
    Object.defineProperty(promises, 'last', {
      get: () => (isHidden(role) ? 0 : (honest.call(promises) as number)),
    });
  });
}

/** The answers of all acceptors, as if they had granted. */
function granted(member: TamperedProposer, { sets, role, incarnation, chosen }: Proposer, at: number): readonly E[] {
  if (sets === undefined || role.kind !== 'canvassing') return [];
  const { ballot } = role;
  return sets.at(chosen.through + 1).acceptors.flatMap(({ address, disk }: { address: Address; disk: number }) => {
    const answer = { granted: true, disk, promised: 0, founding: undefined, clusterId: 0 } as const;
    const message = { kind: 'canvassReply', nonce: incarnation, ballot, ...answer } as const;
    return member.honestly({ kind: 'receive', from: address, message, at });
  });
}
