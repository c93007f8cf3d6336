import { SynodError, connect } from '@synod/client';
import type { Description, KeyValueGroup, ReadOptions } from '@synod/client';
import { trustIn } from '@synod/keys';
import { protocols } from '@synod/topology';
import type { Protocol, Role } from '@synod/topology';
import { credentialsFor, findCluster } from '../cluster.js';
import type { Cluster, Role as User } from '../cluster.js';
import type { Call } from '../command.js';
import { CommandError, asCommandError, usageError } from '../exit-codes.js';
import { roleText } from '../status/overview.js';
import { wholeNumber } from '../values.js';

const longestTimeoutMs = 3_600_000;

export function timeoutOf({ values }: Call): number {
  return values.wholeNumber('timeout', 5000, 1, longestTimeoutMs);
}

/** How the options of `get` and `range` ask to read. */
export function readOptions({ values }: Call): ReadOptions {
  const maxAge = values.text('max-age');
  if (!values.flag('stale')) {
    if (maxAge !== undefined) throw usageError('--max-age is for --stale reads: a linearizable one is never behind');
    return { level: 'linearizable' };
  }
  return {
    level: 'stale',
    ...(maxAge !== undefined && { maxAgeMs: wholeNumber('--max-age', maxAge, 1, longestTimeoutMs) }),
  };
}

/** Connects, works, disconnects. When nobody serves, the error tells which replicas answered what. */
export async function withGroup<T>(
  call: Call,
  work: (group: KeyValueGroup, cluster: Cluster) => Promise<T>,
  cluster = findCluster(call),
  as: User = 'cli',
): Promise<T> {
  const timeoutMs = timeoutOf(call);
  const { user, seed } = credentialsFor(call, cluster, as);
  const { servers, tls, name, group, keys } = cluster;
  const trust = (of: string) => (keys === undefined ? undefined : trustIn(keys, of, user));
  const client = await connect({ servers, tls, cluster: name, user, seed, trust, timeoutMs });
  try {
    const store = client.group(group);
    try {
      return await work(store, cluster);
    } catch (error) {
      throw await diagnosed(error, store, cluster);
    }
  } finally {
    await client.close({ drainMs: 0 });
  }
}

async function diagnosed(error: unknown, group: KeyValueGroup, cluster: Cluster): Promise<unknown> {
  if (!(error instanceof SynodError) || !['unavailable', 'noQuorum', 'unknownOutcome'].includes(error.code))
    return error;
  const { exitCode, message, code } = asCommandError(error);
  return new CommandError(exitCode, `${message}\n${answersOf(await group.describe(), cluster)}`, code);
}

function answersOf(descriptions: readonly Description[], cluster: Cluster): string {
  const { group, name } = cluster;
  if (descriptions.length === 0) {
    return `No replica of group ${group} in cluster ${name} answers. Is the name right, and are its services running?`;
  }
  const answered = new Map(descriptions.map((description) => [description.replica, description]));
  const all = new Set([...answering(cluster), ...descriptions.flatMap((description) => description.members)]);
  const lines = [...all].sort().map((replica) => {
    const description = answered.get(replica);
    if (description === undefined) return `  ${replica}: no answer`;
    const { role, leader } = description;
    return `  ${replica}: ${roleText(role)}, ${leader === undefined ? 'knows no leader' : `leader is ${leader}`}`;
  });
  return ['What the replicas answer:', ...lines].join('\n');
}

/** Those of the stack that clients can ask: acceptors never answer them, alive or not. */
function answering({ protocol = '', members = [], roles = {} }: Cluster): readonly string[] {
  const known: readonly Role[] = Object.hasOwn(protocols, protocol) ? protocols[protocol as Protocol] : [];
  const silent = known.flatMap(({ role, answersClients }) => (answersClients ? [] : (roles[role] ?? [])));
  return members.filter((name) => !silent.includes(name));
}
