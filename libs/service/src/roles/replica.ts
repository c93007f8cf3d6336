import { ADMIN_KINDS, CLIENT_KINDS } from '@synod/nats-transport';
import { EnvironmentError, tokens } from '../environment.js';
import { electionSettings, recordMiB, snapshotMiB, timingOf } from '../replica-settings.js';
import type { Role } from './role.js';

const settings = {
  ...electionSettings,
  members: {
    variable: 'SYNOD_MEMBERS',
    meaning: 'names of all members, separated by commas; the same everywhere',
    parse: tokens,
  },
  snapshotMiB,
  recordMiB,
} as const;

/** Why a replica that is not a full member is not ready, for people. */
const unready: Readonly<Record<string, string>> = {
  empty: 'waits for all members to start for the first time, or for those that have the state',
  lost: 'its state was damaged and set aside; waits until every other member has its own. If too many lost theirs, restore a backup',
  formed: 'waits for all members to start for the first time',
  recovering: 'gets its state back from the others',
};

/** Where all members of a group are alike, as Raft's servers are. */
export const replicaRole: Role<typeof settings> = {
  name: 'replica',
  settings,
  membership({ self, members }) {
    if (!members.includes(self)) {
      throw new EnvironmentError(`SYNOD_REPLICA ${self} is not among SYNOD_MEMBERS ${members.join(',')}`);
    }
    return { members, voters: members, copies: members, lists: { members } };
  },
  timing: timingOf,
  askedKinds: [...CLIENT_KINDS, ...ADMIN_KINDS],
  unready: ({ state, leader }) =>
    unready[String(state['standing'])] ?? (leader === undefined ? 'no leader is known' : undefined),
  afterDamage:
    'This replica gets its state back from the others, if a majority of them has theirs; else restore a backup',
};
