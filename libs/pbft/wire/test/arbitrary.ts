import fc from 'fast-check';
import { encodeReadBatch, encodeRequestBatch } from '@synod/api';
import { Batch } from '@synod/pbft-core';
import type { Message, PeerMessage, Record, Signed, Statement } from '@synod/pbft-core';
import type { Certificate } from '@synod/pbft-wire';
import { encodeStatement } from '../src/statements.js';
import { domain } from './keys.js';

export const integer = fc.oneof(fc.nat(), fc.maxSafeNat());
export const token = fc.stringMatching(/^[a-z0-9-]{1,32}$/);
export const digest = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));
const bytes = fc.uint8Array({ maxLength: 300 });
const signature = fc.uint8Array({ minLength: 64, maxLength: 64 });
const places = fc.uniqueArray(fc.nat(51), { maxLength: 6 }).map((list) => [...list].sort((a, b) => a - b));

type OfType<T extends Statement['type']> = Extract<Statement, { readonly type: T }>;

/** Any signature will do: whether it is genuine is not the codec's business. */
function signed<S extends Statement>(statement: fc.Arbitrary<S>): fc.Arbitrary<Signed<S>> {
  return fc.tuple(statement, token, signature).map(([said, signer, proof]) => ({
    statement: said,
    signer,
    bytes: encodeStatement(domain, signer, said),
    signature: proof,
  }));
}

function of<K extends string, T extends object>(kind: K, fields: { [P in keyof T]: fc.Arbitrary<T[P]> }) {
  return fc.record({ kind: fc.constant(kind), ...fields }) as unknown as fc.Arbitrary<T & { kind: K }>;
}

function order<T extends 'prePrepare' | 'prepare' | 'commit'>(type: T) {
  return signed(
    fc.record({ type: fc.constant(type), view: integer, sequence: integer, digest }) as unknown as fc.Arbitrary<
      OfType<T>
    >,
  );
}

function stateVote<T extends 'checkpoint' | 'snapshot'>(type: T) {
  return signed(
    fc.record({ type: fc.constant(type), sequence: integer, digest }) as unknown as fc.Arbitrary<OfType<T>>,
  );
}

const several = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(one, { maxLength: 3 });

const prepared = fc.record({ proposal: order('prePrepare'), prepares: several(order('prepare')) });
const state = fc.record({
  sequence: integer,
  position: integer,
  history: digest,
  state: fc.stringMatching(/^[0-9a-f-]{0,40}$/),
});
const stable = fc.record({ state, votes: several(stateVote('checkpoint')) });
const manifest = fc.record({
  sequence: integer,
  position: integer,
  history: digest,
  totalBytes: integer,
  chunkBytes: fc.nat(2 ** 32 - 1),
  chunks: several(digest),
});
const stableSnapshot = fc.record({ manifest, votes: several(stateVote('snapshot')) });

const viewChange = signed(
  fc.record({ type: fc.constant('viewChange' as const), view: integer, stable, prepared: several(prepared) }),
);
const newView = signed(
  fc.record({
    type: fc.constant('newView' as const),
    view: integer,
    viewChanges: several(fc.record({ replica: token, digest })),
    proposals: several(order('prePrepare')),
  }),
);
const replies = signed(
  fc.record({
    type: fc.constant('replies' as const),
    view: integer,
    sequence: integer,
    whole: fc.boolean(),
    count: fc.nat(),
    root: digest,
  }),
);
const standing = signed(
  fc.record({
    type: fc.constant('standing' as const),
    to: token,
    nonce: integer,
    incarnation: integer,
    standing: fc.constantFrom('empty' as const, 'lost' as const, 'active' as const, 'recovering' as const),
    founder: fc.boolean(),
    view: integer,
    stable: integer,
  }),
);
const complaint = signed(
  fc.record({ type: fc.constant('complaint' as const), view: integer, incarnation: integer, number: integer }),
);
const hello = signed(fc.record({ type: fc.constant('hello' as const), nonce: integer }));
const operations = fc
  .record({
    client: token,
    session: fc.integer({ min: 1 }),
    sequence: fc.integer({ min: 1 }),
    operations: fc.array(bytes, { maxLength: 4 }),
  })
  .map((made) => ({
    ...{ type: 'request' as const, client: made.client, session: made.session, sequence: made.sequence },
    holds: 'operations' as const,
    batch: Uint8Array.from(encodeRequestBatch({ ...made, acknowledgedThrough: 0 })),
  }));
const asked = fc.record({ client: token, sequence: integer, queries: fc.array(bytes, { maxLength: 4 }) });
const readBytes = asked.map((made) => Uint8Array.from(encodeReadBatch({ ...made, level: 'stale', maxAgeMs: 0 })));
const queries = asked.map((made) => ({
  ...{
    type: 'request' as const,
    client: made.client,
    session: 0,
    sequence: made.sequence,
    holds: 'queries' as const,
  },
  batch: Uint8Array.from(encodeReadBatch({ ...made, level: 'linearizable', maxAgeMs: 0 })),
}));
export const command = signed(fc.oneof(operations, queries));
export const batch = fc.array(command, { maxLength: 5 }).map((requests) => new Batch(requests));

export const statements: { readonly [T in Statement['type']]: fc.Arbitrary<Signed<OfType<T>>> } = {
  prePrepare: order('prePrepare'),
  prepare: order('prepare'),
  commit: order('commit'),
  checkpoint: stateVote('checkpoint'),
  snapshot: stateVote('snapshot'),
  viewChange,
  newView,
  replies,
  standing,
  complaint,
  hello,
  request: command,
};
const anyStatement: fc.Arbitrary<Signed> = fc.oneof(...(Object.values(statements) as fc.Arbitrary<Signed>[]));

const chunk = fc
  .record({ snapshot: integer, offset: fc.nat(), rest: fc.nat(), bytes, checksum: fc.nat(2 ** 32 - 1) })
  .map(({ rest, snapshot, ...fields }) => ({
    ...fields,
    snapshot: { index: snapshot, era: 0 },
    totalBytes: fields.offset + fields.bytes.length + rest,
  }));

export const peerMessages: { [K in PeerMessage['kind']]: fc.Arbitrary<Extract<PeerMessage, { kind: K }>> } = {
  prePrepare: of('prePrepare', { signed: statements.prePrepare, batch }),
  prepare: of('prepare', { signed: statements.prepare }),
  commit: of('commit', { signed: statements.commit }),
  checkpoint: of('checkpoint', { signed: statements.checkpoint }),
  checkpointProof: of('checkpointProof', { stable }),
  snapshot: of('snapshot', { signed: statements.snapshot }),
  viewChange: of('viewChange', { signed: viewChange }),
  newView: of('newView', { signed: newView }),
  status: of('status', {
    view: integer,
    active: fc.boolean(),
    stable: integer,
    executed: integer,
    snapshot: integer,
    floor: integer,
    open: several(fc.record({ sequence: integer, hasProposal: fc.boolean(), prepares: places, commits: places })),
    batches: several(digest),
    viewChanges: several(digest),
    heard: places,
    prepared: integer,
    beat: fc.option(fc.record({ at: fc.integer({ min: 1 }), echoes: fc.array(integer, { maxLength: 9 }) }), {
      nil: undefined,
    }),
  }),
  missing: of('missing', { sequence: integer, batch }),
  complaint: of('complaint', { signed: complaint }),
  relay: of('relay', { signed: command }),
  proof: of('proof', { first: anyStatement, second: anyStatement }),
  fetch: of('fetch', {
    from: integer,
    through: integer,
    what: fc.constantFrom('digests' as const, 'batches' as const),
  }),
  history: of('history', { first: integer, digests: several(digest), batches: several(batch) }),
  snapshotOffer: of('snapshotOffer', { stable: stableSnapshot }),
  fetchChunk: of('fetchChunk', { snapshot: integer, place: integer, chunkBytes: fc.nat(2 ** 32 - 1) }),
  snapshotChunk: of('snapshotChunk', { chunk }),
  hello: of('hello', { signed: hello }),
  helloReply: of('helloReply', { signed: standing, stable }),
};

const path = fc.array(digest, { maxLength: 5 });
export const clientMessages: { readonly [kind: string]: fc.Arbitrary<Message> } = {
  request: of('request', { signed: command }),
  read: fc
    .record({
      client: token,
      sequence: integer,
      level: fc.constantFrom('linearizable', 'stale', 'discover'),
      maxAgeMs: integer,
      queries: several(bytes),
    })
    .map((made) => {
      const read = made as typeof made & { level: 'linearizable' };
      const { client, sequence, level, maxAgeMs } = read;
      return {
        kind: 'read',
        client,
        sequence,
        level,
        maxAgeMs,
        queries: Uint8Array.from(encodeReadBatch(read)),
      } as Message;
    }),
  reply: of('reply', {
    client: token,
    session: integer,
    sequence: integer,
    answer: fc.oneof(
      of('results', { results: bytes, index: integer, ageMs: integer, signed: replies, place: fc.nat(), path }),
      of('discovery', { replica: token, role: token, primary: token, view: integer, members: several(token) }),
      of('refused', {
        reason: fc.constantFrom('overloaded', 'tooLarge', 'noQuorum', 'unavailable'),
        view: integer,
        retryAfterMs: integer,
      }),
    ),
  }) as unknown as fc.Arbitrary<Message>,
};

export const messages: { readonly [kind: string]: fc.Arbitrary<Message> } = { ...peerMessages, ...clientMessages };

const standingRecord = of('standing', {
  standing: fc.constantFrom('empty' as const, 'active' as const, 'recovering' as const),
  floor: integer,
  firstView: integer,
  founders: several(fc.record({ member: token, incarnation: integer })),
});
const vote = of('vote', { vote: fc.oneof(statements.checkpoint, statements.snapshot) });
const viewChangeRecord = of('viewChange', { signed: viewChange });
const newViewRecord = of('newView', { signed: newView, viewChanges: several(viewChange) });
export const records: { [K in Record['kind']]: fc.Arbitrary<Record> } = {
  standing: standingRecord,
  accepted: of('accepted', { proposal: statements.prePrepare, batch }),
  certificate: of('certificate', { certificate: prepared }),
  batch: of('batch', { sequence: integer, batch, executed: fc.boolean() }),
  vote: vote as unknown as fc.Arbitrary<Record>,
  stable: of('stable', { stable }),
  viewChange: viewChangeRecord,
  newView: newViewRecord,
  snapshotMark: of('snapshotMark', {
    snapshot: stableSnapshot,
    standing: standingRecord,
    stable,
    viewChange: fc.option(viewChangeRecord, { nil: undefined }),
    newView: fc.option(newViewRecord, { nil: undefined }),
    votes: several(vote),
  }) as unknown as fc.Arbitrary<Record>,
};

export const certificates: { [K in Certificate['kind']]: fc.Arbitrary<Certificate> } = {
  prepared: of('prepared', { certificate: prepared }),
  checkpoint: of('checkpoint', { stable }),
  snapshot: of('snapshot', { stable: stableSnapshot }),
  newView: of('newView', { signed: newView, viewChanges: several(viewChange) }),
  reply: of('reply', {
    asked: fc.oneof(of('request', { signed: command }), of('read', { queries: readBytes })),
    results: bytes,
    answers: several(fc.record({ signed: replies, place: fc.nat(), path, index: integer })),
  }) as unknown as fc.Arbitrary<Certificate>,
  equivocation: of('equivocation', { first: anyStatement, second: anyStatement }),
};
