import { existsSync, readdirSync } from 'node:fs';
import { credentialsPath, isToken, readCredentials } from '@synod/nats-transport';
import type { Credentials, TlsFiles } from '@synod/nats-transport';
import type { Call } from './command.js';
import { CommandError, usageError } from './exit-codes.js';
import { findStack, processState } from './stack.js';
import type { GroupOfStack, Service, Stack } from './stack.js';
import type { Values } from './values.js';

/** Where a command goes. Options win over the environment, and that over the local stack. */
export interface Cluster {
  readonly name: string;
  readonly servers: readonly string[];
  readonly group: string;
  /** When it is known beforehand, as what follows. */
  readonly protocol: string | undefined;
  /** The multicast name of the group's members. */
  readonly everyone: string;
  readonly members: readonly string[] | undefined;
  /** Members by what they are: `proposer`, `acceptor`. */
  readonly roles: Readonly<Record<string, readonly string[]>> | undefined;
  readonly credentials: string;
  readonly tls: TlsFiles | undefined;
  /** Where the keys of groups are whose members sign. */
  readonly keys: string | undefined;
  readonly traces: string | undefined;
  readonly stack: Stack | undefined;
}

/** Who a command is at the broker unless `--user` says otherwise. */
export type Role = 'cli' | 'admin' | 'observer';

const defaultGroup = 'raft';
const defaultEveryone = 'replicas';

/** The group that is meant. Throws what is wrong, and what to run or to set. */
export function findCluster(call: Call): Cluster {
  return groupsOf(call, (groups) => groups.slice(0, 1))[0]!;
}

/** For what can be asked of several groups: all of the local stack, when none is named. */
export function findClusters(call: Call): readonly Cluster[] {
  return groupsOf(call, (groups) => groups);
}

/** The first group of the stack in whose protocol there is such a thing, when none is named. */
export function findClusterWith(call: Call, offers: (protocol: string) => boolean): Cluster {
  return groupsOf(call, (groups, stack) => {
    const offering = groups.filter((name) => offers(stack?.groups[name]?.protocol ?? ''));
    return [...offering, ...groups].slice(0, 1);
  })[0]!;
}

/** `choose` out of the stack's groups, which stand in its order; out of `raft` where there is no stack. */
function groupsOf(
  { values, directory }: Call,
  choose: (groups: readonly string[], stack: Stack | undefined) => readonly string[],
): readonly Cluster[] {
  const nats = values.text('nats');
  const stack = stackFor(nats, directory);
  if (nats === undefined && stack === undefined) throw noStack();
  if (stack !== undefined && nats === undefined) requireRunning(stack);
  const credentials = values.text('credentials') ?? stack?.credentials;
  if (credentials === undefined) {
    throw usageError(
      'with --nats, name the directory of your credentials, too: --credentials DIR or SYNOD_CREDENTIALS',
    );
  }
  const name = token('--cluster', values.text('cluster') ?? stack?.cluster ?? 'local');
  const servers = (nats ?? stack!.nats).split(',').map((server) => server.trim());
  const traces = values.text('traces') ?? stack?.traces;
  const keys = values.text('trust') ?? stack?.keys;
  const tls = tlsOf(values);
  const named = values.text('group');
  const groups = named === undefined ? choose(groupNames(stack), stack) : [named];
  return groups.map((group) => {
    const known = knownGroup(stack, token('--group', group));
    const { protocol, members, roles } = known ?? {};
    const everyone = known?.everyone ?? defaultEveryone;
    return { name, servers, group, protocol, everyone, members, roles, credentials, tls, keys, traces, stack };
  });
}

function tlsOf(values: Values): TlsFiles | undefined {
  const [caFile, certFile, keyFile] = [values.text('ca'), values.text('cert'), values.text('key')];
  if ((certFile === undefined) !== (keyFile === undefined)) throw usageError('--cert and --key belong together');
  if (caFile === undefined && certFile === undefined) return undefined;
  return { ...(caFile !== undefined && { caFile }), ...(certFile !== undefined && { certFile, keyFile: keyFile! }) };
}

function groupNames(stack: Stack | undefined): readonly string[] {
  const names = Object.keys(stack?.groups ?? {});
  return names.length === 0 ? [defaultGroup] : names;
}

function knownGroup(stack: Stack | undefined, group: string): GroupOfStack | undefined {
  if (stack === undefined) return undefined;
  if (Object.hasOwn(stack.groups, group)) return stack.groups[group];
  throw usageError(`the local stack has no group ${group}; it has ${Object.keys(stack.groups).join(', ')}`);
}

/** Those of the named group, or all, gateway and broker included, when none is named. */
export function servicesOf({ values }: Call, stack: Stack): readonly Service[] {
  const group = values.text('group');
  if (group === undefined) return stack.services;
  const { members } = knownGroup(stack, token('--group', group))!;
  return stack.services.filter(({ name }) => members.includes(name));
}

/** For what is done to processes of this machine. */
export function requireStack({ directory }: Call): Stack {
  const stack = findStack(directory);
  if (stack === undefined) throw noStack();
  requireRunning(stack);
  return stack;
}

/** The credentials of whom the command is. */
export function credentialsFor({ values }: Call, { credentials }: Cluster, role: Role): Credentials {
  const user = token('--user', values.text('user') ?? role);
  const path = credentialsPath(credentials, user);
  if (existsSync(path)) return readCredentials(path);
  throw new CommandError(
    'failed',
    `there are no credentials for user ${user} in ${credentials}: ${alternatives(credentials)}`,
  );
}

function alternatives(directory: string): string {
  if (!existsSync(directory)) return 'there is no such directory';
  const users = readdirSync(directory).filter((file) => file.endsWith('.json'));
  if (users.length === 0) return 'it has none; make them with `synod identities init`';
  return `choose with --user out of ${users.map((file) => file.slice(0, -'.json'.length)).join(', ')}`;
}

/** Another broker than the stack's makes all that the stack says meaningless. */
function stackFor(nats: string | undefined, directory: string): Stack | undefined {
  const stack = findStack(directory);
  return nats === undefined || nats === stack?.nats ? stack : undefined;
}

function requireRunning({ pid, path }: Stack): void {
  if (processState(pid) !== 'gone') return;
  throw new CommandError('noCluster', `the local cluster of ${path} has ended; start it again: npm start`);
}

function noStack(): CommandError {
  const elsewhere = 'or name another one: --nats URL --credentials DIR (SYNOD_NATS_URL, SYNOD_CREDENTIALS)';
  return new CommandError(
    'noCluster',
    `no cluster is running here. Start one in the checkout with: npm start; ${elsewhere}`,
  );
}

function token(what: string, text: string): string {
  if (isToken(text)) return text;
  throw usageError(`${what} has 1 to 32 of a-z, 0-9 and "-", but is ${JSON.stringify(text)}`);
}
