import type { IncomingHttpHeaders } from 'node:http';
import { Session, SynodError } from '@synod/client';
import type { KeyValueGroup, WriteOptions } from '@synod/client';
import { everyRight } from '../src/access/rights.js';
import type { Answer } from '../src/http/operation.js';
import type { Problem } from '../src/http/problem.js';
import { Idempotency, idempotencyLimits } from '../src/kv/idempotency.js';
import { SessionPool } from '../src/kv/session-pool.js';

let opened: Session[];
let now: number;
let places: (string | undefined)[];
const answer: Answer = { status: 200, headers: { etag: '"1"' }, body: 'done' };
const replayed = { ...answer, headers: { etag: '"1"', 'synod-replayed': 'true' } };
const unknown = new SynodError('unknownOutcome', 'no answer');
const expired = (mayHaveTakenEffect: boolean) => new SynodError('sessionExpired', 'forgotten', { mayHaveTakenEffect });

beforeEach(() => {
  opened = [];
  now = 0;
  places = [];
});

function table(limits = {}): Idempotency {
  const openSession = () => {
    opened.push(new Session(opened.length + 1));
    return Promise.resolve(opened.at(-1)!);
  };
  const pool = () => new SessionPool(() => ({ openSession }) as unknown as KeyValueGroup);
  return new Idempotency(pool, { ...idempotencyLimits, ...limits }, () => now);
}

const asked = (key: string | undefined, name = '') => ({
  headers: { 'idempotency-key': key } as IncomingHttpHeaders,
  rights: { ...everyRight, name },
});
const note = ({ once }: WriteOptions) => places.push(once && `${once.session.id}/${once.sequence}`);
const succeeds = (options: WriteOptions) => (note(options), Promise.resolve(answer));
const fails = (error: Error) => (options: WriteOptions) => (note(options), Promise.reject(error));
const hangs = (options: WriteOptions) => (note(options), new Promise<never>(() => undefined));
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
const minute = 60_000;
const day = 24 * 60 * minute;
const problem = async (promise: Promise<unknown>) => (await promise.catch((error: Problem) => error.problem)) as string;

test('without a key every request is executed, in no session of ours', async () => {
  const once = table();
  for (let i = 0; i < 2; i++) expect(await once.run(asked(undefined), ['x'], {}, succeeds)).toBe(answer);
  expect([places, once.size, opened.length]).toEqual([[undefined, undefined], 0, 0]);
});

test('with a key it is executed once, and answered alike', async () => {
  const once = table();
  expect(await once.run(asked('"a"'), ['x'], {}, succeeds)).toEqual(answer);
  expect(await once.run(asked('a'), ['x'], {}, succeeds)).toEqual(replayed);
  expect(await once.run(asked('b'), ['x'], {}, succeeds)).toEqual(answer);
  expect(places).toEqual(['1/1', '1/2']);
});

test('another request under the same key is refused, whatever became of the first', async () => {
  const once = table();
  await once.run(asked('a'), ['x', 'yz'], {}, succeeds);
  expect(await problem(once.run(asked('a'), ['xy', 'z'], {}, succeeds))).toBe('idempotency-key-reused');
});

test('a retry while the first is under way waits for its answer', async () => {
  const once = table();
  let finish!: (answer: Answer) => void;
  const first = once.run(asked('a'), ['x'], {}, () => new Promise((resolve) => (finish = resolve)));
  const second = once.run(asked('a'), ['x'], {}, succeeds);
  await new Promise(setImmediate);
  finish(answer);
  expect([await first, await second, places]).toEqual([answer, replayed, []]);
});

test('after an unknown outcome a retry asks for the same write, at the same place', async () => {
  const once = table();
  expect(await problem(once.run(asked('a'), ['x'], {}, fails(unknown)))).toBe('unknown-outcome');
  expect(await once.run(asked('a'), ['x'], {}, succeeds)).toEqual(answer);
  expect(places).toEqual(['1/1', '1/1']);
});

test('a retry that has no effect itself does not make an unknown outcome a known one', async () => {
  const once = table();
  await problem(once.run(asked('a'), ['x'], {}, fails(unknown)));
  expect(await problem(once.run(asked('a'), ['x'], {}, fails(new SynodError('noQuorum', 'none'))))).toBe(
    'unknown-outcome',
  );
  await once.run(asked('a'), ['x'], {}, succeeds);
  expect(places).toEqual(['1/1', '1/1', '1/1']);
});

test('a failure without effect frees the key', async () => {
  const once = table();
  expect(await problem(once.run(asked('a'), ['x'], {}, fails(new SynodError('overloaded', 'later'))))).toBe(
    'overloaded',
  );
  expect(once.size).toBe(0);
  expect(await once.run(asked('a'), ['another'], {}, succeeds)).toEqual(answer);
});

test('a session that the group forgot while it idled costs nothing', async () => {
  const once = table();
  await once.run(asked('a'), ['x'], {}, succeeds);
  let attempts = 0;
  const execute = (options: WriteOptions) => (++attempts === 1 ? fails(expired(false))(options) : succeeds(options));
  expect(await once.run(asked('b'), ['x'], {}, execute)).toEqual(answer);
  expect(places).toEqual(['1/1', '1/2', '2/1']);
});

test('a session forgotten after an unknown outcome: nobody can tell, and nothing is executed again', async () => {
  const once = table();
  await problem(once.run(asked('a'), ['x'], {}, fails(unknown)));
  expect(await problem(once.run(asked('a'), ['x'], {}, fails(expired(false))))).toBe('lost-outcome');
  expect(await problem(once.run(asked('a'), ['x'], {}, succeeds))).toBe('lost-outcome');
  expect(places).toEqual(['1/1', '1/1']);
});

test('a session takes 32 writes that are not settled, then there is another; 8 sessions are the end', async () => {
  const once = table();
  for (let i = 0; i < 8 * 32; i++) void once.run(asked(`k${i}`), ['x'], {}, hangs);
  await settled();
  expect([opened.length, places.length, places[31], places[32]]).toEqual([8, 256, '1/32', '2/1']);
  now = day - 1;
  expect(await problem(once.run(asked('more'), ['x'], {}, succeeds))).toBe('overloaded');
  expect(once.size).toBe(256);
});

test('what is answered is acknowledged to the group in order, so that its memory does not grow', async () => {
  const once = table();
  await problem(once.run(asked('a'), ['x'], {}, fails(unknown)));
  await once.run(asked('b'), ['x'], {}, succeeds);
  expect(opened[0]!.acknowledgedBefore(3)).toBe(0);
  await once.run(asked('a'), ['x'], {}, succeeds);
  expect(opened[0]!.acknowledgedBefore(4)).toBe(2);
});

test('the oldest keys are forgotten beyond a number, a size and an age', async () => {
  const few = table({ keys: 3 });
  for (const key of ['a', 'b', 'c', 'd']) await few.run(asked(key), ['x'], {}, succeeds);
  expect(few.size).toBe(3);
  expect(await few.run(asked('a'), ['x'], {}, succeeds)).toEqual(answer);
  const small = table({ bytes: 1100 });
  for (const key of ['a', 'b', 'c', 'd']) await small.run(asked(key), ['x'], {}, succeeds);
  expect(small.size).toBe(2);
  const young = table({ ageMs: 10 });
  await young.run(asked('a'), ['x'], {}, succeeds);
  now = 11;
  await young.run(asked('b'), ['x'], {}, succeeds);
  expect(young.size).toBe(1);
});

test('keys under way are never forgotten: beyond the number, new ones are refused', async () => {
  const once = table({ keys: 2 });
  for (const key of ['a', 'b']) void once.run(asked(key), ['x'], {}, hangs);
  expect(await problem(once.run(asked('c'), ['x'], {}, succeeds))).toBe('overloaded');
});

test('the keys of one who asks are nobody else’s: neither his answers nor his mistakes', async () => {
  const once = table();
  expect(await once.run(asked('a', 'ann'), ['x'], {}, succeeds)).toEqual(answer);
  expect(await once.run(asked('a', 'bob'), ['x'], {}, succeeds)).toEqual(answer);
  expect(await once.run(asked('a', 'bob'), ['x'], {}, succeeds)).toEqual(replayed);
  expect(await once.run(asked('a', 'cyd'), ['y'], {}, succeeds)).toEqual(answer);
  expect(once.size).toBe(3);
});

/** All places of this caller: the first of each session unknown, the others answered. */
async function fill(once: Idempotency, name = ''): Promise<void> {
  for (let i = 0; i < 8 * 32; i++) {
    await once.run(asked(`k${i}`, name), ['x'], {}, i % 32 === 0 ? fails(unknown) : succeeds).catch(() => undefined);
  }
}

test('writes of unknown outcome whose callers never come back stop neither others nor, after half a minute, their own', async () => {
  const once = table();
  await fill(once, 'careless');
  expect(opened).toHaveLength(8);
  expect(await problem(once.run(asked('more', 'careless'), ['x'], {}, succeeds))).toBe('overloaded');
  expect(await once.run(asked('fresh', 'innocent'), ['x'], {}, succeeds)).toEqual(answer);
  now = 30_000;
  for (let i = 0; i < 2000; i++) {
    await once
      .run(asked(`more${i}`, 'careless'), ['x'], {}, i % 32 === 0 ? fails(unknown) : succeeds)
      .catch((error) => {
        expect((error as Problem).problem).toBe('unknown-outcome');
      });
    now += 1000;
  }
});

test('who needs room takes it of the write that is unknown for longest; it is lost, and not executed again', async () => {
  const once = table();
  await fill(once);
  now = 20_000;
  await problem(once.run(asked('k0'), ['x'], {}, fails(unknown)));
  now = 30_000;
  places = [];
  expect(await once.run(asked('more'), ['x'], {}, succeeds)).toEqual(answer);
  // That of k32, since k0 was asked for again; its group hears that what still comes of it is not to be executed.
  expect([places, opened[1]!.acknowledgedBefore(34)]).toEqual([['2/33'], 33]);
  const lost = await once.run(asked('k32'), ['x'], {}, succeeds).catch((error: Problem) => error);
  expect(lost).toMatchObject({
    problem: 'lost-outcome',
    detail: expect.stringContaining('cannot be found out') as string,
  });
  expect(await once.run(asked('k0'), ['x'], {}, succeeds)).toEqual(answer);
  expect(places).toEqual(['2/33', '1/1']);
});

test('a write that is being repeated is not given up, however long it takes', async () => {
  const once = table();
  await fill(once);
  for (let i = 1; i < 8; i++) void once.run(asked(`k${32 * i}`), ['x'], {}, hangs);
  let finish!: (answer: Answer) => void;
  const repeated = once.run(asked('k0'), ['x'], {}, () => new Promise((resolve) => (finish = resolve)));
  now = minute;
  expect(await problem(once.run(asked('more'), ['x'], {}, succeeds))).toBe('overloaded');
  finish(answer);
  expect(await repeated).toEqual(answer);
  expect(await once.run(asked('more'), ['x'], {}, succeeds)).toEqual(answer);
});

test('what gives no room is not given up for it', async () => {
  const once = table();
  for (let i = 0; i < 8 * 32; i++) {
    const execute = i % 32 === 0 ? hangs : fails(unknown);
    void once.run(asked(`k${i}`), ['x'], {}, execute).catch(() => undefined);
    await new Promise(setImmediate);
  }
  now = minute;
  expect(await problem(once.run(asked('more'), ['x'], {}, succeeds))).toBe('overloaded');
  expect(await once.run(asked('k1'), ['x'], {}, succeeds)).toEqual(answer);
});

test('one who asks pushes out no other’s keys, neither by number nor by bytes', async () => {
  for (const limits of [{ keys: 3 }, { bytes: 1100 }]) {
    const once = table(limits);
    await once.run(asked('a', 'ann'), ['x'], {}, succeeds);
    for (let i = 0; i < 10; i++) await once.run(asked(`${i}`, 'bob'), ['x'], {}, succeeds);
    expect(await once.run(asked('a', 'ann'), ['x'], {}, succeeds)).toEqual(replayed);
    expect(once.size).toBe('keys' in limits ? 4 : 3);
  }
});

test('beyond the bytes of all together who has most loses his oldest', async () => {
  const once = table({ allBytes: 2100 });
  await once.run(asked('a', 'ann'), ['x'], {}, succeeds);
  for (const key of ['a', 'b', 'c', 'd']) await once.run(asked(key, 'bob'), ['x'], {}, succeeds);
  expect(once.size).toBe(4);
  expect(await once.run(asked('a', 'ann'), ['x'], {}, succeeds)).toEqual(replayed);
  expect(await once.run(asked('d', 'bob'), ['x'], {}, succeeds)).toEqual(replayed);
  expect(await once.run(asked('a', 'bob'), ['x'], {}, succeeds)).toEqual(answer);
});

test('a key of unknown outcome is not taken as new while a copy may be under way: for ten minutes', async () => {
  const once = table({ keys: 2, ageMs: minute, allBytes: 100 });
  await problem(once.run(asked('a'), ['x'], {}, fails(unknown)));
  now = 10 * minute - 1;
  for (const key of ['b', 'c', 'd']) await once.run(asked(key), ['x'], {}, succeeds);
  expect(await problem(once.run(asked('a'), ['y'], {}, succeeds))).toBe('idempotency-key-reused');
  now += 1;
  await once.run(asked('e'), ['x'], {}, succeeds);
  expect(once.size).toBe(0);
});

test('of a caller whose keys are all forgotten nothing is left when another comes', async () => {
  const once = table({ ageMs: minute });
  for (let i = 0; i < 5; i++) {
    await once.run(asked('a', `token ${i}`), ['x'], {}, succeeds);
    now += 2 * minute;
  }
  expect(once.size).toBe(1);
});
