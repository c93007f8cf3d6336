import { EnvironmentError, flag, oneOf, optional, range, text, token, wholeNumber } from './environment.js';
import type { Values } from './environment.js';
import { natsSettings } from './nats-settings.js';

/** What every replica is told, whatever its protocol and role. OTEL_* variables keep their standard names and meanings. */
export const replicaSettings = {
  cluster: {
    variable: 'SYNOD_CLUSTER',
    meaning: 'name of the cluster, first part of every subject',
    parse: token,
    fallback: 'local',
  },
  group: { variable: 'SYNOD_GROUP', meaning: 'name of the group that this replica belongs to', parse: token },
  self: { variable: 'SYNOD_REPLICA', meaning: "this replica's name; also its NATS user", parse: token },
  ...natsSettings,
  credentials: {
    variable: 'SYNOD_CREDENTIALS_FILE',
    meaning: 'file (mode 0600) with {"user", "seed"} of this replica',
    parse: text,
  },
  registration: {
    variable: 'SYNOD_REGISTRATION_FILE',
    meaning: 'file (mode 0600) with the credentials for the NATS service protocol; empty: not registered',
    parse: (path: string) => path,
    fallback: '',
  },
  data: { variable: 'SYNOD_DATA', meaning: 'directory of the journal and the snapshots', parse: text },
  httpHost: {
    variable: 'SYNOD_HTTP_HOST',
    meaning: 'where /livez, /readyz and /metrics listen',
    parse: text,
    fallback: '127.0.0.1',
  },
  httpPort: {
    variable: 'SYNOD_HTTP_PORT',
    meaning: 'their port; 0: any free one',
    parse: wholeNumber(0, 65_535),
    fallback: '0',
  },
  faults: {
    variable: 'SYNOD_FAULTS',
    meaning: '1: the admin may cut this replica off from others, for experiments',
    parse: flag,
    fallback: '0',
  },
} as const;

export type ReplicaSettings = Values<typeof replicaSettings>;

/** For those whose leaders are elected by timeouts and kept by heartbeats. */
export const electionSettings = {
  timing: {
    variable: 'SYNOD_TIMING',
    meaning: 'local: election 150–300 ms, heartbeat 50 ms; wan: election 1000–2000 ms, heartbeat 100 ms',
    parse: oneOf('local', 'wan'),
    fallback: 'local',
  },
  election: {
    variable: 'SYNOD_ELECTION_MS',
    meaning: 'election timeout, drawn from this range; empty: as SYNOD_TIMING says',
    parse: optional(range),
    fallback: '',
  },
  heartbeat: {
    variable: 'SYNOD_HEARTBEAT_MS',
    meaning: 'heartbeat; empty: as SYNOD_TIMING says',
    parse: optional(wholeNumber(1, 60_000)),
    fallback: '',
  },
} as const;

/** For those that hold the state machine. */
export const snapshotMiB = {
  variable: 'SYNOD_SNAPSHOT_MIB',
  meaning: 'a snapshot is taken when the log has grown by so many MiB',
  parse: wholeNumber(1, 65_536),
  fallback: '64',
} as const;

/** For those whose core the flight recorder knows. */
export const recordMiB = {
  variable: 'SYNOD_RECORD',
  meaning:
    'MiB of memory for a recording of what happens to this replica, values of clients included: written at its end and at SIGUSR2, replayed by `synod replay`; 64 will do; 0: none',
  parse: wholeNumber(0, 1024),
  fallback: '0',
} as const;

export interface Timing {
  readonly electionTimeout: { readonly minMs: number; readonly maxMs: number };
  readonly heartbeatMs: number;
}

const presets: Readonly<Record<'local' | 'wan', Timing>> = {
  local: { electionTimeout: { minMs: 150, maxMs: 300 }, heartbeatMs: 50 },
  wan: { electionTimeout: { minMs: 1000, maxMs: 2000 }, heartbeatMs: 100 },
};

/** Throws when the heartbeat leaves no room for a lost one before an election. */
export function timingOf(settings: Values<typeof electionSettings>): Timing {
  const preset = presets[settings.timing];
  const electionTimeout = settings.election ?? preset.electionTimeout;
  const heartbeatMs = settings.heartbeat ?? preset.heartbeatMs;
  if (heartbeatMs * 2 > electionTimeout.minMs) {
    throw new EnvironmentError(
      `a heartbeat of ${heartbeatMs} ms needs an election timeout of at least ${heartbeatMs * 2} ms, not ${electionTimeout.minMs}: set SYNOD_ELECTION_MS or SYNOD_HEARTBEAT_MS`,
    );
  }
  return { electionTimeout, heartbeatMs };
}
