import { encodeResults } from '@synod/api';
import { connect as connectNats } from '@nats-io/transport-node';
import { eventually } from '@synod/nats-transport/testing';
import { cluster, type Received } from './fake-group.js';
import { failure, stage, turn } from './stage.js';

const here = stage();

/** Lets everything of the group pass but the first `count` requests, which go to `instead`. */
function first(count: number, instead: (received: Received) => void): void {
  let left = count;
  here.group.script = (received) => {
    if (received.request === undefined || received.request.session === 0 || left-- <= 0) return false;
    instead(received);
    return true;
  };
}

function expectIdenticalBytes(): void {
  const [original, ...copies] = here.group.requests;
  expect(copies.length).toBeGreaterThan(0);
  for (const copy of copies) expect(Buffer.compare(copy.bytes, original!.bytes)).toBe(0);
}

test('a lost request is sent again with identical bytes', async () => {
  first(1, () => {});
  expect((await here.kv.put('a', '1')).existed).toBe(false);
  expectIdenticalBytes();
  expect(here.group.executed).toBe(1);
});

test('a lost reply is asked for with identical bytes, and nothing is done twice', async () => {
  const { group, kv } = here;
  first(1, (received) => {
    const { name } = group;
    Object.assign(group, { name: 'nowhere' });
    group.serve(received);
    Object.assign(group, { name });
  });
  const { revision, existed } = await kv.put('a', '1');
  expectIdenticalBytes();
  expect(group.executed).toBe(1);
  expect(existed).toBe(false);
  expect((await kv.get('a')).entry).toMatchObject({ revision, version: 1 });
});

test('an operation that comes meanwhile never joins a batch that was sent', async () => {
  const { group, kv } = here;
  first(1, () => {});
  const one = kv.put('a', '1');
  await eventually('the first copy is out', () => group.requests.length === 1);
  await Promise.all([one, kv.put('b', '2')]);
  const bySequence = new Map<number, Set<string>>();
  for (const { request, bytes } of group.requests) {
    const sequence = request!.sequence;
    bySequence.set(sequence, (bySequence.get(sequence) ?? new Set()).add(Buffer.from(bytes).toString('hex')));
  }
  expect([...bySequence.values()].map((copies) => copies.size)).toEqual([1, 1]);
});

test('a hint is followed at once', async () => {
  const { group, kv } = here;
  await kv.put('a', '1');
  group.elect('r3');
  expect((await kv.put('a', '2')).source).toMatchObject({ replica: 'r3', term: 2 });
  expect(group.requests.map(({ at }) => at)).toEqual(['r1', 'r1', 'r3']);
  await kv.put('a', '3');
  expect(group.requests.at(-1)?.at).toBe('r3');
});

test.each([true, false])(
  'a leader that dies silently is replaced when the others name a new one (terms told: %s)',
  async (tellsTerms) => {
    const { group, kv } = here;
    group.tellsTerms = tellsTerms;
    await kv.put('a', '1');
    group.script = ({ at }) => at === 'r1';
    const put = kv.put('a', '2');
    await eventually('the dead leader was asked', () => group.requests.length === 2);
    group.elect('r2');
    expect((await put).source).toMatchObject({ replica: 'r2', term: 2 });
    expect(kv.statistics.resent).toBe(1);
    const [, original, copy] = group.requests;
    expect(Buffer.compare(original!.bytes, copy!.bytes)).toBe(0);
  },
);

test('a superseded proposal is repeated', async () => {
  const { group, kv } = here;
  first(1, (received) => group.refuse(received, 'lost'));
  await kv.put('a', '1');
  expectIdenticalBytes();
  expect(group.executed).toBe(1);
});

test('what is lost again and again was not executed when time is up', async () => {
  const { group, kv } = here;
  await kv.put('a', '1');
  group.script = (received) => {
    if (received.request !== undefined) group.refuse(received, 'lost');
    return received.request !== undefined;
  };
  const error = await failure(kv.put('a', '2', { timeoutMs: 400 }));
  expect(error).toMatchObject({ code: 'noQuorum', mayHaveTakenEffect: false });
  expect(group.executed).toBe(1);
});

test('a lost copy says nothing of an earlier one: that one’s outcome stays open', async () => {
  const { group, kv } = here;
  await kv.put('a', '1');
  let copies = 0;
  group.script = (received) => {
    if (received.request !== undefined) group.refuse(received, copies++ === 0 ? 'steppedDown' : 'lost');
    return received.request !== undefined;
  };
  const error = await failure(kv.put('a', '2', { timeoutMs: 400 }));
  expect(copies).toBeGreaterThan(1);
  expect(error).toMatchObject({ code: 'unknownOutcome', mayHaveTakenEffect: true });
});

test('a lost proposal goes to whom the refusal names', async () => {
  const { group, kv } = here;
  await kv.put('a', '1');
  first(1, (received) => {
    group.elect('r3');
    group.refuse(received, 'lost', { leader: 'r3' });
  });
  expect((await kv.put('a', '2')).source).toMatchObject({ replica: 'r3', term: 2 });
  expect(group.executed).toBe(2);
});

test('what a leader that stepped down has proposed is repeated, and its outcome stays open until it is answered', async () => {
  const { group, kv } = here;
  first(1, (received) => group.refuse(received, 'steppedDown'));
  await kv.put('a', '1');
  expectIdenticalBytes();
  group.script = (received) => {
    if (received.request !== undefined) group.refuse(received, 'steppedDown');
    return received.request !== undefined;
  };
  const error = await failure(kv.put('a', '2', { timeoutMs: 400 }));
  expect(error).toMatchObject({ code: 'unknownOutcome', mayHaveTakenEffect: true });
});

test('two replicas that name each other as leader do not make the client spin', async () => {
  const { group, kv } = here;
  group.script = (received) => {
    if (received.request === undefined) return false;
    group.refuse(received, 'notLeader', { leader: received.at === 'r1' ? 'r2' : 'r1' });
    return true;
  };
  const error = await failure(kv.put('a', '1', { timeoutMs: 500 }));
  expect(error).toMatchObject({ code: 'noQuorum', mayHaveTakenEffect: false });
  expect(group.received.filter(({ request }) => request !== undefined).length).toBeLessThan(100);
});

test('duplicates, strays and nonsense are survived and counted', async () => {
  const { group, kv } = here;
  group.script = (received) => {
    if (received.request === undefined) return false;
    group.send(received, Buffer.from('nonsense'));
    group.results(received, encodeResults([Buffer.alloc(1), Buffer.alloc(1), Buffer.alloc(1)]), 9);
    group.reply(received, { kind: 'results', encoded: encodeResults([]) }, 9, { sequence: 4711 });
    group.reply(received, { kind: 'results', encoded: encodeResults([]) }, 9, { session: 4711 });
    group.serve(received);
    group.serve(received);
    return true;
  };
  for (let i = 0; i < 10; i++) expect((await kv.put('a', `${i}`)).existed).toBe(i > 0);
  await eventually('the last duplicate', () => kv.statistics.strayReplies >= 30);
  expect(kv.statistics.malformedReplies).toBeGreaterThanOrEqual(10);
  expect(here.client.malformedReplies).toBeGreaterThanOrEqual(10);
  expect(group.executed).toBe(10);
});

test('only members of the group are believed', async () => {
  const { group, kv, broker } = here;
  await kv.put('a', '1');
  const authenticator = broker.authenticator('stranger');
  const stranger = await connectNats({ servers: broker.url, authenticator });
  group.script = (received) => received.request !== undefined;
  const put = kv.put('a', '2');
  await eventually('the put is out', () => group.requests.length === 2);
  const received = group.requests[1]!;
  const { publish } = stranger;
  const forged = { ...received, at: 'stranger' };
  Object.assign(group, {
    send: ({ request }: Received, bytes: Uint8Array) => {
      publish.call(stranger, `synod.${cluster}.kv.stranger.client.reply.${request?.client}`, bytes);
    },
  });
  group.refuse(forged, 'unauthorized');
  group.reply(forged, {
    kind: 'discovery',
    replica: 'stranger',
    protocol: 'raft',
    role: 'leader',
    leader: 'stranger',
    members: ['stranger'],
    kinds: [],
  });
  group.results(forged, encodeResults([Buffer.alloc(0)]), 1);
  await eventually('all three were disregarded', () => kv.statistics.foreignReplies === 3);
  Reflect.deleteProperty(group, 'send');
  group.script = () => false;
  expect((await put).existed).toBe(true);
  await stranger.close();
});

test('a broker that restarts delays a write, no more', async () => {
  const { group, kv, broker } = here;
  await kv.put('a', '1');
  await broker.stop();
  const put = kv.put('b', '2', { timeoutMs: 15_000 });
  await turn();
  await broker.run();
  expect((await put).existed).toBe(false);
  expect(group.executed).toBe(2);
}, 20_000);

test('what was sent right before the broker died is sent again when it is back', async () => {
  const { group, kv, broker } = here;
  await kv.put('a', '1');
  group.script = ({ request }) => request !== undefined;
  const put = kv.put('b', '2', { timeoutMs: 15_000 });
  await eventually('it is out', () => group.requests.length === 2);
  await broker.stop();
  group.script = () => false;
  await broker.run();
  expect((await put).existed).toBe(false);
  expect(Buffer.compare(group.requests[1]!.bytes, group.requests[2]!.bytes)).toBe(0);
}, 20_000);
