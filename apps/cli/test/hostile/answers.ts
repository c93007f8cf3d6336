import fc from 'fast-check';
import { encodeLedgerResult, encodeReply, encodeResult, encodeResults, limits } from '@synod/api';
import type { Answer, RefusalReason } from '@synod/api';

// What a replica can say that has the right to answer and wishes its clients no good.

/** A question as far as an answer must know it. */
export interface Asked {
  readonly kind: string;
  /** Where the answer goes. */
  readonly client: string;
  readonly session: number;
  readonly sequence: number;
  /** Who is asked. */
  readonly replica: string;
  /** Operations or queries in it. */
  readonly count: number;
  readonly discovers: boolean;
}

export interface Lie {
  readonly bytes: (asked: Asked) => Uint8Array;
  /** The token that the answer is sent to, in place of the right one. */
  readonly client: string | undefined;
  readonly times: number;
  readonly headers: boolean;
}

const rarely = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>, weight = 4): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: odd });

const real = ['raft-r1', 'raft-r2', 'raft-r3'];
const names = rarely(
  fc.constantFrom(...real),
  fc.constantFrom('', 'nobody', 'replicas', '*', '>', 'a.b', 'RAFT', '__proto__', 'x'.repeat(32)),
);
const numbers = fc.constantFrom(0, 1, 2, 1000, 2 ** 31, 2 ** 32, 2 ** 53 - 1);
const bytes = fc.uint8Array({ maxLength: 200 });
/** What would clear a terminal, ring it, or forge a line. */
const controls = ['\x1b[2J\x1b[31m', '\x07\x08', '\r\nsynod: all is well', '\x9b31m', '\u202e'];
const text = rarely(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.constantFrom(...controls));

const escape = Buffer.from(controls[0]!);
const found = { key: Buffer.from('a'), value: Buffer.from('b'), revision: 3, created: 2, version: 1 };
const hash = Buffer.alloc(32, 0xab);
const header = { height: 7, hash, previous: hash, root: hash, proposer: escape, proposerTime: 5, count: 1 };
const block = { ...header, time: 2 ** 53 - 1, transactions: [{ author: escape, time: 2 ** 53 - 1, data: escape }] };
const ofLedger = fc.oneof(
  fc
    .record({ height: numbers, pending: fc.nat(9) })
    .map(({ height, pending }) =>
      encodeLedgerResult({ kind: 'head', head: { ...block, height }, transactions: height, pending }),
    ),
  fc
    .record({ height: numbers, more: fc.boolean(), count: fc.nat(3) })
    .map(({ height, more, count }) =>
      encodeLedgerResult({ kind: 'blocks', blocks: Array(count).fill({ ...block, height }), more }),
    ),
  fc
    .record({ height: numbers, closed: fc.boolean() })
    .map(({ height, closed }) => encodeLedgerResult({ kind: 'submitted', height, position: 2 ** 32 - 1, closed })),
  fc.constantFrom(
    encodeLedgerResult({ kind: 'cut', height: 7, hash, byThis: true }),
    encodeLedgerResult({ kind: 'blocks', blocks: [block], more: false }),
    encodeLedgerResult({ kind: 'error', code: 'full' }),
    encodeResult({ kind: 'error', code: 'unknown' }),
  ),
);
const results = fc.oneof(
  ofLedger,
  fc.constantFrom(
    encodeResult({ kind: 'written', revision: 7, existed: true }),
    encodeResult({ kind: 'mismatch', revision: 7 }),
    encodeResult({ kind: 'notFound' }),
    encodeResult({ kind: 'found', ...found }),
    encodeResult({ kind: 'found', ...found, value: Buffer.alloc(65_536, 0xff) }),
    encodeResult({ kind: 'range', items: [found, { ...found, key: escape, value: escape }, found], more: true }),
    encodeResult({
      kind: 'transaction',
      succeeded: true,
      results: [{ kind: 'found', ...found }, { kind: 'notFound' }],
    }),
  ),
  bytes,
);
const reasons: readonly RefusalReason[] = [
  ...(['notLeader', 'overloaded', 'tooLarge', 'noQuorum', 'unavailable', 'lost'] as const),
  ...(['unauthorized', 'malformed', 'steppedDown'] as const),
];

type MakeAnswer = (asked: Asked) => Answer;

const refusals: fc.Arbitrary<MakeAnswer> = fc
  .record({ reason: fc.constantFrom(...reasons), leader: names, retryAfterMs: numbers, detail: text })
  .map((refusal) => () => ({ kind: 'refusal', ...refusal }));

const discoveries: fc.Arbitrary<MakeAnswer> = fc
  .record({
    replica: fc.option(names, { freq: 1 }),
    protocol: fc.constantFrom('raft', 'paxos', 'pbft', '', 'x'.repeat(32)),
    role: fc.constantFrom('leader', 'follower', '', '🎉', controls[0]!),
    kinds: fc.subarray(['request', 'read', 'decide', 'x'.repeat(32)]),
    leader: names,
    members: rarely(
      fc.constant(real),
      fc.oneof(
        fc.array(names, { maxLength: 5 }),
        fc
          .integer({ min: 60, max: limits.replyItems })
          .map((count) => Array.from({ length: count }, (_, i) => `m${i}`)),
      ),
    ),
  })
  .map(({ replica, ...rest }) => (asked) => ({ kind: 'discovery', replica: replica ?? asked.replica, ...rest }));

/** As a real one says it: without it nobody asks for more. */
const trueDiscovery: MakeAnswer = ({ replica }) => ({
  ...{ kind: 'discovery', replica, protocol: 'raft', role: replica === 'raft-r1' ? 'leader' : 'follower' },
  ...{ leader: 'raft-r1', members: real, kinds: ['request', 'read'] },
});

const answers: fc.Arbitrary<MakeAnswer> = fc.oneof(
  // As many as were asked for: the client takes them to heart.
  {
    weight: 3,
    arbitrary: results.map(
      (one): MakeAnswer =>
        ({ count }) => ({ kind: 'results', encoded: encodeResults(Array(count).fill(one)) }),
    ),
  },
  fc.array(results, { maxLength: 4 }).map(
    (all): MakeAnswer =>
      () => ({ kind: 'results', encoded: encodeResults(all) }),
  ),
  bytes.map(
    (encoded): MakeAnswer =>
      () => ({ kind: 'results', encoded }),
  ),
  refusals,
  discoveries,
);

const replies: fc.Arbitrary<Lie['bytes']> = fc
  .record({
    answer: answers,
    discovery: rarely(fc.constant(trueDiscovery), fc.oneof(discoveries, answers)),
    place: rarely(fc.constant(0), fc.constantFrom(-1, 1, 1000)),
    index: numbers,
    term: numbers,
    ageMs: numbers,
    traceId: fc.option(fc.uint8Array({ minLength: 16, maxLength: 16 })),
    changes: rarely<readonly [number, number][]>(
      fc.constant([]),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }),
    ),
    cut: rarely(fc.constant(undefined), fc.nat(), 6),
  })
  .map(({ answer, discovery, place, changes, cut, traceId, ...rest }) => (asked) => {
    const sequence = Math.max(0, asked.sequence + place);
    const { session } = asked;
    const reply = Buffer.from(
      encodeReply({
        ...rest,
        session,
        sequence,
        answer: (asked.discovers ? discovery : answer)(asked),
        traceId: traceId ?? undefined,
      }),
    );
    for (const [at, byte] of changes) reply[at % reply.length] = byte;
    return cut === undefined ? reply : reply.subarray(0, cut % (reply.length + 1));
  });

/** What is told of a replica's state is JSON. */
const reports: fc.Arbitrary<Lie['bytes']> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }).map((value) => () => Buffer.from(JSON.stringify(value))),
  fc
    .record({
      state: fc.jsonValue({ maxDepth: 2 }),
      members: fc.jsonValue(),
      rounds: fc.jsonValue(),
    })
    .map(
      (parts) => (asked: Asked) =>
        Buffer.from(JSON.stringify({ replica: asked.replica, group: 'kv', protocol: 'raft', ...parts })),
    ),
  fc
    .constantFrom('{"state":{"role":"leader","term":1e999}}', '[[[[', `"${'x'.repeat(100_000)}"`)
    .map((json) => () => Buffer.from(json)),
  bytes.map((noise) => () => noise),
);

/** What is said in answer to every question, until other lies are thought of. */
export const lies: fc.Arbitrary<readonly Lie[]> = fc.array(
  fc.record({
    bytes: fc.record({ reply: replies, report: reports }).map(
      ({ reply, report }) =>
        (asked: Asked) =>
          asked.kind === 'status' ? report(asked) : reply(asked),
    ),
    client: rarely(fc.constant(undefined), fc.constantFrom('nobody', 'x', '0'.repeat(32)), 8),
    times: rarely(fc.constant(1), fc.constantFrom(2, 50)),
    headers: rarely(fc.constant(false), fc.constant(true)),
  }),
  { minLength: 1, maxLength: 4 },
);
