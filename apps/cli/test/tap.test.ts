import { PassThrough } from 'node:stream';
import {
  encodeOperation,
  encodeReadBatch,
  encodeReply,
  encodeRequestBatch,
  encodeResults,
  encodeResult,
} from '@synod/api';
import { EntryBatch, sizeOf } from '@synod/log';
import type { Entry } from '@synod/log';
import { parseSubject } from '@synod/nats-transport';
import type { PeerMessage } from '@synod/raft-core';
import { raftMessages } from '@synod/raft-wire';
import { Output } from '../src/output.js';
import { Chatter } from '../src/tap/chatter.js';
import { Dialects } from '../src/tap/dialects.js';
import { decode, jsonOf, lineOf } from '../src/tap/line.js';
import type { Heard } from '../src/tap/line.js';

const at = new Date('2030-01-02T03:04:05.006Z');
const output = new Output(new PassThrough(), new PassThrough(), false, {});
const bytes = (text: string) => Buffer.from(text);

function hear(text: string, payload: Uint8Array, values = false): Heard {
  const context = { traceparent: `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01` };
  const overheard = { text, subject: parseSubject(text), payload, context: values ? context : undefined };
  return decode(overheard, at, new Dialects(), values);
}

function peer(message: PeerMessage, to = 'replicas'): Heard {
  return hear(`synod.local.raft.r1.${to}.${raftMessages.kindOf(message)}`, raftMessages.encode(message));
}

const request = encodeRequestBatch({
  client: 'abc',
  session: 3,
  sequence: 5,
  acknowledgedThrough: 4,
  operations: [encodeOperation({ kind: 'put', key: bytes('color'), value: bytes('secret') })],
});
const append = {
  kind: 'appendEntries',
  term: 2,
  prevIndex: 6,
  prevTerm: 1,
  commit: 6,
  round: 9,
  followers: ['r2', 'r3'],
} as const;
const entries: Entry[] = [{ kind: 'noOp' }, { kind: 'request', from: 'cli', bytes: request }];
const batches = [new EntryBatch(2, 7, entries, sizeOf(entries))];

test('a line is time, from → to, kind, size, and what it says', () => {
  const payload = raftMessages.encode({ ...append, batches });
  const heard = hear('synod.local.raft.r1.replicas.append-entries', payload);
  expect(lineOf(heard, output)).toBe(
    `03:04:05.006  r1 → replicas       append-entries         ${payload.length} B  term 2, prev 6/1, entries 7–8, size ${sizeOf(entries)} B, commit 6, round 9, for r2 r3`,
  );
  expect(jsonOf(heard)).toMatchObject({
    time: '2030-01-02T03:04:05.006Z',
    group: 'raft',
    from: 'r1',
    to: 'replicas',
    kind: 'append-entries',
    says: { term: 2, prev: '6/1', entries: '7–8', commit: 6, for: ['r2', 'r3'] },
  });
});

test('values are shown only when they are asked for, in requests and in entries', () => {
  const asRequest = (values: boolean) => lineOf(hear('synod.local.raft.cli.r1.request', request, values), output);
  expect(asRequest(false)).toContain('session 3, sequence 5, put color (6 B)');
  expect(asRequest(true)).toContain('put color = secret, trace abababababab');
  const payload = raftMessages.encode({ ...append, batches });
  const asEntries = (values: boolean) => lineOf(hear('synod.local.raft.r1.r2.append-entries', payload, values), output);
  expect(asEntries(false)).not.toContain('secret');
  expect(JSON.stringify(jsonOf(hear('synod.local.raft.r1.r2.append-entries', payload)))).not.toContain('secret');
  expect(asEntries(true)).toContain('holding no-op ; put color = secret');
});

const said = (heard: Heard) => lineOf(heard, output).split(' B  ')[1] ?? '';

test('every kind of message between replicas has its words', () => {
  const vote = { phase: 'preVote', term: 4 } as const;
  expect(said(peer({ kind: 'requestVote', ...vote, lastIndex: 7, lastTerm: 3, handover: true }))).toBe(
    'term 4, preVote, last 7/3, handover',
  );
  expect(said(peer({ kind: 'requestVoteReply', ...vote, granted: false }))).toBe('term 4, preVote, refused');
  const answer = { kind: 'appendEntriesReply', term: 4, round: 2 } as const;
  expect(said(peer({ ...answer, voting: true, outcome: { kind: 'matched', index: 7 } }))).toBe(
    'term 4, matched 7, round 2',
  );
  const outcome = { kind: 'conflict', prevIndex: 9, hintIndex: 5, hintTerm: 1, lastIndex: 6 } as const;
  expect(said(peer({ ...answer, voting: false, outcome }))).toBe(
    'term 4, conflict at 9, hint 5/1, last 6, round 2, not voting',
  );
  const snapshot = { index: 100, era: 3 };
  const chunk = { snapshot, offset: 10, totalBytes: 50, bytes: new Uint8Array(20), checksum: 0 };
  expect(said(peer({ kind: 'installSnapshot', term: 4, chunk }))).toBe('term 4, snapshot 100/3, bytes 10–30 of 50');
  expect(said(peer({ kind: 'timeoutNow', term: 4 }))).toBe('term 4');
  expect(said(peer({ kind: 'hello', nonce: 5, standing: 'empty' }))).toBe('nonce 5, standing empty');
  const known = { incarnation: 6, standing: 'active', clusterId: 9, era: 4 } as const;
  expect(said(peer({ kind: 'helloReply', nonce: 5, ...known }))).toMatch(/^nonce 5, .*standing active, .*, term 4$/);
});

test('clients and answers have theirs', () => {
  const read = encodeReadBatch({ client: 'abc', sequence: 2, level: 'discover', maxAgeMs: 0, queries: [] });
  expect(said(hear('synod.local.raft.cli.replicas.read', read))).toBe('who leads?, sequence 2');
  const encoded = encodeResults([encodeResult({ kind: 'written', revision: 8, existed: false })]);
  const place = { session: 3, sequence: 5, index: 8, term: 2, ageMs: 0, traceId: undefined };
  const reply = encodeReply({ ...place, answer: { kind: 'results', encoded } });
  expect(said(hear('synod.local.raft.r1.cli.reply.abc', reply))).toBe(
    'session 3, sequence 5, index 8, term 2, written at 8',
  );
  const refusal = { kind: 'refusal', reason: 'notLeader', leader: 'r2', retryAfterMs: 0, detail: '' } as const;
  const refused = encodeReply({ ...place, answer: refusal });
  expect(said(hear('synod.local.raft.r1.cli.reply.abc', refused))).toBe(
    'session 3, sequence 5, refused notLeader, leader r2',
  );
  expect(said(hear('synod.local.raft.admin.r1.fault', bytes('{"cutOff":["r2"]}')))).toBe('cut off from r2');
});

test('what cannot be understood is a line, too', () => {
  expect(said(hear('synod.local.raft.r1.r2.append-entries', bytes('?')))).toContain('not understood');
  expect(said(hear('synod.local.raft.cli.r2.request', bytes('??')))).toContain('not understood');
  expect(said(hear('synod.local.raft.admin.r1.fault', bytes('{')))).toContain('not understood');
  expect(lineOf(hear('something.else', bytes('')), output)).toContain('not a subject of ours');
});

test('heartbeats are chatter unless they say something new', () => {
  const chatter = new Chatter();
  const heartbeat = peer({ ...append, batches: [] });
  expect(chatter.includes(heartbeat)).toBe(false);
  expect(chatter.includes(heartbeat)).toBe(true);
  expect(chatter.includes(peer({ ...append, batches: [], commit: 7 }))).toBe(false);
  expect(chatter.includes(peer({ ...append, batches }))).toBe(false);
  expect(chatter.includes(peer({ ...append, batches }))).toBe(false);
  expect(chatter.includes(hear('synod.local.probe.r1.r1.probe', bytes('')))).toBe(true);
  expect(chatter.includes(hear('synod.local.raft.r1.admin.report.abc', bytes('{"state":1}')))).toBe(true);
});
