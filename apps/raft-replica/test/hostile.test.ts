import { decodeReply, encodeOperation, encodeReadBatch, encodeRequestBatch } from '@synod/api';
import { tap } from '@synod/nats-transport';
import type { Connection } from '@synod/nats-transport';
import { EntryBatch } from '@synod/log';
import type { PeerMessage } from '@synod/raft-core';
import { raftMessages } from '@synod/raft-wire';
import { Writers } from '@synod/linearizability';
import { pause } from '@synod/process-group';
import type { ProcessGroup } from '@synod/process-group';
import { startGroup } from './test-group.js';

/** What a legitimate user sends can be anything. It must not stop a replica, nor make it deaf or grow. */
const growthMiB = 160;
const seed = 20_251;
const rejected = 'synod_rejected_messages_total';

let group: ProcessGroup;
let writers: Writers;
/** Real messages as they passed by, by kind. */
const overheard = new Map<string, Uint8Array[]>();
let rss: ReadonlyMap<string, number>;

beforeAll(async () => {
  group = await startGroup();
  tap(await group.connectAs('observer'), 'test', ({ subject, payload }) => {
    if (!subject) return;
    const known = overheard.get(subject.kind) ?? [];
    if (known.length < 50) overheard.set(subject.kind, [...known, payload.slice()]);
  });
  writers = new Writers((await group.client()).group('kv'), 8);
  await writers.advance(300);
  rss = new Map(group.names.map((name) => [name, group.replica(name).rssMiB]));
}, 60_000);

afterAll(async () => {
  await writers?.stop();
  await group?.close();
}, 60_000);

/** A small generator, so that a failure can be repeated. */
let state = seed;
function below(limit: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
}

function pick<T>(choices: readonly T[]): T {
  return choices[below(choices.length)]!;
}

function garbage(length: number): Uint8Array {
  return Uint8Array.from({ length }, () => below(256));
}

/** A real message with a few bits flipped, cut, continued with garbage, or with a number that has no end. */
function mutated(original: Uint8Array): Uint8Array {
  const bytes = original.slice();
  const at = below(bytes.length);
  switch (below(4)) {
    case 0:
      for (let i = 0; i <= below(4); i++) bytes[below(bytes.length)]! ^= 1 << below(8);
      return bytes;
    case 1:
      return bytes.subarray(0, at);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), garbage(below(40))]);
    default:
      return bytes.fill(0xff, at, Math.min(at + 11, bytes.length));
  }
}

/** In pieces, so that the broker forwards everything instead of cutting us off. */
async function flood(count: number, send: (i: number) => void): Promise<void> {
  for (let i = 0; i < count; i++) {
    send(i);
    if (i % 250 === 249) await pause(2);
  }
}

async function rejections(name: string): Promise<Readonly<Record<string, number>>> {
  const counts = await group.replica(name).metric(rejected);
  return Object.fromEntries([...counts].map(([labels, count]) => [/reason="([^"]*)"/.exec(labels)![1]!, count]));
}

/** Everyone is there, has not grown, and answers. */
async function expectHealth(names: readonly string[] = group.names): Promise<void> {
  await writers.advance(100);
  for (const name of names) {
    expect([name, group.replica(name).isAlive]).toEqual([name, true]);
    expect(group.replica(name).rssMiB - rss.get(name)!).toBeLessThan(growthMiB);
  }
}

describe('A client', () => {
  let mallory: Connection;
  const targets = ['raft-r1', 'raft-r2', 'raft-r3'];
  const ask = (to: string, kind: string, payload: Uint8Array, name = 'kv'): boolean =>
    mallory.publish(`synod.test.${name}.mallory.${to}.${kind}`, payload);

  beforeAll(async () => {
    mallory = await group.connectAs('mallory');
  });

  test('may send random and mutated bytes, to one replica or all, and much too long ones', async () => {
    await flood(10_000, () => {
      const kind = pick(['request', 'read']);
      const payload = below(2) === 0 ? garbage(below(200)) : mutated(pick(overheard.get(kind) ?? [garbage(9)]));
      ask(kind === 'read' && below(4) === 0 ? 'replicas' : pick(targets), kind, payload);
    });
    await flood(100, () => ask(pick(targets), pick(['request', 'read']), new Uint8Array(below(262_144))));
    await expectHealth();
    for (const name of group.names) {
      // Of whom so much is refused, not all is read.
      const { malformed = 0, flood: unread = 0 } = await rejections(name);
      expect(malformed + unread).toBeGreaterThan(1000);
      expect(malformed).toBeGreaterThan(20);
    }
  }, 60_000);

  test('is kept by the broker from everything but requests and reads of this group, and requests to all', async () => {
    const kinds = [...raftMessages.peerKinds, 'status', 'fault', 'member', 'reply.x', 'report.x', 'nonsense'];
    for (const kind of kinds) ask('raft-r1', kind, overheard.get(kind)?.[0] ?? garbage(20));
    for (const kind of [...kinds, 'request']) ask('replicas', kind, garbage(20));
    for (const to of [...targets, 'replicas']) ask(to, 'read', garbage(20), 'nobody');
    await pause(200);
    expect(mallory.statistics.permissionViolations).toBe(2 * kinds.length + 1 + targets.length + 1);
    await expectHealth();
  }, 60_000);

  test('may flood with writes without a session, with reads, and with 10,000 new sessions', async () => {
    const leader = await group.leader();
    const put = encodeOperation({ kind: 'put', key: Buffer.from('k'), value: Buffer.alloc(64) });
    const fields = { client: 'flood', acknowledgedThrough: 0 };
    await flood(10_000, (i) =>
      ask(leader, 'request', encodeRequestBatch({ ...fields, session: 1e9 + i, sequence: 1, operations: [put] })),
    );
    await flood(10_000, (sequence) =>
      ask(
        leader,
        'read',
        encodeReadBatch({ client: 'flood', sequence, level: 'linearizable', maxAgeMs: 0, queries: [] }),
      ),
    );
    let opened = 0;
    mallory.subscribe('synod.test.kv.*.mallory.reply.flood', ({ data }) => {
      const { session, answer } = decodeReply(data);
      if (session === 0 && answer.kind === 'results') opened++;
    });
    const open = (i: number) => encodeRequestBatch({ ...fields, session: 0, sequence: i + 1, operations: [] });
    for (let round = 0; round < 60 && opened < 10_000; round++) {
      await flood(500, (i) => targets.forEach((to) => ask(to, 'request', open(round * 500 + i))));
      await pause(20);
    }
    expect(opened).toBeGreaterThanOrEqual(10_000);
    await expectHealth();
  }, 60_000);
});

describe('A peer', () => {
  let impostor: Connection;
  let target: readonly string[];

  /** The third replica is away; somebody else has its credentials. */
  beforeAll(async () => {
    await group.replica('raft-r3').kill();
    impostor = await group.connectAs('raft-r3');
    target = ['raft-r1', 'raft-r2'];
  });

  function say(kind: string, payload: Uint8Array): void {
    const root = kind === 'install-snapshot' && below(2) === 0 ? 'synod-bulk' : 'synod';
    const to = root === 'synod' ? pick([...target, 'replicas']) : pick(target);
    impostor.publish(`${root}.test.kv.raft-r3.${to}.${kind}`, payload);
  }

  test('may send random and mutated bytes under every kind', async () => {
    const kinds = [...raftMessages.peerKinds, 'request', 'read', 'reply.x', 'nonsense', 'status'];
    await flood(10_000, () => {
      const kind = pick(kinds);
      const real = overheard.get(pick(below(3) === 0 ? [...overheard.keys()] : [kind])) ?? [garbage(30)];
      say(kind, below(2) === 0 ? garbage(below(200)) : mutated(pick(real)));
    });
    await flood(100, () => say(pick(kinds), new Uint8Array(below(262_144))));
    await expectHealth(target);
    for (const name of target) {
      const { malformed = 0, flood: unread = 0 } = await rejections(name);
      expect(malformed + unread).toBeGreaterThan(2000);
    }
  }, 60_000);

  test('may not ask what only the admin may ask', async () => {
    let answers = 0;
    const before = impostor.statistics.permissionViolations;
    impostor.subscribe('synod.test.kv.*.raft-r3.report.spy', () => answers++);
    const fault = Buffer.from(JSON.stringify({ client: 'spy', cutOff: target }));
    for (const to of target) {
      impostor.publish(`synod.test.kv.raft-r3.${to}.status`, fault);
      impostor.publish(`synod.test.kv.raft-r3.${to}.fault`, fault);
    }
    await expectHealth(target);
    expect(answers).toBe(0);
    expect(impostor.statistics.permissionViolations - before).toBe(2 * target.length);
  }, 60_000);

  // In a crash-fault protocol nothing keeps a member from raising terms: the group then elects anew, again and again. It
  // must still be there when that ends.
  test('may send well-formed messages with absurd numbers', async () => {
    await flood(4000, () => {
      const message = absurd();
      say(raftMessages.kindOf(message), raftMessages.encode(message));
    });
    await expectHealth(target);
    for (const name of target) expect((await rejections(name))['absurdTerm']).toBeGreaterThan(10);
    group.replica('raft-r3').run();
    await writers.advance(100);
    await writers.stop();
    expect(await writers.check()).toEqual([]);
    await group.inStep();
  }, 60_000);
});

function number(): number {
  return pick([0, 1, 2, 5, 1000, 2 ** 31, 2 ** 32, 2 ** 48, 2 ** 53 - 2, 2 ** 53 - 1, below(2 ** 32)]);
}

function absurd(): PeerMessage {
  const term = number();
  const index = number();
  const snapshot = { index, era: number() };
  switch (below(12)) {
    case 0:
      return {
        kind: 'requestVote',
        phase: pick(['preVote', 'vote']),
        term,
        lastIndex: index,
        lastTerm: number(),
        handover: below(2) === 0,
      };
    case 1:
      return { kind: 'requestVoteReply', phase: pick(['preVote', 'vote']), term, granted: below(2) === 0 };
    case 2:
    case 3:
      return absurdAppend(term);
    case 4:
      return { kind: 'appendEntriesReply', term, round: number(), voting: below(2) === 0, outcome: absurdOutcome() };
    case 5: {
      const bytes = garbage(below(300));
      const offset = Math.min(number(), 2 ** 50);
      const chunk = {
        snapshot,
        offset,
        totalBytes: Math.max(number(), offset + bytes.length),
        bytes,
        checksum: below(2 ** 32),
      };
      return { kind: 'installSnapshot', term, chunk };
    }
    case 6:
      return {
        kind: 'installSnapshotReply',
        term,
        snapshot,
        heldBytes: number(),
        state: pick(['receiving', 'installed', 'failed']),
      };
    case 7:
      return { kind: 'timeoutNow', term };
    case 8:
      return { kind: 'hello', nonce: number(), standing: pick(['empty', 'formed', 'active', 'recovering']) };
    case 9:
      return {
        kind: 'helloReply',
        nonce: number(),
        incarnation: number(),
        standing: pick(['empty', 'active']),
        clusterId: number(),
        era: term,
      };
    case 10:
      return pick([
        { kind: 'form', clusterId: number(), incarnation: number() },
        { kind: 'formed', clusterId: number() },
        { kind: 'activate', clusterId: number() },
      ] as const);
    default:
      return { kind: 'rejoin', floor: number() };
  }
}

function absurdAppend(term: number): PeerMessage {
  const prevIndex = Math.min(number(), 2 ** 53 - 100);
  const entries = [{ kind: 'request', from: pick(['client', 'raft-r1']), bytes: garbage(below(100)) }] as const;
  const batches = below(2) === 0 ? [] : [new EntryBatch(Math.max(1, number()), prevIndex + 1, entries, 148)];
  const followers = pick([[], ['raft-r1', 'raft-r2'], ['nobody']]);
  return {
    kind: 'appendEntries',
    term,
    prevIndex,
    prevTerm: number(),
    commit: number(),
    round: number(),
    followers,
    batches,
  };
}

function absurdOutcome() {
  return pick([
    { kind: 'heard' },
    { kind: 'matched', index: number() },
    { kind: 'conflict', prevIndex: number(), hintIndex: number(), hintTerm: number(), lastIndex: number() },
  ] as const);
}
