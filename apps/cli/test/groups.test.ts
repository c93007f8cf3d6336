import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findCluster, findClusterWith, findClusters } from '../src/cluster.js';
import type { Call } from '../src/command.js';
import { connection, group } from '../src/options.js';
import { protocolNamed } from '../src/protocols/index.js';
import { Values } from '../src/values.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'synod-cli-'));
  mkdirSync(join(directory, '.synod'));
  const groups = {
    raft: { protocol: 'raft', everyone: 'replicas', members: ['raft-r1'], roles: { replica: ['raft-r1'] } },
    paxos: { protocol: 'paxos', everyone: 'replicas', members: ['paxos-p1'], roles: { proposer: ['paxos-p1'] } },
  };
  const stack = {
    pid: process.pid,
    cluster: 'local',
    nats: 'nats://127.0.0.1:1',
    credentials: '/c',
    groups,
    services: [],
  };
  writeFileSync(join(directory, '.synod', 'stack.json'), JSON.stringify(stack));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function callOf(given: Readonly<Record<string, string>> = {}, environment: NodeJS.ProcessEnv = {}): Call {
  const values = new Values(given, { ...connection, ...group }, environment);
  return { values, directory } as unknown as Call;
}

const withRegisters = (protocol: string): boolean => protocolNamed(protocol).hasRegisters;

test('without a name the first group of the stack is meant, or all where that makes sense', () => {
  expect(findCluster(callOf())).toMatchObject({ group: 'raft', protocol: 'raft', members: ['raft-r1'] });
  expect(findClusters(callOf()).map((cluster) => cluster.group)).toEqual(['raft', 'paxos']);
});

test('a command of some protocols only means the first group that speaks one of them', () => {
  expect(findClusterWith(callOf(), withRegisters)).toMatchObject({ group: 'paxos', protocol: 'paxos' });
  expect(findClusterWith(callOf(), () => false).group).toBe('raft');
});

test('a name is meant, given as an option or in the environment', () => {
  expect(findCluster(callOf({ group: 'paxos' }))).toMatchObject({ group: 'paxos', roles: { proposer: ['paxos-p1'] } });
  expect(findClusters(callOf({}, { SYNOD_GROUP: 'paxos' })).map((cluster) => cluster.group)).toEqual(['paxos']);
  expect(findClusterWith(callOf({ group: 'raft' }), withRegisters).group).toBe('raft');
  expect(() => findClusters(callOf({ group: 'x' }))).toThrow('no group x; it has raft, paxos');
  expect(() => findCluster(callOf({ group: 'constructor' }))).toThrow('no group');
});

test('elsewhere than at the stack nothing is known beforehand', () => {
  const there = { nats: 'nats://elsewhere:4222', credentials: '/there' };
  expect(findCluster(callOf(there))).toMatchObject({ group: 'raft', protocol: undefined, members: undefined });
  expect(findCluster(callOf({ ...there, group: 'paxos' }))).toMatchObject({ group: 'paxos', stack: undefined });
});
