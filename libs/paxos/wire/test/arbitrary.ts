import fc from 'fast-check';
import { encodeReadBatch, encodeRequestBatch } from '@synod/api';
import { EntryBatch, sizeOf } from '@synod/log';
import type { Entry } from '@synod/log';
import type {
  AcceptorSet,
  AcceptorState,
  Decide,
  Message,
  PeerMessage,
  ProposerState,
  Read,
  Reconfigure,
  Record,
  Register,
  RegisterNack,
  Reply,
  Request,
} from '@synod/paxos-core';

export const integer = fc.oneof(fc.nat(), fc.maxSafeNat());
export const token = fc.stringMatching(/^[a-z0-9-]{1,32}$/);
/** The highest one is 2^52. */
export const ballot = fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 2 ** 52 }));
const slot = fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 2 ** 50 }));
const promise = fc.oneof(fc.constant(0), ballot);
const bytes = fc.uint8Array({ maxLength: 300 });
const snapshot = fc.record({ index: integer, era: promise });
const standing = fc.constantFrom('empty', 'lost', 'formed', 'active', 'recovering');

/** A record whose `kind` is fixed. */
function of<K extends string, T extends object>(kind: K, fields: { [P in keyof T]: fc.Arbitrary<T[P]> }) {
  return fc.record({ kind: fc.constant(kind), ...fields }) as unknown as fc.Arbitrary<T & { kind: K }>;
}

const entry: fc.Arbitrary<Entry> = fc.oneof(
  fc.constant<Entry>({ kind: 'noOp' }),
  fc.record({ kind: fc.constant('request' as const), from: token, bytes }),
  fc.record({ kind: fc.constant('configuration' as const), bytes }),
);
const entries = fc.array(entry, { minLength: 1, maxLength: 20 });
export const batchAt = (first: number, era: number, list: readonly Entry[]): EntryBatch =>
  new EntryBatch(era, first, list, sizeOf(list));
export const batch = fc.tuple(slot, ballot, entries).map(([first, era, list]) => batchAt(first, era, list));

/** One after the other from `first` on, with the given gaps between them. */
function batchesFrom(first: number, eras: readonly number[], lists: readonly Entry[][], gap = 0): EntryBatch[] {
  let next = first;
  return lists.map((list, i) => {
    const made = batchAt(next, eras[i % eras.length]!, list);
    next += list.length + gap;
    return made;
  });
}

const lists = fc.array(entries, { maxLength: 5 });
const beat = fc.option(fc.record({ at: fc.integer({ min: 1 }), echoes: fc.array(integer, { maxLength: 9 }) }), {
  nil: undefined,
});
const accept = fc
  .record({
    ballot,
    beat,
    chosenThrough: integer,
    trimThrough: integer,
    round: integer,
    clusterId: integer,
    first: slot,
    lists,
  })
  .map(({ first, lists, ...fields }) => {
    return { kind: 'accept' as const, ...fields, batches: batchesFrom(first, [fields.ballot], lists) };
  });
const promised = fc
  .record({
    ballot,
    disk: integer,
    from: slot,
    beyond: fc.nat(9),
    last: integer,
    trimmedThrough: integer,
    clusterId: integer,
    gap: fc.nat(3),
    lists,
  })
  .map(({ beyond, gap, lists, ...fields }) => {
    const batches = batchesFrom(fields.from + gap, [fields.ballot, 1], lists, gap);
    const through = (batches[batches.length - 1]?.last ?? fields.from) + beyond;
    return { kind: 'promised' as const, ...fields, through, batches };
  });
const chosen = fc
  .record({
    ...{ from: slot, chosenThrough: integer, clusterId: integer },
    eras: fc.array(ballot, { minLength: 1, maxLength: 3 }),
    lists,
  })
  .map(({ eras, lists, ...fields }) => ({
    kind: 'chosen' as const,
    ...fields,
    batches: batchesFrom(fields.from, eras, lists),
  }));
const accepted = fc
  .record({
    ballot,
    disk: integer,
    round: integer,
    slots: fc.option(fc.tuple(slot, fc.nat(16_383))),
    heldBytes: integer,
    registersEpoch: integer,
    echo: integer,
    clusterId: integer,
  })
  .map(({ slots, ...fields }) => {
    const [first, more] = slots ?? [0, 0];
    return { kind: 'accepted' as const, ...fields, first, last: first + more };
  });

/** Quorums that meet. */
export const acceptorSet: fc.Arbitrary<AcceptorSet> = fc
  .record({
    version: fc.integer({ min: 1 }),
    acceptors: fc.uniqueArray(fc.record({ address: token, disk: integer }), {
      minLength: 1,
      maxLength: 7,
      selector: ({ address }) => address,
    }),
    phase1: fc.nat(),
    phase2: fc.nat(),
  })
  .map(({ version, acceptors, phase1, phase2 }) => {
    const n = acceptors.length;
    const first = (phase1 % n) + 1;
    const least = n - first + 1;
    return { version, acceptors, phase1: first, phase2: least + (phase2 % first) };
  });
const sets = fc
  .tuple(slot, fc.array(acceptorSet, { minLength: 1, maxLength: 3 }))
  .map(([from, list]) =>
    list.map((set, i) => ({ from: from + i * 7, set: { ...set, version: list[0]!.version + i } })),
  );
const founding = fc.option(acceptorSet, { nil: undefined });

const snapshotChunk = fc
  .record({
    snapshot,
    offset: fc.nat(),
    rest: fc.nat(),
    bytes,
    checksum: fc.nat(2 ** 32 - 1),
    gone: fc.boolean(),
    clusterId: integer,
  })
  .map(({ snapshot, offset, rest, bytes, checksum, gone, clusterId }) => {
    const chunk = { snapshot, offset, totalBytes: offset + bytes.length + rest, bytes, checksum };
    return { kind: 'snapshotChunk' as const, snapshot, offset, chunk: gone ? undefined : chunk, clusterId };
  });

export const key = fc.stringMatching(/^[A-Za-z0-9._/-]{1,128}$/);
/** What was accepted, in a ballot through this one; nothing when there is none. */
const votedThrough = (most: number) =>
  fc
    .record({ accepted: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: most })), value: bytes })
    .map(({ accepted, value }) => ({ accepted, value: accepted === 0 ? new Uint8Array(0) : value }));
const register: fc.Arbitrary<Register> = fc
  .tuple(key, ballot)
  .chain(([key, promised]) => votedThrough(promised).map((voted) => ({ key, promised, ...voted })));
const registerPromised = fc
  .record({ key, ballot, epoch: integer, clusterId: integer, disk: integer })
  .chain((promise) => votedThrough(promise.ballot).map((voted) => ({ ...promise, ...voted })))
  .chain((fields) => fc.boolean().map((isFull) => ({ ...fields, isFull: isFull && fields.accepted === 0 })))
  .map((fields) => ({ kind: 'registerPromised' as const, ...fields }));
const registerNack: fc.Arbitrary<RegisterNack> = fc
  .record({
    key,
    ballots: fc.tuple(ballot, ballot),
    epoch: integer,
    clusterId: integer,
    why: fc.constantFrom('promised', 'epoch', 'full'),
  })
  .filter(({ ballots: [one, other] }) => one !== other)
  .map(({ ballots, ...fields }) => {
    const [lower, higher] = [Math.min(...ballots), Math.max(...ballots)];
    return { kind: 'registerNack' as const, ...fields, ballot: lower, promised: fields.why === 'full' ? 0 : higher };
  })
  .chain((nack) => fc.boolean().map((asked) => (asked && nack.why === 'epoch' ? { ...nack, ballot: 0 } : nack)));
const registersPage = fc
  .record({
    ...{ ballot, epoch: integer, clusterId: integer, disk: integer, isLast: fc.boolean(), fromStart: fc.boolean() },
    floor: promise,
    registers: fc.uniqueArray(register, { minLength: 1, maxLength: 5, selector: ({ key }) => key }),
  })
  .map(({ fromStart, registers, ...fields }) => {
    const sorted = [...registers].sort((one, other) => (one.key < other.key ? -1 : 1));
    const after = fromStart ? '' : sorted.shift()!.key;
    return { kind: 'registersPage' as const, ...fields, after, registers: sorted };
  });

export const peerMessages: { [K in PeerMessage['kind']]: fc.Arbitrary<Extract<PeerMessage, { kind: K }>> } = {
  canvass: of('canvass', { ballot, nonce: integer }),
  canvassReply: of('canvassReply', {
    ...{ nonce: integer, ballot, granted: fc.boolean(), disk: integer, promised: promise },
    ...{ founding, clusterId: integer },
  }),
  prepare: of('prepare', { ballot, from: slot, clusterId: integer }),
  promised,
  accept,
  accepted,
  nack: fc
    .tuple(ballot, ballot, integer, integer)
    .filter(([one, other]) => one !== other)
    .map(([one, other, disk, clusterId]) => {
      return { kind: 'nack', ballot: Math.min(one, other), promised: Math.max(one, other), disk, clusterId };
    }),
  progress: of('progress', { ballot, durableThrough: integer, at: integer, clusterId: integer }),
  learn: of('learn', { from: slot, clusterId: integer }),
  chosen,
  snapshotOffer: of('snapshotOffer', { snapshot, sets, registers: acceptorSet, clusterId: integer }),
  fetchChunk: of('fetchChunk', { snapshot, offset: integer, clusterId: integer }),
  snapshotChunk,
  takeOver: of('takeOver', { ballot, clusterId: integer }),
  join: of('join', { disk: integer, clusterId: integer }),
  registerAsk: of('registerAsk', { key, epoch: integer, clusterId: integer, nonce: integer }),
  registerTold: of('registerTold', {
    key,
    epoch: integer,
    clusterId: integer,
    nonce: integer,
    disk: integer,
    accepted: promise,
  }),
  registerPrepare: of('registerPrepare', { key, ballot, epoch: integer, clusterId: integer, insists: fc.boolean() }),
  registerPromised,
  registerAccept: of('registerAccept', {
    ...{ key, ballot, epoch: integer, clusterId: integer, value: bytes, adopted: fc.boolean() },
  }),
  registerAccepted: of('registerAccepted', { key, ballot, epoch: integer, clusterId: integer, disk: integer }),
  registerNack,
  freezeRegisters: of('freezeRegisters', {
    ballot,
    epoch: integer,
    clusterId: integer,
    after: fc.oneof(fc.constant(''), key),
  }),
  registersPage,
  storeRegisters: of('storeRegisters', {
    clusterId: integer,
    ...{ ballot, epoch: integer, part: integer, registers: fc.array(register, { maxLength: 5 }) },
    floor: promise,
  }),
  registersStored: of('registersStored', { ballot, epoch: integer, clusterId: integer, disk: integer, part: integer }),
  hello: of('hello', { nonce: integer, standing }),
  helloReply: of('helloReply', { nonce: integer, incarnation: integer, standing, clusterId: integer, era: integer }),
  form: fc
    .record({ clusterId: integer, incarnation: integer, founding: bytes })
    .map(({ founding, ...form }) => ({ kind: 'form', ...form, ...(founding.length > 0 && { founding }) })),
  formed: of('formed', { clusterId: integer }),
  activate: of('activate', { clusterId: integer }),
};

const parts = fc.array(bytes, { maxLength: 8 });
const request: fc.Arbitrary<Request> = fc
  .record({ client: token, session: fc.integer({ min: 1 }), sequence: fc.integer({ min: 1 }), operations: parts })
  .map((made) => {
    const { client, session, sequence } = made;
    const bytes = encodeRequestBatch({ ...made, acknowledgedThrough: 0 });
    return { kind: 'request', client, session, sequence, bytes };
  });
const read: fc.Arbitrary<Read> = fc
  .record({
    client: token,
    sequence: integer,
    level: fc.constantFrom('linearizable', 'stale', 'discover'),
    maxAgeMs: integer,
    queries: parts,
  })
  .map((made) => {
    const { client, sequence, level, maxAgeMs } = made;
    return { kind: 'read', client, sequence, level, maxAgeMs, queries: encodeReadBatch(made) };
  });
const quorum = fc.option(fc.integer({ min: 1, max: 64 }), { nil: undefined });
const names = fc.array(token, { maxLength: 5 });
const reconfigure: fc.Arbitrary<Reconfigure> = fc
  .tuple(
    of('reconfigure', {
      ...{ client: token, sequence: integer, version: integer },
      ...{ add: names, remove: names, phase1: quorum, phase2: quorum },
    }),
    fc.constantFrom({}, { force: true }),
  )
  .map(([made, forced]) => ({ ...made, ...forced }));
const decide: fc.Arbitrary<Decide> = of('decide', {
  ...{ client: token, sequence: integer, key, value: fc.option(bytes, { nil: undefined }) },
});
const leader = fc.option(token, { nil: undefined });
const refused = fc
  .record({
    reason: fc.constantFrom(
      ...(['notLeader', 'overloaded', 'tooLarge', 'noQuorum'] as const),
      ...(['unavailable', 'steppedDown', 'lost', 'malformed'] as const),
    ),
    ...{ leader, ballot: promise, retryAfterMs: integer, detail: fc.string({ maxLength: 40 }) },
  })
  .map(({ detail, ...rest }) => ({ kind: 'refused' as const, ...rest, ...(detail !== '' && { detail }) }));
const reply: fc.Arbitrary<Reply> = of('reply', {
  client: token,
  session: integer,
  sequence: integer,
  answer: fc.oneof(
    of('results', { results: bytes, index: integer, ballot: promise, ageMs: integer }),
    of('discovery', {
      replica: token,
      role: token,
      leader,
      ballot: promise,
      members: fc.array(token, { maxLength: 9 }),
    }),
    of('reconfigured', { set: acceptorSet, from: integer }),
    of('decided', { value: fc.option(bytes, { nil: undefined }), ballot: promise }),
    refused,
  ) as fc.Arbitrary<Reply['answer']>,
});

export const messages: { [kind: string]: fc.Arbitrary<Message> } = {
  ...peerMessages,
  ...{ request, read, reconfigure, decide, reply },
};

const acceptorState: fc.Arbitrary<AcceptorState> = of('acceptorState', {
  standing: fc.constantFrom('formed' as const, 'active' as const),
  ...{ clusterId: integer, disk: integer, founding, promised: promise },
  ...{ trimmedThrough: integer, registersEpoch: integer, registerFloor: promise },
});
const proposerState: fc.Arbitrary<ProposerState> = of('proposerState', {
  number: fc.nat(63),
  round: fc.integer({ min: 0, max: 2 ** 46 }),
  remembers: fc.boolean(),
  clusterId: integer,
  founding: acceptorSet,
});
export const records: { [K in Record['kind']]: fc.Arbitrary<Record> } = {
  acceptorState,
  vote: of('vote', { number: slot, batch }),
  registerVote: of('registerVote', { number: slot, register }),
  acceptorMark: of('acceptorMark', {
    ...{ number: integer, snapshot: fc.option(snapshot, { nil: undefined }), state: acceptorState },
  }),
  proposerState,
  chosenValues: of('chosenValues', { batch }),
  proposerMark: of('proposerMark', {
    snapshot,
    sizeBytes: integer,
    state: proposerState,
    sets,
    registers: acceptorSet,
  }),
};
