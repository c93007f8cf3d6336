import { ADMIN_KINDS, CLIENT_KINDS, MEMBER_KIND, REGISTER_KIND } from '@synod/nats-transport';
import { majority } from '@synod/quorum';
import { EnvironmentError, optional, tokens, wholeNumber } from '../environment.js';
import { electionSettings, recordMiB, snapshotMiB, timingOf } from '../replica-settings.js';
import type { Membership, Role } from './role.js';

const roles = {
  proposers: {
    variable: 'SYNOD_PROPOSERS',
    meaning:
      'names of all proposers, separated by commas; the same everywhere. A place is the number in its ballots: add at the end, never reorder',
    parse: tokens,
  },
  acceptors: {
    variable: 'SYNOD_ACCEPTORS',
    meaning: 'names of the acceptors that found the group, separated by commas; the same everywhere',
    parse: tokens,
  },
  spares: {
    variable: 'SYNOD_SPARES',
    meaning:
      'names of acceptors that found nothing and may be added later, separated by commas; the same everywhere. Nobody hears one that is named nowhere',
    parse: optional(tokens),
    fallback: '',
  },
} as const;

const proposerSettings = { ...electionSettings, ...roles, snapshotMiB, recordMiB } as const;

const acceptorSettings = {
  ...electionSettings,
  ...roles,
  phase1: {
    variable: 'SYNOD_PHASE1_QUORUM',
    meaning: 'how many acceptors elect a leader; empty: a majority. Phase 1 and phase 2 must have one in common',
    parse: optional(wholeNumber(1, 64)),
    fallback: '',
  },
  phase2: {
    variable: 'SYNOD_PHASE2_QUORUM',
    meaning: 'how many acceptors make a value chosen; empty: a majority. The same at all acceptors, as phase 1',
    parse: optional(wholeNumber(1, 64)),
    fallback: '',
  },
  recordMiB,
} as const;

interface Lists {
  readonly self: string;
  readonly proposers: readonly string[];
  readonly acceptors: readonly string[];
  readonly spares: readonly string[] | undefined;
}

const outlived =
  'its acceptors have lost their disks and founded another group: it serves nobody. Bring their disks back, or empty its data directory';

/** Leads, learns, executes, answers clients. */
export const proposerRole: Role<typeof proposerSettings> = {
  name: 'proposer',
  settings: proposerSettings,
  membership(settings) {
    const { self, proposers } = settings;
    if (!proposers.includes(self)) {
      throw new EnvironmentError(`SYNOD_REPLICA ${self} is not among SYNOD_PROPOSERS ${proposers.join(',')}`);
    }
    return membershipOf(settings, 'proposer');
  },
  timing: timingOf,
  askedKinds: [...CLIENT_KINDS, REGISTER_KIND, ...ADMIN_KINDS, MEMBER_KIND],
  unready({ state, leader }) {
    if (state['standing'] === 'outlived') return outlived;
    if (state['standing'] !== 'active') return 'waits for an acceptor to tell who founded the group';
    return leader === undefined ? 'no leader is known' : undefined;
  },
  afterDamage: 'This proposer learns from the others what was chosen; if none has that, restore a backup',
};

const standings: Readonly<Record<string, string>> = {
  empty: 'waits for all acceptors to start for the first time, or to be taken in as a new one',
  lost: 'what it promised was damaged and set aside; waits to be taken in as a new acceptor',
  formed: 'waits for all acceptors to start for the first time',
};

/** Promises and votes, durably. */
export const acceptorRole: Role<typeof acceptorSettings> = {
  name: 'acceptor',
  settings: acceptorSettings,
  membership(settings) {
    const { self, proposers, acceptors, phase1, phase2 } = settings;
    if (proposers.includes(self)) {
      throw new EnvironmentError(`SYNOD_REPLICA ${self} is an acceptor, but is among SYNOD_PROPOSERS`);
    }
    requireQuorums(acceptors.length, phase1, phase2);
    return membershipOf(settings, 'acceptor');
  },
  timing: timingOf,
  askedKinds: ADMIN_KINDS,
  unready: ({ state }) => {
    const standing = String(state['standing']);
    return standing === 'active' ? undefined : (standings[standing] ?? `is ${standing}`);
  },
  afterDamage:
    'This acceptor comes back with an empty disk, as another one that nobody counts before the proposers have taken it in',
};

/** A spare that is started before the others have its name is in no list but its own. */
function membershipOf({ self, proposers, acceptors, spares = [] }: Lists, role: 'proposer' | 'acceptor'): Membership {
  const told = { SYNOD_PROPOSERS: proposers, SYNOD_ACCEPTORS: acceptors, SYNOD_SPARES: spares };
  for (const [[one, some], [other, others]] of pairsOf(Object.entries(told))) {
    const both = some.filter((name) => others.includes(name));
    if (both.length > 0) throw new EnvironmentError(`${both.join(', ')}: a name is in ${one} or in ${other}, not both`);
  }
  const voters = [...new Set([...acceptors, ...spares, ...(role === 'acceptor' ? [self] : [])])];
  const members = [...new Set([...proposers, ...voters])];
  const copies = role === 'proposer' ? proposers : voters;
  const lists = { members, proposers, acceptors, ...(spares.length > 0 && { spares }) };
  return { members, voters, copies, lists };
}

function pairsOf<T>(all: readonly T[]): readonly (readonly [T, T])[] {
  return all.flatMap((one, i) => all.slice(i + 1).map((other) => [one, other] as const));
}

/** Any phase-1 quorum must meet any phase-2 quorum (Flexible Paxos); for each that is not given, a majority. */
function requireQuorums(acceptors: number, phase1?: number, phase2?: number): void {
  const [elects = majority(acceptors), chooses = majority(acceptors)] = [phase1, phase2];
  const most = Math.max(elects, chooses);
  if (most > acceptors) throw new EnvironmentError(`a quorum of ${most} is more than the ${acceptors} SYNOD_ACCEPTORS`);
  if (elects + chooses > acceptors) return;
  throw new EnvironmentError(
    `SYNOD_PHASE1_QUORUM ${elects} and SYNOD_PHASE2_QUORUM ${chooses} need not meet among ${acceptors} acceptors: together they must be above ${acceptors}`,
  );
}
