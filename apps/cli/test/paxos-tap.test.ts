import { PassThrough } from 'node:stream';
import { encodeReconfiguration, encodeRegisterRequest, encodeReply, encodeResults } from '@synod/api';
import { EntryBatch, sizeOf } from '@synod/log';
import type { Entry } from '@synod/log';
import { parseSubject } from '@synod/nats-transport';
import { ballot, majorities } from '@synod/paxos-core';
import type { PeerMessage } from '@synod/paxos-core';
import { paxosMessages } from '@synod/paxos-wire';
import { raftMessages } from '@synod/raft-wire';
import { Output } from '../src/output.js';
import { Chatter } from '../src/tap/chatter.js';
import { Dialects } from '../src/tap/dialects.js';
import { decode, jsonOf, lineOf } from '../src/tap/line.js';
import type { Heard } from '../src/tap/line.js';

const output = new Output(new PassThrough(), new PassThrough(), false, {});
const bytes = (text: string) => Buffer.from(text);
const at = new Date('2030-01-02T03:04:05.006Z');

function hear(text: string, payload: Uint8Array, dialects = new Dialects(), values = false): Heard {
  return decode({ text, subject: parseSubject(text), payload, context: undefined }, at, dialects, values);
}

function peer(message: PeerMessage, values = false, dialects = new Dialects()): Heard {
  const subject = `synod.local.paxos.p1.replicas.${paxosMessages.kindOf(message)}`;
  return hear(subject, paxosMessages.encode(message), dialects, values);
}

const said = (heard: Heard): string => lineOf(heard, output).split(/ B {2}(.*)/s)[1] ?? '';

const mine = ballot(3, 1);
const older = ballot(2, 0);
const entries: Entry[] = [{ kind: 'noOp' }, { kind: 'request', from: 'cli', bytes: bytes('?') }];
const batchAt = (era: number, first: number) => new EntryBatch(era, first, entries, sizeOf(entries));
const set = majorities(
  ['a1', 'a2', 'a3'].map((address) => ({ address, disk: 0 })),
  4,
);
const clusterId = 9;
const register = { key: 'config/owner', ballot: mine, epoch: 1, clusterId };

test('a leadership: canvass, phase 1, phase 2, with ballots as round.proposer', () => {
  expect(said(peer({ kind: 'canvass', ballot: mine, nonce: 5 }))).toBe('ballot 3.1');
  const canvassed = { nonce: 5, ballot: mine, disk: 7, promised: older, founding: undefined, clusterId: 9 };
  expect(said(peer({ kind: 'canvassReply', ...canvassed, granted: false }))).toBe(
    'ballot 3.1, would not promise, promised 2.0, disk 7',
  );
  expect(said(peer({ kind: 'prepare', ballot: mine, from: 12, clusterId }))).toBe('ballot 3.1, from slot 12 on');
  const page = { ballot: mine, disk: 7, from: 12, through: 20, trimmedThrough: 3, clusterId };
  expect(said(peer({ kind: 'promised', ...page, last: 30, batches: [batchAt(older, 14)] }))).toBe(
    'ballot 3.1, accepted 14–15 in 2.0, of slots 12–20, goes on to 30, trimmed through 3',
  );
  expect(said(peer({ kind: 'promised', ...page, last: 0, batches: [] }))).toContain('accepted nothing, of slots 12–20');
  const accept = { ballot: mine, chosenThrough: 13, trimThrough: 3, round: 2, clusterId };
  expect(said(peer({ kind: 'accept', ...accept, batches: [batchAt(mine, 14)] }))).toBe(
    `ballot 3.1, slots 14–15, size ${sizeOf(entries)} B, chosen through 13, trim through 3, round 2`,
  );
  const accepted = { ballot: mine, disk: 7, round: 2, heldBytes: 99, registersEpoch: 1, echo: 0, clusterId };
  expect(said(peer({ kind: 'accepted', ...accepted, first: 14, last: 15 }))).toBe(
    'ballot 3.1, slots 14–15, held 99 B, round 2',
  );
  expect(said(peer({ kind: 'nack', ballot: older, promised: mine, disk: 0, clusterId }))).toBe(
    'refused 2.0, promised 3.1',
  );
  expect(said(peer({ kind: 'takeOver', ballot: mine, clusterId }))).toBe('ballot 3.1');
});

test('learning, snapshots, and acceptors that come to be', () => {
  expect(said(peer({ kind: 'progress', ballot: mine, durableThrough: 9, at: 1, clusterId }))).toBe(
    'ballot 3.1, durable through 9',
  );
  expect(said(peer({ kind: 'learn', from: 4, clusterId }))).toBe('from slot 4 on?');
  expect(said(peer({ kind: 'chosen', from: 4, batches: [batchAt(older, 4)], chosenThrough: 9, clusterId }))).toBe(
    `from 4, slots 4–5, size ${sizeOf(entries)} B, chosen through 9`,
  );
  const snapshot = { index: 100, era: older };
  const sets = [{ from: 101, set }];
  expect(said(peer({ kind: 'snapshotOffer', snapshot, sets, registers: set, clusterId }))).toBe(
    'snapshot 100/2.0, acceptors a1 a2 a3 (version 4) from 101',
  );
  expect(said(peer({ kind: 'fetchChunk', snapshot, offset: 10, clusterId }))).toBe('snapshot 100/2.0, from byte 10');
  const chunk = { snapshot, offset: 10, totalBytes: 50, bytes: new Uint8Array(20), checksum: 0 };
  expect(said(peer({ kind: 'snapshotChunk', snapshot, offset: 10, chunk, clusterId }))).toBe(
    'snapshot 100/2.0, bytes 10–30 of 50',
  );
  expect(said(peer({ kind: 'snapshotChunk', snapshot, offset: 10, chunk: undefined, clusterId }))).toBe(
    'snapshot 100/2.0, gone',
  );
  expect(said(peer({ kind: 'join', disk: 8, clusterId }))).toBe('disk 8, clusterId 9');
  expect(said(peer({ kind: 'hello', nonce: 5, standing: 'empty' }))).toBe('nonce 5, standing empty');
  const known = { incarnation: 6, standing: 'active', clusterId: 9, era: mine } as const;
  expect(said(peer({ kind: 'helloReply', nonce: 5, ...known }))).toMatch(/standing active, .*, promised 3\.1$/);
  const form = { clusterId: 9, incarnation: 6, founding: new Uint8Array(3) };
  expect(said(peer({ kind: 'form', ...form }))).toBe('clusterId 9, incarnation 6');
  expect(said(peer({ kind: 'formed', clusterId: 9 }))).toBe('clusterId 9');
});

test('a register’s two phases, values only when they are asked for', () => {
  const told = { kind: 'registerTold', key: 'k', epoch: 1, clusterId, nonce: 5, disk: 7 } as const;
  expect(said(peer({ ...told, accepted: 0 }))).toBe('k, epoch 1, accepted nothing');
  expect(said(peer({ ...told, accepted: older }))).toBe('k, epoch 1, accepted in 2.0');
  expect(said(peer({ kind: 'registerPrepare', ...register, insists: false }))).toBe(
    'config/owner, ballot 3.1, epoch 1',
  );
  const promised = { kind: 'registerPromised', ...register, disk: 7, isFull: false } as const;
  expect(said(peer({ ...promised, accepted: 0, value: bytes('') }))).toBe(
    'config/owner, ballot 3.1, epoch 1, accepted nothing',
  );
  expect(said(peer({ ...promised, accepted: 0, value: bytes(''), isFull: true }))).toMatch(
    /accepted nothing, no room$/,
  );
  const held = { ...promised, accepted: older, value: bytes('alice') };
  expect(said(peer(held))).toContain('accepted (5 B) in 2.0');
  expect(said(peer(held, true))).toContain('accepted = alice in 2.0');
  expect(said(peer({ kind: 'registerAccept', ...register, value: bytes('alice'), adopted: false }))).toMatch(
    /epoch 1, \(5 B\)$/,
  );
  expect(
    JSON.stringify(jsonOf(peer({ kind: 'registerAccept', ...register, value: bytes('alice'), adopted: false }))),
  ).not.toContain('alice');
  expect(said(peer({ kind: 'registerAccepted', ...register, disk: 7 }))).toBe('config/owner, ballot 3.1, epoch 1');
  const nack = { key: 'k', ballot: older, promised: mine, epoch: 2, clusterId, why: 'promised' } as const;
  expect(said(peer({ kind: 'registerNack', ...nack }))).toBe('k, ballot 2.0, epoch 2, refused promised, promised 3.1');
  const unasked = { ...nack, ballot: 0, promised: 0, why: 'epoch' } as const;
  expect(said(peer({ kind: 'registerNack', ...unasked }))).toBe('k, epoch 2, refused epoch');
  const move = { ballot: mine, epoch: 2, clusterId };
  expect(said(peer({ kind: 'freezeRegisters', ...move, after: '' }))).toBe('ballot 3.1, epoch 2, from the first');
  const registers = [{ key: 'k', promised: mine, accepted: older, value: bytes('x') }];
  expect(said(peer({ kind: 'registersPage', ...move, disk: 7, after: '', registers, isLast: true, floor: 0 }))).toBe(
    'ballot 3.1, epoch 2, registers 1, the last',
  );
  expect(said(peer({ kind: 'storeRegisters', ...move, part: 3, registers, floor: 0 }))).toBe(
    'ballot 3.1, epoch 2, part 3, registers 1',
  );
  expect(said(peer({ kind: 'registersStored', ...move, disk: 7, part: 3 }))).toBe('ballot 3.1, epoch 2, part 3');
});

test('every kind of message that proposers and acceptors have is decoded, or said to be wrong', () => {
  for (const kind of paxosMessages.peerKinds) {
    expect(hear(`synod.local.paxos.p1.p2.${kind}`, bytes('?')).facts[0]?.[0]).toBe('not understood');
  }
  expect(said(peer({ kind: 'activate', clusterId: 9 }))).toBe('clusterId 9');
});

test('clients of Multi-Paxos: wishes for registers, changes of acceptors, answers in its own words', () => {
  const dialects = new Dialects({ paxos: { protocol: 'paxos' } });
  const decide = encodeRegisterRequest({ client: 'abc', sequence: 2, key: 'owner', value: bytes('alice') });
  expect(said(hear('synod.local.paxos.cli.p1.decide', decide))).toBe('owner, value (5 B), sequence 2');
  expect(said(hear('synod.local.paxos.cli.p1.decide', decide, dialects, true))).toBe(
    'owner, value = alice, sequence 2',
  );
  const ask = encodeRegisterRequest({ client: 'abc', sequence: 3, key: 'owner', value: undefined });
  expect(said(hear('synod.local.paxos.cli.p1.decide', ask))).toBe('owner, what is decided?, sequence 3');
  const change = { client: 'abc', sequence: 4, version: 2, add: ['a4'], remove: ['a1'], phase1: 3, phase2: 2 };
  expect(said(hear('synod.local.paxos.admin.p1.member', encodeReconfiguration(change)))).toBe(
    'of version 2, add a4, remove a1, phase 1 3, phase 2 2, sequence 4',
  );
  const place = { session: 3, sequence: 5, index: 8, term: mine, ageMs: 0, traceId: undefined };
  const encoded = encodeResults([]);
  const results = encodeReply({ ...place, session: 0, answer: { kind: 'results', encoded } });
  expect(said(hear('synod.local.paxos.p1.cli.reply.abc', results, dialects))).toContain('slot 8, ballot 3.1');
  expect(said(hear('synod.local.paxos.p1.cli.reply.abc', results))).toContain('index 8, term 193');
  const reconfigured = encodeReply({ ...place, answer: { kind: 'reconfigured', set, from: 1030 } });
  expect(said(hear('synod.local.paxos.p1.admin.reply.abc', reconfigured))).toContain(
    'version 4, acceptors a1 a2 a3, from 1030',
  );
  const decided = encodeReply({ ...place, answer: { kind: 'decided', value: undefined } });
  expect(said(hear('synod.local.paxos.p1.cli.reply.abc', decided))).toContain('decided nothing');
  const refusal = {
    kind: 'refusal',
    reason: 'malformed',
    leader: '',
    retryAfterMs: 0,
    detail: 'a4 is unknown',
  } as const;
  expect(said(hear('synod.local.paxos.p1.cli.reply.abc', encodeReply({ ...place, answer: refusal })))).toContain(
    'refused malformed, because a4 is unknown',
  );
});

test('which protocol a group speaks is found out, also where kinds have the same name', () => {
  const dialects = new Dialects();
  const raftBeat = {
    ...({ kind: 'appendEntries', term: 2, prevIndex: 6, prevTerm: 1, commit: 6, round: 9 } as const),
    ...{ followers: ['r2'], batches: [] },
  };
  const paxosBeat = {
    kind: 'accept',
    ballot: mine,
    chosenThrough: 5,
    trimThrough: 3,
    round: 2,
    clusterId,
    batches: [],
  } as const;
  const beats = { raft: raftMessages.encode(raftBeat), paxos: paxosMessages.encode(paxosBeat) };
  const said = (group: string, payload: Uint8Array) =>
    hear(`synod.local.${group}.x1.replicas.heartbeat`, payload, dialects).facts[0];
  expect(said('one', beats.raft)).toEqual(['term', 2]);
  expect(said('two', beats.paxos)).toEqual(['ballot', '3.1']);
  expect(said('one', beats.paxos)![0]).toBe('not understood');
  expect(dialects.wordsOf('two')!.era).toBe('ballot');
  expect(dialects.wordsOf('three')).toBeUndefined();
});

test('a quiet group’s heartbeats and answers are chatter, votes are not', () => {
  const chatter = new Chatter();
  const beat = { kind: 'accept', ballot: mine, chosenThrough: 5, trimThrough: 3, round: 2, clusterId } as const;
  const answer = {
    kind: 'accepted',
    ballot: mine,
    disk: 7,
    round: 2,
    heldBytes: 9,
    registersEpoch: 1,
    echo: 0,
    clusterId,
  } as const;
  expect(chatter.includes(peer({ ...beat, batches: [] }))).toBe(false);
  expect(chatter.includes(peer({ ...beat, batches: [] }))).toBe(true);
  expect(chatter.includes(peer({ ...beat, chosenThrough: 6, batches: [] }))).toBe(false);
  expect(chatter.includes(peer({ ...beat, batches: [batchAt(mine, 6)] }))).toBe(false);
  expect(chatter.includes(peer({ ...answer, first: 0, last: 0 }))).toBe(false);
  expect(chatter.includes(peer({ ...answer, first: 0, last: 0 }))).toBe(true);
  for (let i = 0; i < 2; i++) expect(chatter.includes(peer({ ...answer, first: 6, last: 7 }))).toBe(false);
});
