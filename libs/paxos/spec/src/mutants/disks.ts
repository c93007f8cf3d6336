import { PaxosProposer } from '@synod/paxos-core';
import type { Message, Record } from '@synod/paxos-core';
import { honest } from '../group.js';
import {
  acceptor,
  countedDisk,
  eachSets,
  isMessage,
  leaderState,
  members,
  proposer,
  received,
  state,
} from './tampering.js';
import type { Acceptor, Mutants, Proposer, Tampering } from './tampering.js';

/** First starts, lost disks, and changes of the acceptors. */
export const disks: Mutants = {
  'empty-disk-votes': acceptor(
    'an acceptor without anything on its disk promises and votes',
    'disks/a-group-starts-for-the-first-time',
    (member) => ({
      before: (input) => {
        if (input.kind !== 'recovered' || !input.empty) return input;
        const record: Record = {
          ...{ kind: 'acceptorState', standing: 'active', clusterId: 1, disk: 0, founding: undefined },
          ...{ promised: 0, trimmedThrough: 0, registersEpoch: 1, registerFloor: 0 },
        };
        member.honestly({ kind: 'recover', record, at: input.at });
        return input;
      },
    }),
  ),
  'votes-as-its-old-self': members(
    'an acceptor that lost its disk counts under its old number',
    'disks/a-lost-disk-does-not-vote-as-its-old-self',
    () =>
      received((message, from, of: Proposer | Acceptor) => {
        if (message.kind !== 'canvassReply' && message.kind !== 'promised' && message.kind !== 'accepted') return {};
        const disk = countedDisk(of as Proposer, from);
        return disk === undefined ? {} : { message: { ...message, disk } };
      }),
  ),
  'never-replaces-a-disk': proposer(
    'an acceptor with a new disk is never counted again',
    'disks/a-new-disk-takes-the-place-of-a-lost-one',
    () => received((message) => (message.kind === 'join' ? undefined : {})),
  ),
  'takes-over-without-asking': proposer(
    'a proposer that lost its disk takes over without asking which ballots were promised',
    'disks/a-proposer-without-its-disk-asks-before-it-takes-over',
    () =>
      state((of: Proposer) => {
        of.remembers ||= of.founding !== undefined;
      }),
  ),
  'draws-no-round': proposer(
    'a proposer that lost its disk goes on above the ballots that it was told, though later acceptors may have promised more',
    'disks/who-lost-its-disk-draws-its-next-round',
    () =>
      state((of: Proposer) => {
        Object.assign(of, { incarnation: 0 });
      }),
  ),
  'keeps-the-founders-to-itself': proposer(
    'a proposer does not tell another one who founded the group',
    'disks/proposers-tell-who-founded-the-group-when-no-acceptor-can',
    () => received((message) => (message.kind === 'canvass' ? undefined : {})),
  ),
  'learns-late-who-founded-the-group': proposer(
    'a proposer that hears a leader does not ask who founded the group before it would lead itself',
    'disks/who-hears-a-leader-asks-at-once-who-founded-the-group',
    () => received((message, _from, { sets }: Proposer) => (message.kind === 'accept' && sets === undefined ? undefined : {})), // prettier-ignore
  ),
  'serves-another-group': acceptor(
    'acceptors that founded a group anew do what a leader of the group before asks',
    'disks/a-leader-does-not-go-on-with-the-acceptors-of-another-group',
    () => received((message, _from, { clusterId }: Acceptor) => ({ message: { ...message, ...ours(message, clusterId) } })), // prettier-ignore
  ),
  'believes-another-group': proposer(
    'proposers believe those of a group that was there before theirs',
    'disks/proposers-of-another-group-are-not-believed',
    () => received((message, _from, { clusterId }: Proposer) => ({ message: { ...message, ...ours(message, clusterId) } })), // prettier-ignore
  ),
  'believes-other-disks': proposer(
    'a proposer that lost its disk is told what was promised by disks that do not count',
    'disks/another-disk-does-not-tell-what-a-lost-one-promised',
    () =>
      state((of: Proposer) => {
        const { census } = of;
        const honest = Map.prototype.get.bind(census) as typeof census.get;
        census.get = (address) => {
          const told = honest(address);
          return told && { ...told, disk: countedDisk(of, address) ?? told.disk };
        };
      }),
  ),
  'learns-what-another-group-chose': proposer(
    'a proposer learns what another one tells that was chosen in a group that was there before theirs',
    'disks/what-was-chosen-in-another-group-is-not-learned',
    () =>
      received((message, _from, { clusterId }: Proposer) => {
        const { kind } = message;
        const teaches = kind === 'chosen' || kind === 'snapshotOffer' || kind === 'snapshotChunk';
        return teaches ? { message: { ...message, clusterId } } : {};
      }),
  ),
  'replaces-a-disk-by-a-late-word': proposer(
    'any word that a disk joins puts it in the place of the one that has its name',
    'disks/a-late-word-that-a-disk-joins-replaces-none',
    () =>
      state(({ role }: Proposer, input) => {
        if (role.kind !== 'leader' || !isMessage(input, 'join')) return;
        const heard = role.heard.get(input.from);
        if (heard) role.heard.set(input.from, { ...heard, disk: input.message.disk });
      }),
  ),
  'believes-answers-to-former-lives': proposer(
    'a proposer that lost its disk believes what acceptors told a life before it, which has led since',
    'disks/an-answer-to-a-former-life-tells-nothing',
    () =>
      received((message, _from, { incarnation }: Proposer) =>
        message.kind === 'canvassReply' ? { message: { ...message, nonce: incarnation } } : {},
      ),
  ),
  'asks-no-more-than-would-elect-it': proposer(
    'a proposer that lost its disk is told enough by a phase-1 quorum',
    'disks/a-proposer-without-its-disk-asks-more-than-would-elect-it',
    () =>
      state((of: Proposer) => {
        const { sets, chosen, census } = of;
        const set = sets?.at(chosen.through + 1);
        const told = set?.acceptors.filter(({ address, disk }) => census.get(address)?.disk === disk).length ?? 0;
        of.remembers ||= set !== undefined && told >= set.phase1;
      }),
  ),
  'racing-changes-both-count': proposer(
    'of two changes of the acceptors that raced each other, both count',
    'reconfiguration/of-two-changes-that-race-one-counts',
    () =>
      eachSets((sets) => {
        const honest = sets.decided.bind(sets);
        sets.decided = (set, from) => honest({ ...set, version: sets.newest.version + 1 }, from);
      }),
  ),
  'batches-of-two-sets': proposer(
    'a batch is not cut where the acceptors change',
    'reconfiguration/a-batch-has-one-set-of-acceptors',
    () =>
      eachSets((sets) => {
        sets.lastSlotOf = () => Number.POSITIVE_INFINITY;
      }),
  ),
  'forgets-acceptors-too-soon': proposer(
    'a cut leaves only the newest acceptors, though slots of those before are open',
    'reconfiguration/acceptors-are-remembered-as-long-as-slots-of-theirs-are-open',
    () =>
      eachSets((sets) => {
        const honest = sets.forgetBefore.bind(sets);
        sets.forgetBefore = () => honest(sets.newestFrom);
      }),
  ),
  'in-force-at-once': proposer(
    'a change of the acceptors is in force from the next slot on',
    'reconfiguration/a-change-is-in-force-alpha-slots-later',
    () =>
      eachSets((sets, { configuration }) => {
        const honest = sets.decided.bind(sets);
        sets.decided = (set, from) => honest(set, from - configuration.limits.alpha + 1);
      }),
  ),
  'new-acceptors-without-phase-1': proposer(
    'slots of new acceptors are proposed in without their promises',
    'reconfiguration/commands-wait-until-the-acceptors-of-their-slot-have-promised',
    () =>
      leaderState(({ promises, ballot }, { sets, clusterId }) => {
        for (const { from, set } of sets!.known.slice(1)) {
          const silent = {
            kind: 'promised',
            ballot,
            from,
            through: from,
            last: 0,
            trimmedThrough: 0,
            clusterId,
            batches: [],
          } as const;
          for (const { address, disk } of set.acceptors)
            if (!promises.hasPromised(address, disk)) promises.take(address, { ...silent, disk }, 0);
        }
      }),
  ),
  'changes-before-the-last-one-is-seen-through': proposer(
    'acceptors change again while slots of those before are on too few disks of proposers',
    'reconfiguration/acceptors-change-again-when-those-before-may-go',
    () => seesThrough(Number.POSITIVE_INFINITY),
  ),
  'changes-one-slot-too-soon': proposer(
    'acceptors change again while the last slot of those before is on too few disks of proposers',
    'reconfiguration/the-last-slot-before-a-change-is-seen-through-too',
    () => seesThrough(1),
  ),
  'recovers-changes-at-once': proposer(
    'a change of the acceptors that the journal tells is in force from the next slot on',
    'reconfiguration/a-change-that-the-journal-tells-is-in-force-alpha-slots-later',
    () => {
      let recovers = true;
      return {
        ...eachSets((sets, { configuration }) => {
          const honest = sets.decided.bind(sets);
          sets.decided = (set, from) => honest(set, recovers ? from - configuration.limits.alpha + 1 : from);
        }),
        after: (effects, input) => {
          if (input.kind === 'recovered') recovers = false;
          return effects;
        },
      };
    },
  ),
  'says-too-soon-that-a-change-is-seen-through': {
    mistake:
      'whoever operates the group is told that acceptors may go while proposers do not have on disk what those have chosen',
    make: { ...honest, proposer: (configuration, service) => new SaysTooSoon(configuration, service) },
  },
  'changes-before-registers-follow': proposer(
    'acceptors change again while the registers have not followed the change before',
    'reconfiguration/acceptors-change-again-when-registers-have-followed',
    () => {
      let honest: Proposer['registerSet'];
      return {
        before: (input, of) => {
          if (!(isMessage(input, 'join') || isMessage(input, 'reconfigure'))) return input;
          honest = of.registerSet;
          of.registerSet = of.sets?.newest;
          return input;
        },
        after: (effects, _input, of) => {
          if (honest !== undefined) of.registerSet = honest;
          honest = undefined;
          return effects;
        },
      };
    },
  ),
  'changes-over-changes': proposer(
    'a change of the acceptors does not name the set that it changes',
    'reconfiguration/a-change-names-the-version-that-it-changes',
    () =>
      received((message, _from, { sets }: Proposer) =>
        message.kind === 'reconfigure' && sets ? { message: { ...message, version: sets.newest.version } } : {},
      ),
  ),
};

class SaysTooSoon extends PaxosProposer {
  override inspect() {
    const { sets, registerSet } = this.proposer;
    const honestly = super.inspect();
    const { version } = sets?.newest ?? { version: 0 };
    return registerSet?.version === version && 'settledVersion' in honestly
      ? { ...honestly, settledVersion: version }
      : honestly;
  }
}

/** A request that names another group looks like one of ours; what members say while they found one, as it is. */
function ours(message: Message, clusterId: number): { readonly clusterId?: number } {
  const { kind } = message;
  const founds = kind === 'form' || kind === 'formed' || kind === 'activate' || kind === 'helloReply';
  return 'clusterId' in message && !founds && kind !== 'canvassReply' ? { clusterId } : {};
}

/** A leader that is asked for other acceptors believes that so many slots more may be forgotten. */
function seesThrough(more: number): Tampering<Proposer> {
  let honest: number | undefined;
  return {
    before: (input, { role }) => {
      if (role.kind !== 'leader' || !(isMessage(input, 'join') || isMessage(input, 'reconfigure'))) return input;
      honest = role.trimThrough;
      role.trimThrough += more;
      return input;
    },
    after: (effects, _input, { role }) => {
      if (role.kind !== 'leader' || honest === undefined) return effects;
      const trimThrough = (role.trimThrough = honest);
      honest = undefined;
      return effects.map((effect) =>
        effect.kind === 'send' && effect.message.kind === 'accept'
          ? { ...effect, message: { ...effect.message, trimThrough } }
          : effect,
      );
    },
  };
}
