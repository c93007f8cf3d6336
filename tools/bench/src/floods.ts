import { fork } from 'node:child_process';
import { once } from 'node:events';
import { encodeOperation, encodeRequestBatch } from '@synod/api';
import { undoAtTheEnd } from '@synod/process-group';
import type { Identity } from '@synod/nats-transport';
import { rounds } from './gate.js';
import type { Flood } from './load/flood.js';
import { Synod } from './systems/synod.js';

/** A client who means no good; a group that is flooded has one more user than others. */
export const flooder = { role: 'client', name: 'mallory' } as const satisfies Identity;

const junkBytes = 300;

/** What is said to the leader beside the load, from a process of its own, as fast as its socket takes it. */
export const floodKinds = {
  /** Random bytes for what only members say: a proposal, which goes beside heartbeats; a piece of a snapshot. */
  'junk proposals by a member': (system) => byMember(system, 'synod', rounds[system.protocol].proposal),
  'junk chunks by a member': (system) => byMember(system, 'synod-bulk', rounds[system.protocol].chunk),
  /** The smallest requests, and the largest: well-formed, in a session that is not there. */
  'requests of 100 bytes by a client': (system) => byClient(system, request(1, 16)),
  'requests of 130 kB by a client': (system) => byClient(system, request(2, 65_000)),
  /** What it costs that such a flood is carried at all: to nobody. */
  'the same to nobody': (system) => byClient(system, request(2, 65_000), 'nobody'),
} as const satisfies Record<string, (system: Synod) => Promise<Flood>>;

export type FloodKind = keyof typeof floodKinds;

/** Resolves when it pours; what it resolves to ends it. */
export async function flood(system: unknown, kind: FloodKind, program: string): Promise<() => Promise<void>> {
  if (!(system instanceof Synod)) throw new Error('only groups of ours are flooded');
  const settings = await floodKinds[kind](system);
  const child = fork(program, [], { execArgv: [], stdio: 'inherit' });
  child.send(settings);
  const forget = undoAtTheEnd(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  await Promise.race([once(child, 'message'), ended.then(() => Promise.reject(new Error('the flood ended')))]);
  return async () => {
    // One that the broker cut off was none.
    const endedBefore = child.exitCode !== null;
    child.kill('SIGKILL');
    await ended;
    forget();
    if (endedBefore) throw new Error('the flood ended before its time: the broker closed its connection');
  };
}

async function byMember(system: Synod, root: string, kind: string): Promise<Flood> {
  const { group } = system;
  const leader = await group.leader();
  const user = group.namesOf('answering').find((name) => name !== leader)!;
  return { ...loginOf(system, user), subject: `${root}.test.kv.${user}.${leader}.${kind}`, payload: junkBytes };
}

async function byClient(system: Synod, payload: Uint8Array, to?: string): Promise<Flood> {
  const user = flooder.name;
  const subject = `synod.test.kv.${user}.${to ?? (await system.group.leader())}.request`;
  return { ...loginOf(system, user), subject, payload: Buffer.from(payload).toString('base64') };
}

function loginOf({ group }: Synod, user: string): Pick<Flood, 'port' | 'user' | 'seed'> {
  const { seed } = group.broker.credentials(user);
  return { port: group.broker.servers[0]!.port, user, seed };
}

function request(count: number, valueBytes: number): Uint8Array {
  const operation = encodeOperation({ kind: 'put', key: Buffer.from('flood'), value: Buffer.alloc(valueBytes) });
  const operations = Array.from({ length: count }, () => operation);
  return encodeRequestBatch({ client: 'flood', session: 999_999, sequence: 1, acknowledgedThrough: 0, operations });
}
