import { encodeResults } from '@synod/api';
import { eventually } from '@synod/nats-transport/testing';
import { Session } from '../src/index.js';
import { failure, stage } from './stage.js';

const here = stage();

test('one session serves all writes, and says with each batch what has been answered', async () => {
  const { group, kv } = here;
  for (let i = 0; i < 5; i++) await kv.put('a', `${i}`);
  expect(group.openings.length).toBe(1);
  expect(group.requests.map(({ request }) => request?.sequence)).toEqual([1, 2, 3, 4, 5]);
  expect(group.requests.map(({ request }) => request?.acknowledgedThrough)).toEqual([0, 1, 2, 3, 4]);
});

test('a write that meets an evicted session at its first copy goes into a new one', async () => {
  const { group, kv } = here;
  await kv.put('a', '1');
  group.forgetSessions();
  const answers = await Promise.all([kv.put('b', '2'), kv.put('c', '3')]);
  expect(answers.map(({ existed }) => existed)).toEqual([false, false]);
  expect(group.openings.length).toBe(2);
  expect(group.executed).toBe(3);
});

test('so does one whose earlier copies were all refused', async () => {
  const { group, kv } = here;
  await kv.put('a', '1');
  group.elect('r2');
  group.forgetSessions();
  expect((await kv.put('b', '2')).existed).toBe(false);
  expect(group.requests.map(({ at }) => at)).toEqual(['r1', 'r1', 'r2', 'r2']);
});

test('a write whose earlier copy may have been executed is rejected, and later ones go on', async () => {
  const { group, kv } = here;
  await kv.put('a', '1');
  let copies = 0;
  group.script = ({ request }) => {
    if (request === undefined || request.session === 0 || ++copies > 1) return false;
    group.forgetSessions();
    return true;
  };
  expect(await failure(kv.put('b', '2'))).toMatchObject({ code: 'sessionExpired', mayHaveTakenEffect: true });
  expect((await kv.put('c', '3')).existed).toBe(false);
  expect(group.text('b')).toBeUndefined();
});

test("a caller's own session: the same place and content is executed once, whoever asks", async () => {
  const { group, kv } = here;
  const session = await kv.openSession();
  const once = { session, sequence: 1 };
  const first = await kv.put('a', '1', { once });
  session.acknowledge(0);
  expect((await kv.put('a', '1', { once })).revision).toBe(first.revision);
  expect(group.executed).toBe(1);
  expect(await failure(kv.put('a', 'other', { once }))).toMatchObject({ code: 'sequenceReused' });
  expect(group.executed).toBe(1);
});

test('a session is resumed by its id', async () => {
  const { group, kv } = here;
  const { id } = await kv.openSession();
  const session = new Session(id);
  await kv.put('a', '1', { once: { session, sequence: 1 } });
  session.acknowledge(1);
  await kv.put('a', '2', { once: { session, sequence: 2 } });
  expect(
    group.requests.map(({ request }) => [request?.session, request?.sequence, request?.acknowledgedThrough]),
  ).toEqual([
    [id, 1, 0],
    [id, 2, 1],
  ]);
  const answer = kv.put('a', '1', { once: { session, sequence: 1 } });
  expect(await failure(answer)).toMatchObject({ code: 'alreadyAcknowledged' });
});

test('beyond the window of a session', async () => {
  const { kv } = here;
  const session = await kv.openSession();
  const answer = kv.put('a', '1', { once: { session, sequence: 33 } });
  expect(await failure(answer)).toMatchObject({ code: 'windowExceeded', mayHaveTakenEffect: false });
});

test("a caller's session that is evicted is for the caller to know", async () => {
  const { group, kv } = here;
  const session = await kv.openSession();
  group.forgetSessions();
  const error = await failure(kv.put('a', '1', { once: { session, sequence: 1 } }));
  expect(error).toMatchObject({ code: 'sessionExpired', mayHaveTakenEffect: false });
  expect(group.executed).toBe(0);
});

test('and so is whether an earlier copy of the same call may have been executed before', async () => {
  const { group, kv } = here;
  const session = await kv.openSession();
  let copies = 0;
  group.script = ({ request }) => {
    if (request === undefined || ++copies > 1) return false;
    group.forgetSessions();
    return true;
  };
  const error = await failure(kv.put('a', '1', { once: { session, sequence: 1 } }));
  expect(error).toMatchObject({ code: 'sessionExpired', mayHaveTakenEffect: true });
});

test('a place that is under way is refused, as is one that is none', async () => {
  const { group, kv } = here;
  const session = await kv.openSession();
  group.script = ({ request }) => request !== undefined;
  const put = kv.put('a', '1', { once: { session, sequence: 1 } });
  await eventually('it is out', () => group.requests.length === 1);
  expect(await failure(kv.put('a', '1', { once: { session, sequence: 1 } }))).toMatchObject({ code: 'invalid' });
  expect(await failure(kv.put('a', '1', { once: { session, sequence: 0 } }))).toMatchObject({ code: 'invalid' });
  group.script = () => false;
  await put;
});

test('a sequence that was given up is fenced: once a later batch is answered, a late copy does nothing', async () => {
  const { group, kv } = here;
  await kv.put('a', '1');
  group.script = ({ request }) => request !== undefined;
  expect(await failure(kv.put('late', 'v', { timeoutMs: 60 }))).toMatchObject({ code: 'unknownOutcome' });
  group.script = () => false;
  await kv.put('b', '2');
  group.serve(group.requests[1]!);
  expect(group.text('late')).toBeUndefined();
});

test('what is acknowledged meanwhile does not change the bytes of a place', async () => {
  const { group, kv } = here;
  const session = await kv.openSession();
  await kv.put('a', '1', { once: { session, sequence: 1 } });
  const second = await kv.put('b', '2', { once: { session, sequence: 2 } });
  session.acknowledge(1);
  expect((await kv.put('b', '2', { once: { session, sequence: 2 } })).revision).toBe(second.revision);
  expect(group.executed).toBe(2);
});

test('a group that was wiped names its sessions from the beginning again: nobody waits for an answer that goes to another', async () => {
  const { group, kv } = here;
  const session = await kv.openSession();
  group.script = ({ request }) => request !== undefined && request.session !== 0;
  const lost = failure(kv.put('a', '1', { once: { session, sequence: 1 }, timeoutMs: 300 }));
  await eventually('it is out', () => group.requests.length === 1);
  group.index = 0;
  group.forgetSessions();
  const put = kv.put('b', '2');
  await eventually('the name is taken, and another one is had', () => group.openings.length === 3);
  expect(await lost).toMatchObject({ code: 'unknownOutcome' });
  group.script = () => false;
  expect((await put).existed).toBe(false);
  expect(group.requests.at(-1)?.request?.session).toBe(2);
});

test('a session without a name is none', async () => {
  const { group, kv } = here;
  let openings = 0;
  group.script = (received) => {
    if (received.request?.session !== 0 || ++openings > 1) return false;
    group.results(received, encodeResults([]), 0);
    return true;
  };
  expect((await kv.put('a', '1')).existed).toBe(false);
  expect(kv.statistics.malformedReplies).toBe(1);
  expect(group.requests.map(({ request }) => request?.session)).toEqual([1]);
});
