import {
  decodeResult,
  decodeResults,
  encodeOperation,
  encodeQuery,
  encodeReadBatch,
  encodeRequestBatch,
} from '@synod/api';
import { ballot } from '@synod/paxos-core';
import type { Message, Reply } from '@synod/paxos-core';
import { acceptor, paxosMessages, proposer } from '@synod/paxos-wire';
import { KeyValueStore } from '@synod/state-machine';
import { keyValueCodec } from '@synod/api';
import { ByteGroup } from './byte-group.js';

const client = 'c1';

function put(session: number, sequence: number, key: string, value: Uint8Array): Message {
  const operations = session === 0 ? [] : [encodeOperation({ kind: 'put', key: Buffer.from(key), value })];
  const acknowledgedThrough = Math.max(sequence - 1, 0) * (session === 0 ? 0 : 1);
  const bytes = encodeRequestBatch({ client, session, sequence, acknowledgedThrough, operations });
  return { kind: 'request', client, session, sequence, bytes };
}

function get(key: string, sequence: number): Message {
  const header = { client, sequence, level: 'linearizable', maxAgeMs: 0 } as const;
  const queries = encodeReadBatch({ ...header, queries: [encodeQuery({ kind: 'get', key: Buffer.from(key) })] });
  return { kind: 'read', ...header, queries };
}

/** The newest answer to a sequence of a session. */
function answer(group: ByteGroup, session: number, sequence: number): Reply['answer'] {
  const found = group.replies.filter((reply) => reply.session === session && reply.sequence === sequence);
  return found[found.length - 1]!.answer;
}

function openSession(group: ByteGroup): number {
  group.ask(group.leader!, put(0, 1, '', new Uint8Array(0)));
  group.run(200);
  const opened = answer(group, 0, 1);
  if (opened.kind !== 'results') throw new Error(`a session was not opened: ${opened.kind}`);
  return opened.index;
}

function valueOf(group: ByteGroup, key: string, sequence: number): string {
  group.ask(group.leader!, get(key, sequence));
  group.run(200);
  const read = answer(group, 0, sequence);
  if (read.kind !== 'results') throw new Error(`nothing was read: ${read.kind}`);
  const found = decodeResult(decodeResults(read.results).results[0]!);
  return found.kind === 'found' ? Buffer.from(found.value).toString() : found.kind;
}

test('a group whose processes have only bytes in common elects, executes, reads, and takes over', () => {
  const group = new ByteGroup();
  group.run(1500);
  const first = group.leader!;
  const session = openSession(group);
  group.ask(first, put(session, 1, 'k', Buffer.from('v')));
  group.run(200);
  expect(answer(group, session, 1)).toMatchObject({ kind: 'results', ballot: group.inspect(first)['ballot'] });
  expect(valueOf(group, 'k', 10)).toBe('v');
  group.crash(first);
  group.run(3000);
  expect(group.leader).not.toBe(first);
  expect(valueOf(group, 'k', 11)).toBe('v');
});

test('everything that such a group says and writes is understood, whatever happens to it', () => {
  const group = new ByteGroup();
  group.run(1500);
  const session = openSession(group);

  // Snapshots: a proposer that is cut off needs one when it is back.
  const behind = group.proposers.find((name) => name !== group.leader)!;
  group.passes = (from, to) => from !== behind && to !== behind;
  for (let i = 1; i <= 1100; i++) group.ask(group.leader!, put(session, i, 'k', Buffer.from(`v${i}`)));
  for (let i = 1101; i <= 1140; i++) {
    group.run(60);
    group.ask(group.leader!, put(session, i, `k${i}`, new Uint8Array(60_000)));
  }
  group.run(500);
  group.passes = () => true;
  group.run(3000);
  expect(group.inspect(behind)['lastApplied']).toBe(group.inspect(group.leader!)['lastApplied']);

  // Registers, also against each other; and an acceptor that lost its disk.
  for (const [i, to] of group.proposers.entries()) {
    group.ask(to, { kind: 'decide', client, sequence: 100 + i, key: 'lock', value: Buffer.from(to) });
  }
  group.run(1000);
  group.ask('p1', { kind: 'decide', client, sequence: 103, key: 'free', value: undefined });
  group.run(500);
  expect(answer(group, 0, 103)).toMatchObject({ kind: 'decided', value: undefined });
  const decided = [100, 101, 102].map((sequence) => answer(group, 0, sequence));
  expect(new Set(decided.map((each) => each.kind === 'decided' && Buffer.from(each.value!).toString())).size).toBe(1);
  group.crash('a2');
  group.startEmpty('a2');
  group.run(6000);
  expect(group.inspect(group.leader!)).toMatchObject({ acceptors: { version: 2 }, registersVersion: 2 });

  // The admin's word; a leader that stops; a question that comes late; all start again.
  const { leader } = group;
  group.ask(leader!, { kind: 'reconfigure', client, sequence: 200, version: 2, add: [], remove: ['a3'] });
  group.run(2000);
  expect(answer(group, 0, 200)).toMatchObject({ kind: 'reconfigured', set: { version: 3 } });
  group.stop(leader!);
  group.run(1000);
  expect(group.leader).not.toBe(leader);
  group.say('p1', 'a1', { kind: 'prepare', ballot: ballot(1, 0), from: 1, clusterId: 1 });
  group.run(10);
  for (const name of [...group.proposers, ...group.acceptors]) {
    group.crash(name);
    group.start(name);
  }
  group.run(3000);
  expect(valueOf(group, 'k1140', 300)).toHaveLength(60_000);

  const clients = ['request', 'read', 'decide', 'member', 'reply'];
  // All but an acceptor's mark, which comes after 16 MiB of votes.
  const records = [1, 2, 3, 5, 6, 7].map((type) => `record ${type}`);
  expect([...group.understood].sort()).toEqual([...paxosMessages.peerKinds, ...clients, ...records].sort());
});

test('a snapshot’s chunks are all that travels aside; acceptors have nothing of that kind', () => {
  const made = proposer(() => new KeyValueStore(keyValueCodec));
  expect([...made.bulkKinds]).toEqual(['snapshot-chunk']);
  expect(acceptor().bulkKinds.size).toBe(0);
  for (const kind of made.bulkKinds) expect(paxosMessages.peerKinds.has(kind)).toBe(true);
});
