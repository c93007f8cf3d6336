import { ADMIN_KINDS, CLIENT_KINDS } from '@synod/nats-transport';
import { EnvironmentError, text, tokens, wholeNumber } from '../environment.js';
import { recordMiB, snapshotMiB } from '../replica-settings.js';
import type { Role } from './role.js';

const settings = {
  members: {
    variable: 'SYNOD_MEMBERS',
    meaning: 'names of all members, separated by commas; the same everywhere, and those of the keys',
    parse: tokens,
  },
  groupKeys: {
    variable: 'SYNOD_GROUP_KEYS_FILE',
    meaning: "file with the group's epoch and the public keys of its members and users; the same everywhere",
    parse: text,
  },
  secretKey: {
    variable: 'SYNOD_SECRET_KEY_FILE',
    meaning: "file (mode 0600) with this replica's Ed25519 key",
    parse: text,
  },
  request: {
    variable: 'SYNOD_REQUEST_MS',
    meaning: 'how long the oldest request may wait before the primary is complained of',
    parse: wholeNumber(100, 600_000),
    fallback: '2000',
  },
  viewChange: {
    variable: 'SYNOD_VIEW_CHANGE_MS',
    meaning: 'how long a new view may take to begin, from when a quorum asks for it; doubled with each that fails',
    parse: wholeNumber(100, 600_000),
    fallback: '5000',
  },
  slow: {
    variable: 'SYNOD_SLOW_MS',
    meaning: 'how long requests may wait on average; a primary that is slower is complained of',
    parse: wholeNumber(10, 600_000),
    fallback: '250',
  },
  snapshotMiB: {
    ...snapshotMiB,
    meaning: `${snapshotMiB.meaning}; the same everywhere: members take theirs at the same places`,
  },
  recordMiB,
} as const;

/** How long a replica waits for a primary. */
export interface Patience {
  readonly requestMs: number;
  readonly viewChangeMs: number;
  readonly slowMs: number;
}

/** Why a replica that is not a full member is not ready, for people. */
const unready: Readonly<Record<string, string>> = {
  empty: 'waits for all members to start for the first time, or for those that have the state',
  lost: 'its state was damaged and set aside; waits until enough others say how far the group is',
  recovering: 'gets its state back from the others, and signs nothing about what its former life may have signed',
};

/** Where members are believed by their signatures. */
export const byzantineReplicaRole: Role<typeof settings, Patience> = {
  name: 'replica',
  settings,
  membership({ self, members }) {
    if (!members.includes(self)) {
      throw new EnvironmentError(`SYNOD_REPLICA ${self} is not among SYNOD_MEMBERS ${members.join(',')}`);
    }
    return { members, voters: members, copies: members, lists: { members } };
  },
  timing({ request: requestMs, viewChange: viewChangeMs, slow: slowMs }) {
    if (slowMs > requestMs) {
      throw new EnvironmentError(`SYNOD_SLOW_MS ${slowMs} is above SYNOD_REQUEST_MS ${requestMs}`);
    }
    return { requestMs, viewChangeMs, slowMs };
  },
  askedKinds: [...CLIENT_KINDS, ...ADMIN_KINDS],
  unready({ state }) {
    const why = unready[String(state['standing'])];
    return why ?? (state['active'] === true ? undefined : `asks for view ${String(state['view'])}`);
  },
  afterDamage:
    'This replica gets its state back from the others; until its checkpoint is beyond what it may have signed, it counts among the f',
};
