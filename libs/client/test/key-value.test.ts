import { encodeOperation, encodeQuery, encodeSessionError } from '@synod/api';
import { failure, stage } from './stage.js';

const here = stage();

test('get, put, delete', async () => {
  const { kv } = here;
  expect((await kv.get('a')).entry).toBeUndefined();
  const { revision } = await kv.put('a', 'one');
  const { entry, source } = await kv.get('a');
  expect(entry).toMatchObject({ text: 'one', keyText: 'a', revision, created: revision, version: 1 });
  expect(source.index).toBeGreaterThanOrEqual(revision);
  expect(await kv.delete('a')).toMatchObject({ existed: true });
  expect(await kv.delete('a')).toMatchObject({ existed: false });
  expect((await kv.get('a')).entry).toBeUndefined();
});

test('a reply’s number in the session is not taken for the batch that it was executed in', async () => {
  const { kv } = here;
  for (let put = 1; put <= 3; put++) expect((await kv.put('a', `${put}`)).source).not.toHaveProperty('executedIn');
});

test('keys and values are bytes; what is given out is the caller’s own', async () => {
  const { kv } = here;
  const key = Uint8Array.of(0, 255, 46, 42);
  const value = Uint8Array.of(1, 2, 3);
  await kv.put(key, value);
  const { entry } = await kv.get(key);
  expect(entry?.key).toEqual(key);
  expect(entry?.value).toEqual(value);
  expect(entry?.value.buffer.byteLength).toBe(3);
  await kv.put('empty', '');
  expect((await kv.get('empty')).entry?.value).toEqual(new Uint8Array(0));
});

test('compare-and-set: a mismatch is a result that tells the present revision', async () => {
  const { kv } = here;
  const created = await kv.compareAndSet('a', 0, 'one');
  expect(created.succeeded).toBe(true);
  expect(await kv.compareAndSet('a', 0, 'two')).toMatchObject({ succeeded: false, revision: created.revision });
  expect((await kv.compareAndSet('a', created.revision, 'three')).succeeded).toBe(true);
  expect(await kv.compareAndSet('a', created.revision, undefined)).toMatchObject({ succeeded: false });
  const { entry } = await kv.get('a');
  expect(await kv.compareAndSet('a', entry!.revision, undefined)).toMatchObject({ succeeded: true });
  expect((await kv.get('a')).entry).toBeUndefined();
});

test('a range, page by page', async () => {
  const { kv } = here;
  const names = Array.from({ length: 25 }, (_, i) => `item/${String(i).padStart(2, '0')}`);
  await Promise.all([...names.map((name) => kv.put(name, name)), kv.put('other', 'x')]);
  const page = await kv.range({ prefix: 'item/', limit: 10 });
  expect(page.entries.map(({ keyText }) => keyText)).toEqual(names.slice(0, 10));
  expect(page.more).toBe(true);
  const all: string[] = [];
  for await (const entry of kv.scan({ prefix: 'item/', limit: 10 })) all.push(entry.text);
  expect(all).toEqual(names);
});

test('a transaction', async () => {
  const { kv } = here;
  const transfer = () =>
    kv.transaction({
      conditions: [{ key: 'from', is: 'equal', revision: 0 }],
      success: [{ put: { key: 'from', value: '1' } }, { put: { key: 'to', value: '2' } }, { get: { key: 'from' } }],
      failure: [{ get: { key: 'to' } }, { get: { key: 'nobody' } }, { delete: { key: 'from' } }],
    });
  const done = await transfer();
  expect(done.succeeded).toBe(true);
  expect(done.results).toMatchObject([
    { kind: 'written', existed: false },
    { kind: 'written', existed: false },
    { kind: 'got', entry: { text: '1' } },
  ]);
  const undone = await transfer();
  expect(undone.succeeded).toBe(false);
  expect(undone.results).toMatchObject([
    { kind: 'got', entry: { text: '2' } },
    { kind: 'got', entry: undefined },
    { kind: 'written', existed: true },
  ]);
});

test("bytes of a user's own state machine go through as they are", async () => {
  const { kv } = here;
  const operation = encodeOperation({ kind: 'put', key: Buffer.from('a'), value: Buffer.from('1') });
  const { result, source } = await kv.execute(operation);
  expect(result.length).toBeGreaterThan(0);
  expect(source.index).toBe(2);
  const answer = await kv.query(encodeQuery({ kind: 'get', key: Buffer.from('a') }));
  expect(Buffer.from(answer.result).includes('1')).toBe(true);
});

test('a stale read is answered by any replica and says how old it is', async () => {
  const { kv, group } = here;
  await kv.put('a', '1');
  group.script = (received) => {
    if (received.read?.level !== 'stale') return false;
    if (received.at === 'r1') group.refuse(received, 'noQuorum');
    else {
      const { reply } = group;
      group.reply = (to, answer, index) => reply.call(group, to, answer, index, { ageMs: 42 });
      group.serve(received);
      Reflect.deleteProperty(group, 'reply');
    }
    return true;
  };
  const answers = [];
  for (let i = 0; i < 6; i++) answers.push(await kv.get('a', { level: 'stale', maxAgeMs: 100 }));
  expect(new Set(answers.map(({ source }) => source.replica))).toEqual(new Set(['r2', 'r3']));
  expect(answers.every(({ entry, source }) => entry?.text === '1' && source.ageMs === 42)).toBe(true);
});

test('lease reads are refused in words', async () => {
  const error = await failure(here.kv.get('a', { level: 'lease' }));
  expect(error.code).toBe('unsupported');
  expect(error.message).toContain('linearizable');
});

test.each([
  ['an empty key', 'invalid', () => here.kv.put('', 'v')],
  ['a long key', 'invalid', () => here.kv.get('k'.repeat(1025))],
  ['a large value', 'tooLarge', () => here.kv.put('k', Buffer.alloc(65_537))],
  ['a negative revision', 'invalid', () => here.kv.compareAndSet('k', -1, 'v')],
  ['a number as a value', 'invalid', () => here.kv.put('k', 7 as never)],
  ['too many steps', 'tooLarge', () => here.kv.transaction({ success: Array(129).fill({ delete: { key: 'k' } }) })],
  [
    'a relation that is none',
    'invalid',
    () => here.kv.transaction({ conditions: [{ key: 'k', is: '<' as never, revision: 1 }] }),
  ],
  ['too large a page', 'invalid', () => here.kv.range({ limit: 1001 })],
  ['an operation above any batch', 'tooLarge', () => here.kv.execute(Buffer.alloc(200_000))],
  ['no time', 'invalid', () => here.kv.get('k', { timeoutMs: 0 })],
  ['a level that is none', 'invalid', () => here.kv.get('k', { level: 'fresh' as never })],
  ['an age for a linearizable read', 'invalid', () => here.kv.get('k', { maxAgeMs: 10 })],
] as const)('%s is refused before anything is sent', async (_what, code, call) => {
  expect(await failure(call())).toMatchObject({ code, mayHaveTakenEffect: false });
  expect(here.group.requests.length + here.group.reads.length).toBe(0);
  expect(here.kv.statistics.pendingOperations).toBe(0);
});

test('an operation that the store refuses is an error of that operation alone', async () => {
  const { kv } = here;
  const [good, bad] = await Promise.all([
    kv.put('a', '1'),
    failure(kv.transaction({ success: [] })).catch(() => 'fine'),
  ]);
  expect(good.existed).toBe(false);
  expect(bad).toBe('fine');
  const answers = await Promise.all([kv.execute(Buffer.from([0x7a, 0])), kv.put('b', '2')]);
  expect(answers[1].existed).toBe(false);
});

test('a batch of queries that the group cannot read is an error, not a loop', async () => {
  const { kv, group } = here;
  group.script = (received) => {
    if (received.read?.level !== 'linearizable') return false;
    group.results(received, encodeSessionError('malformed'), 1);
    return true;
  };
  expect(await failure(kv.get('a'))).toMatchObject({ code: 'invalid', mayHaveTakenEffect: false });
  expect(group.reads.length).toBe(1);
});

test('reads whose answer does not fit one message come in several', async () => {
  const { kv, group } = here;
  await Promise.all(Array.from({ length: 8 }, (_, i) => kv.put(`large-${i}`, Buffer.alloc(60_000, i))));
  group.forgetSessions(150_000);
  const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => kv.get(`large-${i}`)));
  expect(answers.map(({ entry }) => entry?.value[0])).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  // On a busy machine one may be said again.
  expect(new Set(group.reads.map(({ read }) => read?.sequence)).size).toBe(3);
});
