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
  const pool = new SessionPool(() => ({ openSession }) as unknown as KeyValueGroup);
  return new Idempotency(pool, { ...idempotencyLimits, ...limits }, () => now);
}

const asked = (key: string | undefined, name = '') => ({
  headers: { 'idempotency-key': key } as IncomingHttpHeaders,
  rights: { ...everyRight, name },
});
const note = ({ once }: WriteOptions) => places.push(once && `${once.session.id}/${once.sequence}`);
const succeeds = (options: WriteOptions) => (note(options), Promise.resolve(answer));
const fails = (error: Error) => (options: WriteOptions) => (note(options), Promise.reject(error));
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
  expect(await problem(once.run(asked('a'), ['x'], {}, fails(expired(false))))).toBe('unknown-outcome');
  expect(await problem(once.run(asked('a'), ['x'], {}, succeeds))).toBe('unknown-outcome');
  expect(places).toEqual(['1/1', '1/1']);
});

test('a session takes 32 writes that are not settled, then there is another; 32 sessions are the end', async () => {
  const once = table();
  const hang = (options: WriteOptions) => (note(options), new Promise<never>(() => undefined));
  for (let i = 0; i < 32 * 32; i++) void once.run(asked(`k${i}`), ['x'], {}, hang);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([opened.length, places.length, places[31], places[32]]).toEqual([32, 1024, '1/32', '2/1']);
  expect(await problem(once.run(asked('more'), ['x'], {}, succeeds))).toBe('overloaded');
  expect(once.size).toBe(1024);
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
  const small = table({ answerBytes: 1100 });
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
  const hang = () => new Promise<never>(() => undefined);
  for (const key of ['a', 'b']) void once.run(asked(key), ['x'], {}, hang);
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
