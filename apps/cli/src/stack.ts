import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandError } from './exit-codes.js';

/** What the launcher says of the local stack in `.synod/stack.json`. */
export interface Stack {
  readonly path: string;
  /** The launcher's. */
  readonly pid: number;
  readonly cluster: string;
  readonly nats: string;
  readonly traces: string | undefined;
  readonly credentials: string;
  /** Of groups whose members sign. */
  readonly keys: string | undefined;
  readonly groups: Readonly<Record<string, GroupOfStack>>;
  readonly services: readonly Service[];
}

export interface GroupOfStack {
  readonly protocol: string;
  /** The multicast name of the members. */
  readonly everyone: string;
  readonly members: readonly string[];
  /** Members by what they are. */
  readonly roles?: Readonly<Record<string, readonly string[]>>;
}

export interface Service {
  readonly name: string;
  /** Missing while it is not running. */
  readonly pid?: number;
  readonly log?: string;
}

/** That of SYNOD_DIRECTORY when it is set, else of the directory or one above; undefined when there is none. Throws when it is damaged or left behind. */
export function findStack(directory: string): Stack | undefined {
  const given = process.env['SYNOD_DIRECTORY'];
  if (given) {
    const path = join(given, 'stack.json');
    const text = read(path);
    return text === undefined ? undefined : parseStack(path, text);
  }
  for (let at = directory; ; at = dirname(at)) {
    const path = join(at, '.synod', 'stack.json');
    const text = read(path);
    if (text !== undefined) return parseStack(path, text);
    if (at === dirname(at)) return undefined;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new CommandError('failed', `cannot read ${path}: ${message}`);
  }
}

function parseStack(path: string, text: string): Stack {
  let stack: Partial<Stack>;
  try {
    stack = JSON.parse(text) as Partial<Stack>;
  } catch {
    throw new CommandError('failed', `${path} is damaged; start the local cluster again: npm start`);
  }
  const { pid, cluster, nats, traces, credentials, keys, groups, services } = stack;
  if (typeof pid !== 'number' || !cluster || !nats || !credentials || !groups || !Array.isArray(services)) {
    throw new CommandError('failed', `${path} is not complete; start the local cluster again: npm start`);
  }
  return { path, pid, cluster, nats, traces, credentials, keys, groups, services: services as readonly Service[] };
}

export type ProcessState = 'running' | 'paused' | 'gone';

export function processState(pid: number): ProcessState {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return 'gone';
  }
  // Only Linux tells whether a process is stopped.
  const state = / ([A-Za-z]) /.exec(afterName(read(`/proc/${pid}/stat`) ?? ''))?.[1];
  if (state === 'Z') return 'gone';
  return state === 'T' || state === 't' ? 'paused' : 'running';
}

/** `123 (any name) S 1 …`: the name may hold anything. */
function afterName(stat: string): string {
  return stat.slice(stat.lastIndexOf(')') + 1);
}

/** The full name, or the end of exactly one after a "-". Throws otherwise. */
export function fullName(name: string, names: readonly string[]): string {
  if (names.includes(name)) return name;
  const matches = names.filter((full) => full.endsWith(`-${name}`));
  if (matches.length === 1) return matches[0]!;
  const problem = matches.length === 0 ? 'is none of' : 'could be several of';
  throw new CommandError(
    'usage',
    `${JSON.stringify(name)} ${problem} ${(matches.length === 0 ? names : matches).join(', ')}`,
  );
}
