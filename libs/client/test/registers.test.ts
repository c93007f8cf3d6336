import { eventually } from '@synod/nats-transport/testing';
import type { Received } from './fake-group.js';
import { failure, stage } from './stage.js';

const here = stage();

beforeEach(() => {
  Object.assign(here.group, { protocol: 'paxos', kinds: ['request', 'read', 'decide'] });
});

/** All wishes for registers go to `instead`. */
function wishes(instead: (received: Received) => void): void {
  here.group.script = (received) => {
    if (received.decide === undefined) return false;
    instead(received);
    return true;
  };
}

test('the first value is the register’s for ever, and everybody is told', async () => {
  const { kv, client } = here;
  expect(await kv.decided('config/owner')).toBeUndefined();
  const first = await kv.decide('config/owner', 'alice');
  expect(first).toMatchObject({ text: 'alice', isOurs: true, source: { replica: 'r1', index: 0 } });
  const second = await client.group('kv').decide('config/owner', 'bob');
  expect(second).toMatchObject({ text: 'alice', isOurs: false });
  expect((await kv.decided('config/owner'))?.text).toBe('alice');
  expect((await kv.decide('empty', '')).value).toHaveLength(0);
  expect(await kv.decided('empty')).toMatchObject({ text: '' });
  expect(kv.statistics.pendingOperations).toBe(0);
  expect(kv.statistics.pendingBytes).toBe(0);
});

test('a group whose protocol has no registers is told apart by what it says of itself', async () => {
  const { group, kv } = here;
  Object.assign(group, { protocol: 'raft', kinds: ['request', 'read'] });
  for (const call of [kv.decide('key', 'x'), kv.decided('key')]) {
    const error = await failure(call);
    expect(error).toMatchObject({ code: 'unsupported', mayHaveTakenEffect: false });
    expect(error.message).toContain('group kv speaks raft, which has no write-once registers');
  }
  expect(group.decides).toEqual([]);
  expect(kv.statistics.pendingOperations).toBe(0);
});

test('keys and values are judged before anything is sent', async () => {
  const { group, kv } = here;
  for (const key of ['', 'a b', 'ä', 'k'.repeat(129), 'a\n']) {
    expect(await failure(kv.decide(key, 'x'))).toMatchObject({ code: 'invalid', mayHaveTakenEffect: false });
    expect(await failure(kv.decided(key))).toMatchObject({ code: 'invalid' });
  }
  expect(await failure(kv.decide('key', new Uint8Array(4097)))).toMatchObject({ code: 'tooLarge' });
  expect(await failure(kv.decide('key', 7 as never))).toMatchObject({ code: 'invalid' });
  expect(await failure(kv.decide('key', 'x', { timeoutMs: -1 }))).toMatchObject({ code: 'invalid' });
  expect(group.decides).toEqual([]);
  expect((await kv.decide('A-Z/a.z_0'.padEnd(128, '9'), new Uint8Array(4096))).isOurs).toBe(true);
});

test('the leader is asked first, and when it is silent another one', async () => {
  const { group, kv } = here;
  await kv.put('a', '1');
  const seen: string[] = [];
  wishes((received) => {
    seen.push(received.at);
    if (received.at !== group.leader) group.serve(received);
  });
  expect((await kv.decide('key', 'x')).text).toBe('x');
  expect(seen[0]).toBe('r1');
  const [original, ...copies] = group.decides;
  for (const copy of copies) expect(Buffer.compare(copy.bytes, original!.bytes)).toBe(0);
});

test('whoever decides a register does not lead because of that', async () => {
  const { group, kv } = here;
  await kv.put('a', '1');
  wishes((received) => {
    const at = received.at === 'r1' ? 'r2' : received.at;
    group.reply({ ...received, at }, { kind: 'decided', value: Buffer.from('x') }, 0, { term: 1_000_000 });
  });
  await kv.decide('key', 'x');
  group.script = () => false;
  await kv.put('a', '2');
  expect(group.requests.at(-1)?.at).toBe('r1');
});

test('a proposer that tried in vain is asked again, and what it tried may yet be chosen', async () => {
  const { group, kv } = here;
  let left = 2;
  wishes((received) => (left-- > 0 ? group.refuse(received, 'unavailable') : group.serve(received)));
  expect((await kv.decide('key', 'x')).isOurs).toBe(true);
  wishes((received) => group.refuse(received, 'overloaded'));
  const wish = await failure(kv.decide('full', 'x', { timeoutMs: 300 }));
  expect(wish).toMatchObject({ code: 'unknownOutcome', mayHaveTakenEffect: true });
  expect(wish.message).toContain('the last answer was: a bound on work in progress is reached');
  const question = await failure(kv.decided('full', { timeoutMs: 300 }));
  expect(question).toMatchObject({ code: 'overloaded', mayHaveTakenEffect: false });
});

test('what the group finds too large was not tried', async () => {
  const { group, kv } = here;
  wishes((received) => group.refuse(received, 'tooLarge'));
  expect(await failure(kv.decide('key', 'x'))).toMatchObject({
    code: 'tooLarge',
    mayHaveTakenEffect: false,
    message: expect.stringMatching(/size or number; split it$/),
  });
});

test('of a group without room for another register it is said what is full, and there is nothing to split', async () => {
  const { group, kv } = here;
  const detail = 'the acceptors have no room for another register';
  wishes((received) => group.refuse(received, 'tooLarge', { detail }));
  const { message } = await failure(kv.decide('key', 'x'));
  expect(message).toMatch(/\(the acceptors have no room for another register\); use another group$/);
});

test('an answer of another kind is none', async () => {
  const { group, kv } = here;
  wishes((received) => {
    group.results(received, new Uint8Array(0), 7);
    group.serve(received);
  });
  expect((await kv.decide('key', 'x')).text).toBe('x');
  expect(kv.statistics.malformedReplies).toBe(1);
  group.script = (received) => {
    if (received.request === undefined || received.request.session === 0) return false;
    group.reply(received, { kind: 'decided', value: Buffer.from('x') });
    group.serve(received);
    return true;
  };
  expect((await kv.put('a', '1')).existed).toBe(false);
  expect(kv.statistics.malformedReplies).toBe(2);
});

test('a wish is bounded like every call: by its deadline, and by what the client holds', async () => {
  const { group } = here;
  const kv = (await here.connect({ limits: { pendingOperations: 2 } })).group('kv');
  await kv.decided('key');
  wishes(() => {});
  const calls = [kv.decide('a', 'x', { timeoutMs: 400 }), kv.decide('b', 'x', { timeoutMs: 400 })].map(failure);
  expect(await failure(kv.decide('c', 'x'))).toMatchObject({ code: 'overloaded' });
  for (const error of await Promise.all(calls)) expect(error.code).toBe('unknownOutcome');
  await eventually('nothing is held any more', () => kv.statistics.pendingOperations === 0);
  expect(group.decides.length).toBeGreaterThanOrEqual(2);
});

test('a wish carries its caller’s trace', async () => {
  const { group, kv } = here;
  const traceparent = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`;
  await kv.decide('key', 'x', { traceparent });
  expect(group.decides[0]!.message.headers?.get('traceparent')).toBe(traceparent);
});
