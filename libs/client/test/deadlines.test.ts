import { eventually } from '@synod/nats-transport/testing';
import type { FakeGroup } from './fake-group.js';
import { failure, stage, turn } from './stage.js';

const here = stage();

test('a write that may have left is of unknown outcome when its time is up', async () => {
  const { group, kv } = here;
  await kv.put('a', '1');
  group.script = ({ request }) => request !== undefined;
  const error = await failure(kv.put('a', '2', { timeoutMs: 80 }));
  expect(error).toMatchObject({ code: 'unknownOutcome', mayHaveTakenEffect: true });
});

test('a write that was only ever refused had no effect, and the error says why', async () => {
  const { group, kv } = here;
  const refusals = [
    ['overloaded', 'overloaded'],
    ['noQuorum', 'noQuorum'],
    ['notLeader', 'noQuorum'],
    ['unavailable', 'unavailable'],
  ] as const;
  await kv.put('warm', 'up');
  for (const [reason, code] of refusals) {
    group.script = (received) => {
      if (received.request === undefined) return false;
      group.refuse(received, reason, { retryAfterMs: 7 });
      return true;
    };
    const error = await failure(kv.put('a', '1', { timeoutMs: 150 }));
    expect(error).toMatchObject({ code, mayHaveTakenEffect: false });
    expect(error.retryAfterMs).toBe(reason === 'overloaded' ? 7 : undefined);
  }
  expect(group.executed).toBe(1);
});

test('an overloaded leader is asked again after the time it names', async () => {
  const { group, kv } = here;
  await kv.put('a', '1');
  const times: number[] = [];
  group.script = (received) => {
    if (received.request === undefined || times.push(performance.now()) > 2) return false;
    group.refuse(received, 'overloaded', { retryAfterMs: 60 });
    return true;
  };
  await kv.put('a', '2');
  expect(times.length).toBe(3);
  expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(60);
});

test.each([
  ['tooLarge', 'tooLarge'],
  ['unauthorized', 'unauthorized'],
  ['malformed', 'invalid'],
] as const)('what will never be accepted is not tried again: %s', async (reason, code) => {
  const { group, kv } = here;
  await kv.put('a', '1');
  group.script = (received) => {
    if (received.request === undefined) return false;
    group.refuse(received, reason, { detail: 'because\r\nof\x1b[2J the test' });
    return true;
  };
  const error = await failure(kv.put('a', '2'));
  expect(error).toMatchObject({ code, mayHaveTakenEffect: false });
  // On one line, and without what would steer a terminal.
  expect(error.message).toContain('because  of [2J the test');
  expect(group.requests.length).toBe(2);
  group.script = () => false;
  await kv.put('a', '3');
});

test('a refusal after an unanswered copy does not make the outcome known', async () => {
  const { group, kv } = here;
  await kv.put('a', '1');
  let copies = 0;
  group.script = (received) => {
    if (received.request === undefined) return false;
    if (++copies > 1) group.refuse(received, 'noQuorum');
    return true;
  };
  const error = await failure(kv.put('a', '2', { timeoutMs: 1000 }));
  expect(copies).toBeGreaterThan(1);
  expect(error).toMatchObject({ code: 'unknownOutcome', mayHaveTakenEffect: true });
});

test('nobody there: unavailable, and nothing took effect', async () => {
  const { client } = here;
  const nowhere = client.group('nowhere');
  const errors = await Promise.all([
    failure(nowhere.get('a', { timeoutMs: 100 })),
    failure(nowhere.put('a', '1', { timeoutMs: 100 })),
    failure(nowhere.openSession({ timeoutMs: 100 })),
  ]);
  for (const error of errors) expect(error).toMatchObject({ code: 'unavailable', mayHaveTakenEffect: false });
  expect(errors[0]!.message).toContain('nowhere');
});

test('a read without an answer is never of unknown outcome', async () => {
  const { group, kv } = here;
  await kv.put('a', '1');
  group.script = ({ read }) => read?.level === 'linearizable';
  expect(await failure(kv.get('a', { timeoutMs: 80 }))).toMatchObject({ code: 'noQuorum', mayHaveTakenEffect: false });
});

test('each operation of a batch has its own deadline', async () => {
  const { group, kv } = here;
  await kv.put('a', '1');
  group.script = ({ request }) => request !== undefined;
  const patient = kv.put('a', '2');
  const hasty = failure(kv.put('b', '3', { timeoutMs: 60 }));
  expect((await hasty).code).toBe('unknownOutcome');
  expect(group.requests.at(-1)?.request?.operations.length).toBe(2);
  group.script = () => false;
  expect((await patient).existed).toBe(true);
});

function refuseWrites(group: FakeGroup): void {
  group.script = (received) => {
    if (received.request === undefined) return false;
    group.refuse(received, 'noQuorum');
    return true;
  };
}

test('who gives up a batch that goes on for others does not know the outcome, though every copy was refused', async () => {
  const { group, kv } = here;
  await kv.put('a', '1');
  refuseWrites(group);
  const patient = kv.put('a', '2');
  const hasty = await failure(kv.put('b', '3', { timeoutMs: 60 }));
  expect(hasty).toMatchObject({ code: 'unknownOutcome', mayHaveTakenEffect: true });
  group.script = () => false;
  await patient;
  expect(group.text('b')).toBe('3');
});

test('who gives up before the batch was sent is left out of it: no effect, and none later', async () => {
  const { group, kv } = here;
  refuseWrites(group);
  const patient = kv.put('a', '2');
  const hasty = await failure(kv.put('b', '3', { timeoutMs: 60 }));
  expect(hasty).toMatchObject({ code: 'noQuorum', mayHaveTakenEffect: false });
  group.script = () => false;
  await patient;
  expect(group.text('b')).toBeUndefined();
  expect(group.requests.at(-1)?.request?.operations.length).toBe(1);
});

test('what waits is bounded in number and bytes; the rest is refused at once and the memory comes back', async () => {
  const { group } = here;
  const client = await here.connect({ limits: { pendingOperations: 100, pendingBytes: 10_000 } });
  const kv = client.group('kv');
  await kv.put('warm', 'up');
  group.script = ({ request }) => request !== undefined;
  const puts = Array.from({ length: 100 }, (_, i) => kv.put(`k${i}`, 'v', { timeoutMs: 300 }));
  const settled = Promise.allSettled(puts);
  const error = await failure(kv.put('one-more', 'v'));
  expect(error).toMatchObject({ code: 'overloaded', mayHaveTakenEffect: false });
  expect(error.retryAfterMs).toBeGreaterThan(0);
  await settled;
  expect(kv.statistics).toMatchObject({ pendingOperations: 0, pendingBytes: 0 });
  const large = failure(kv.put('a', Buffer.alloc(9_000), { timeoutMs: 100 }));
  expect(await failure(kv.put('b', Buffer.alloc(9_000)))).toMatchObject({ code: 'overloaded' });
  await large;
  group.script = () => false;
  await kv.put('a', '1');
});

test('an endless failure does not grow: what was given up is forgotten', async () => {
  const { group, kv } = here;
  group.script = ({ request }) => request !== undefined;
  for (let i = 0; i < 20; i++) {
    const puts = Array.from({ length: 500 }, () => failure(kv.put('a', 'v', { timeoutMs: 20 })));
    await Promise.all(puts);
  }
  expect(kv.statistics).toMatchObject({ pendingOperations: 0, pendingBytes: 0 });
  await eventually('nothing is looked after any more', () => kv.isIdle);
  group.script = () => false;
  await turn();
  expect((await kv.put('a', '1')).existed).toBe(false);
});
