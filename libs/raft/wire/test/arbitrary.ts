import fc from 'fast-check';
import { encodeReadBatch, encodeRequestBatch } from '@synod/api';
import { EntryBatch, sizeOf } from '@synod/log';
import type { Entry } from '@synod/log';
import type { HardState, Message, PeerMessage, Read, Record, Reply, Request } from '@synod/raft-core';

export const integer = fc.oneof(fc.nat(), fc.maxSafeNat());
export const token = fc.stringMatching(/^[a-z0-9-]{1,32}$/);
const bytes = fc.uint8Array({ maxLength: 300 });
const snapshot = fc.record({ index: integer, era: integer });
const phase = fc.constantFrom('preVote' as const, 'vote' as const);
const standing = fc.constantFrom('empty' as const, 'formed' as const, 'active' as const, 'recovering' as const);

/** A record whose `kind` is fixed. */
function of<K extends string, T extends object>(kind: K, fields: { [P in keyof T]: fc.Arbitrary<T[P]> }) {
  return fc.record({ kind: fc.constant(kind), ...fields }) as unknown as fc.Arbitrary<T & { kind: K }>;
}

const entry: fc.Arbitrary<Entry> = fc.oneof(
  fc.constant<Entry>({ kind: 'noOp' }),
  fc.record({ kind: fc.constant('request' as const), from: token, bytes }),
);
const entries = fc.array(entry, { minLength: 1, maxLength: 20 });
export const batchAt = (first: number, era: number, list: readonly Entry[]): EntryBatch =>
  new EntryBatch(era, first, list, sizeOf(list));
export const batch = fc
  .tuple(fc.integer({ min: 1, max: 2 ** 50 }), fc.integer({ min: 1, max: 2 ** 50 }), entries)
  .map(([first, era, list]) => batchAt(first, era, list));

const beat = fc.option(fc.record({ at: fc.integer({ min: 1 }), echoes: fc.array(integer, { maxLength: 9 }) }), {
  nil: undefined,
});
const appendEntries = fc
  .record({
    term: integer,
    prevIndex: fc.nat(2 ** 31 - 1),
    prevTerm: integer,
    commit: integer,
    round: integer,
    followers: fc.array(token, { maxLength: 9 }),
    lists: fc.array(entries, { maxLength: 5 }),
    beat,
  })
  .map(({ lists, ...fields }) => {
    let first = fields.prevIndex + 1;
    const batches = lists.map((list) => {
      const made = batchAt(first, 7, list);
      first += list.length;
      return made;
    });
    return { kind: 'appendEntries' as const, ...fields, batches };
  });

const outcome = fc.oneof(
  of('matched', { index: integer }),
  of('conflict', { prevIndex: integer, hintIndex: integer, hintTerm: integer, lastIndex: integer }),
  of('heard', {}),
);
const chunk = fc
  .record({ snapshot, offset: fc.nat(), rest: fc.nat(), bytes, checksum: fc.nat(2 ** 32 - 1) })
  .map(({ rest, ...fields }) => ({ ...fields, totalBytes: fields.offset + fields.bytes.length + rest }));

export const peerMessages: { [K in PeerMessage['kind']]: fc.Arbitrary<Extract<PeerMessage, { kind: K }>> } = {
  requestVote: of('requestVote', {
    phase,
    term: integer,
    lastIndex: integer,
    lastTerm: integer,
    handover: fc.boolean(),
  }),
  requestVoteReply: of('requestVoteReply', { phase, term: integer, granted: fc.boolean() }),
  appendEntries,
  appendEntriesReply: of('appendEntriesReply', { term: integer, round: integer, voting: fc.boolean(), outcome, beat }),
  installSnapshot: of('installSnapshot', { term: integer, chunk }),
  installSnapshotReply: of('installSnapshotReply', {
    term: integer,
    snapshot,
    heldBytes: integer,
    state: fc.constantFrom('receiving' as const, 'installed' as const, 'failed' as const),
  }),
  timeoutNow: of('timeoutNow', { term: integer }),
  hello: of('hello', { nonce: integer, standing }),
  helloReply: of('helloReply', { nonce: integer, incarnation: integer, standing, clusterId: integer, era: integer }),
  form: of('form', { clusterId: integer, incarnation: integer }),
  formed: of('formed', { clusterId: integer }),
  activate: of('activate', { clusterId: integer }),
  rejoin: of('rejoin', { floor: integer }),
};

const parts = fc.array(bytes, { maxLength: 8 });
const opening = fc.record({
  client: token,
  session: fc.constant(0),
  sequence: integer,
  acknowledgedThrough: fc.constant(0),
  operations: fc.constant([]),
});
const inSession = fc
  .record({
    client: token,
    session: fc.integer({ min: 1 }),
    below: fc.nat(),
    ahead: fc.integer({ min: 1 }),
    operations: parts,
  })
  .map(({ below, ahead, ...rest }) => ({ ...rest, acknowledgedThrough: below, sequence: below + ahead }));
const request: fc.Arbitrary<Request> = fc.oneof(opening, inSession).map((made) => {
  const { client, session, sequence } = made;
  return { kind: 'request', client, session, sequence, bytes: encodeRequestBatch(made) };
});
const read: fc.Arbitrary<Read> = fc
  .record({
    client: token,
    sequence: integer,
    level: fc.constantFrom('linearizable' as const, 'stale' as const, 'discover' as const),
    maxAgeMs: integer,
    queries: parts,
  })
  .map((made) => {
    const { client, sequence, level, maxAgeMs } = made;
    return { kind: 'read', client, sequence, level, maxAgeMs, queries: encodeReadBatch(made) };
  });
const leader = fc.option(token, { nil: undefined });
const reply: fc.Arbitrary<Reply> = of('reply', {
  client: token,
  session: integer,
  sequence: integer,
  answer: fc.oneof(
    of('results', { results: bytes, index: integer, term: integer, ageMs: integer }),
    of('discovery', { replica: token, role: token, leader, term: integer, members: fc.array(token, { maxLength: 9 }) }),
    of('refused', {
      reason: fc.constantFrom('notLeader', 'overloaded', 'tooLarge', 'noQuorum', 'unavailable', 'steppedDown'),
      leader,
      term: integer,
      retryAfterMs: integer,
    }),
  ) as fc.Arbitrary<Reply['answer']>,
});

export const messages: { [kind: string]: fc.Arbitrary<Message> } = { ...peerMessages, request, read, reply };

const hardState: fc.Arbitrary<HardState> = of('hardState', {
  term: integer,
  votedFor: leader,
  clusterId: integer,
  standing: fc.constantFrom('formed' as const, 'active' as const, 'recovering' as const),
  floor: integer,
});
export const records: { [K in Record['kind']]: fc.Arbitrary<Record> } = {
  hardState,
  entries: of('entries', { batch }),
  truncate: of('truncate', { from: integer }),
  snapshotMark: of('snapshotMark', { snapshot, sizeBytes: integer, hardState }),
};
