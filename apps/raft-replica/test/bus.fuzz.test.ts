import fc from 'fast-check';
import { Writers } from '@synod/linearizability';
import { REPORT, tap } from '@synod/nats-transport';
import { pause, poll } from '@synod/process-group';
import type { Connection } from '@synod/nats-transport';
import type { ProcessGroup } from '@synod/process-group';
import { raftMessages } from '@synod/raft-wire';
import { RawUser } from './hostile/raw-user.js';
import type { Heard } from './hostile/raw-user.js';
import { forged, hostility } from './hostile/arbitrary.js';
import { startGroup } from './test-group.js';

// Everybody whom the broker lets in says everything that the broker carries, and tries to hear what is not for him: real replicas,
// a real broker. `SEED=7 RUNS=1000` looks elsewhere, and for longer.

const seed = Number(process.env['SEED'] ?? 20_261);
const numRuns = Number(process.env['RUNS'] ?? 40);
const growthMiB = 160;
const corpusMost = 30;
/** What replicas refuse, and how they call it; the list is short, for it labels a metric. */
const reasons = new Set([
  ...['malformed', 'malformed-subject', 'unknown-group', 'too-large', 'not-a-member', 'not-listening', 'flood'],
  ...['sender-quota', 'total-quota', 'elsewhere', 'worthless'],
  // Of the core.
  ...['absurdTerm', 'outdatedAgain', 'notAMember', 'waitsAlready', 'secondLeaderInTerm', 'entriesNotContiguous'],
  ...['conflictsWithCommitted', 'matchedBeyondLog'],
]);

let group: ProcessGroup;
let writers: Writers;
/** Real messages, as they passed by. */
const real: Uint8Array[] = [];
const forgeries: string[] = [];
let rssBefore: ReadonlyMap<string, number>;

beforeAll(async () => {
  group = await startGroup();
  const kinds = new Map<string, number>();
  tap(await group.connectAs('observer'), 'test', ({ text, subject, payload }) => {
    if (Buffer.from(payload.subarray(0, forged.length)).toString() === forged) forgeries.push(text);
    const count = kinds.get(subject?.kind ?? '') ?? 0;
    if (!subject || count >= corpusMost) return;
    kinds.set(subject.kind, count + 1);
    real.push(payload.slice());
  });
  writers = new Writers((await group.client()).group('kv'), 8);
  await writers.advance(300);
  await group.states();
  rssBefore = new Map(group.names.map((name) => [name, group.replica(name).rssMiB]));
}, 60_000);

afterAll(async () => {
  await writers?.stop();
  await group?.close();
}, 60_000);

async function expectUnharmed(names: readonly string[]): Promise<void> {
  for (const name of names) expect([name, group.replica(name).isAlive]).toEqual([name, true]);
  expect(forgeries).toEqual([]);
  await writers.advance(10);
}

/** `mayHear` says of a subject whether it is meant for `user`. */
async function fuzz(
  user: RawUser,
  own: readonly string[],
  mayHear: (heard: Heard) => boolean,
  names = group.names,
): Promise<void> {
  let said = 0;
  await fc.assert(
    fc.asyncProperty(hostility(user.name, own), async (all) => {
      for (const one of all) {
        user.say(one.bytes(real));
        said++;
        // The server reads as fast as we write, but kills who is far ahead of it.
        if (said % 20 === 0) await user.settle();
      }
      await user.settle();
      expect(user.heard.filter((heard) => !mayHear(heard)).map(({ subject }) => subject)).toEqual([]);
      user.heard.length = 0;
      await expectUnharmed(names);
    }),
    { seed: seed + user.name.length, numRuns, endOnFailure: true },
  );
  expect(said).toBeGreaterThan(numRuns * 20);
}

/** What replicas say of themselves, by name. */
interface Report {
  readonly cutOff: readonly string[];
  readonly network: Readonly<Record<string, { readonly handlerFailures: number }>>;
}

let admin: Connection;

async function ask(kind: 'status' | 'fault', question: object, answers: number): Promise<ReadonlyMap<string, Report>> {
  admin ??= await group.connectAs('admin');
  const heard = new Map<string, Report>();
  const listening = admin.subscribe(`synod.test.kv.*.admin.${REPORT}.fuzz`, ({ subject, data }) => {
    heard.set(subject.split('.')[3]!, JSON.parse(Buffer.from(data).toString()) as Report);
  });
  admin.publish(`synod.test.kv.admin.replicas.${kind}`, Buffer.from(JSON.stringify({ ...question, client: 'fuzz' })));
  for (let waited = 0; waited < 1000 && heard.size < answers; waited += 10) await pause(10);
  listening.stop();
  return heard;
}

/** The admin may cut replicas off, and will have done so. */
function reachAll(): Promise<true> {
  const all = group.replicas.filter(({ isAlive }) => isAlive).length;
  const healed = async (): Promise<boolean> => {
    const answers = await ask('fault', { cutOff: [] }, all);
    return answers.size === all && [...answers.values()].every(({ cutOff }) => cutOff?.length === 0);
  };
  return poll(
    async () => (await healed()) || undefined,
    30_000,
    () => 'somebody stays cut off',
  );
}

async function rejections(name: string): Promise<ReadonlyMap<string, number>> {
  const counts = await group.replica(name).metric('synod_rejected_messages_total');
  return new Map([...counts].map(([labels, count]) => [/reason="([^"]*)"/.exec(labels)![1]!, count]));
}

const answersTo = (user: string, heard: Heard): boolean =>
  heard.subject.startsWith('_INBOX.') ||
  new RegExp(`^synod\\.test\\.[^.]+\\.[^.]+\\.${user}\\.re(ply|port)\\.`).test(heard.subject);
const ownSubject = (user: string, heard: Heard): boolean => heard.subject.split('.')[3] === user;

describe('whatever is said', () => {
  let user: RawUser;
  afterEach(async () => {
    user?.close();
    await reachAll();
  });

  test.each([
    ['mallory', ['request', 'read']],
    ['gateway', ['request', 'read', 'status']],
    ['admin', ['status', 'fault', 'evidence', 'registers', 'request', 'read']],
  ])(
    'by %s, with the rights of his role',
    async (name, own) => {
      user = new RawUser(group.broker, name);
      await fuzz(user, own, (heard) => answersTo(name, heard) || ownSubject(name, heard));
      // What he may not say or hear, the broker refuses; it does not just get lost.
      expect(user.errors.filter((error) => /Permissions Violation/.test(error)).length).toBeGreaterThan(numRuns);
    },
    120_000,
  );

  test('by the observer, who hears everything and says nothing', async () => {
    user = new RawUser(group.broker, 'observer');
    const before = real.length;
    await fuzz(user, ['request', 'heartbeat'], () => true);
    expect(real.length - before).toBeLessThan(corpusMost);
    expect(user.errors.filter((error) => /Permissions Violation for Publish/.test(error)).length).toBeGreaterThan(
      numRuns,
    );
  }, 120_000);

  test('by a member, whose place another program has taken', async () => {
    await group.replica('raft-r3').kill();
    const others = group.names.filter((name) => name !== 'raft-r3');
    user = new RawUser(group.broker, 'raft-r3');
    const forMember = /^synod(-bulk)?\.test\.[^.]+\.[^.]+\.(raft-r3|replicas)\./;
    await fuzz(
      user,
      [...raftMessages.peerKinds, 'request', 'reply.x'],
      (heard) => forMember.test(heard.subject) || ownSubject('raft-r3', heard),
      others,
    );
  }, 120_000);

  test('is counted once, by its reason', async () => {
    user = new RawUser(group.broker, 'mallory');
    const other = new RawUser(group.broker, 'admin');
    const before = await rejections('raft-r1');
    for (let i = 0; i < 20; i++) {
      user.say(Buffer.from('PUB synod.test.kv.mallory.raft-r1.request 3\r\n...\r\n'));
      for (const unknown of ['nobody', 'NOBODY']) {
        other.say(Buffer.from(`PUB synod.test.${unknown}.admin.raft-r1.status 3\r\n...\r\n`));
      }
      await pause(5);
    }
    const rose = new Map<string, number>();
    const allAreCounted = async (): Promise<boolean> => {
      for (const [reason, count] of await rejections('raft-r1')) rose.set(reason, count - (before.get(reason) ?? 0));
      return [...rose.values()].reduce((sum, count) => sum + count, 0) >= 60;
    };
    await poll(allAreCounted, 10_000, () => `only ${JSON.stringify([...rose])} are counted`);
    other.close();
    const risen = Object.fromEntries([...rose].filter(([, count]) => count > 0));
    expect(risen).toEqual({ malformed: 20, 'unknown-group': 20, 'malformed-subject': 20 });
  }, 60_000);

  test('leaves nothing behind: the group is whole, no larger, and no write is lost', async () => {
    group.replica('raft-r3').run();
    await writers.advance(100);
    await writers.stop();
    expect(await writers.check()).toEqual([]);
    await group.inStep();
    const counted = new Map<string, number>();
    const reports = await ask('status', {}, group.names.length);
    for (const name of ['raft-r1', 'raft-r2']) {
      for (const [reason, count] of await rejections(name)) counted.set(reason, (counted.get(reason) ?? 0) + count);
      expect(group.replica(name).rssMiB - rssBefore.get(name)!).toBeLessThan(growthMiB);
      expect(
        group
          .replica(name)
          .log()
          .split('\n')
          .filter((line) => /"level":"(error|fatal)"|Uncaught|UnhandledPromise/.test(line)),
      ).toEqual([]);
      const failures = Object.values(reports.get(name)!.network).map(({ handlerFailures }) => handlerFailures);
      expect(failures.every((count) => count === 0)).toBe(true);
    }
    expect([...counted.keys()].filter((reason) => !reasons.has(reason))).toEqual([]);
    for (const reason of ['malformed', 'malformed-subject', 'unknown-group']) {
      expect([reason, (counted.get(reason) ?? 0) > 0]).toEqual([reason, true]);
    }
  }, 60_000);
});
