import type { Admin } from '../src/admin.js';
import type { Cluster } from '../src/cluster.js';
import { protocolNamed } from '../src/protocols/index.js';
import { clusterIdOf, requireFeature } from '../src/snapshot/group.js';
import { decideAll } from '../src/snapshot/restore.js';
import { copyPages, copyRegisters } from '../src/snapshot/save.js';
import { registerKeys } from '../src/snapshot/registers.js';
import type { GroupStatus } from '../src/status/group-status.js';
import type { Report } from '../src/status/report.js';

const cluster = { group: 'kv', members: undefined, roles: undefined } as unknown as Cluster;
const members = ['r1', 'r2', 'r3'];
const able = (replica: string, more: Partial<Report> = {}): Report => ({
  replica,
  members,
  features: ['backup-1'],
  ...more,
});

function statusOf(...reports: readonly Report[]): GroupStatus {
  const overview = { group: 'kv' } as GroupStatus['overview'];
  return { protocol: protocolNamed('raft'), overview, reports: new Map(reports.map((one) => [one.replica, one])) };
}

describe('what changes states is begun when every member that executes knows it', () => {
  const refusal = (status: GroupStatus, where = cluster): string => {
    try {
      requireFeature(status, where, 'backup-1');
    } catch (error) {
      return (error as Error).message;
    }
    return 'none';
  };

  test('all do', () => {
    expect(refusal(statusOf(able('r1'), able('r2'), able('r3')))).toBe('none');
  });

  test('one is of an earlier version', () => {
    const older: Report = { replica: 'r2', members, version: '0.0.9' };
    expect(refusal(statusOf(able('r1'), older, able('r3')))).toMatch(/not begun: .* and r2 is of version 0.0.9, which does not know it/); // prettier-ignore
  });

  test('one does not answer: it may be of an earlier version', () => {
    expect(refusal(statusOf(able('r1'), able('r3')))).toMatch(/and r2 does not answer/);
    const known = { ...cluster, members } as Cluster;
    expect(refusal(statusOf(able('r1', { members: [] }), able('r3', { members: [] })), known)).toMatch(
      /r2 does not answer/,
    );
  });

  test('acceptors execute nothing: theirs may be of any version, or be away', () => {
    const acceptors = ['a1', 'a2', 'a3'];
    const proposers = ['p1', 'p2'];
    const reports = proposers.map((replica) => ({
      replica,
      kind: 'proposer',
      proposers,
      acceptors,
      features: ['backup-1'],
    }));
    const acceptor: Report = { replica: 'a1', kind: 'acceptor', proposers, acceptors };
    expect(refusal(statusOf(...reports, acceptor))).toBe('none');
    expect(refusal(statusOf(reports[0]!, acceptor))).toMatch(/p2 does not answer/);
  });
});

test('a group’s number is what most of its members say', () => {
  const saying = (replica: string, clusterId: number): Report => ({ replica, state: { clusterId } });
  expect(clusterIdOf(statusOf(saying('r1', 9), saying('r2', 7), saying('r3', 7)))).toBe('7');
  expect(clusterIdOf(statusOf({ replica: 'r1' }))).toBe('unknown');
});

describe('the registers of a group are those of as many acceptors as meet each quorum that accepted', () => {
  /** Who holds what; the others do not answer. */
  const keysOf = (
    held: Readonly<Record<string, readonly string[]>>,
    members: readonly string[],
    phase1: number,
    phase2: number,
    /** What is told of itself by one that is not as it must be. */
    strange: Readonly<Record<string, object>> = {},
    registersVersion = 1,
  ) => {
    const acceptors = { version: 1, acceptors: members.map((address) => ({ address, disk: 0 })), phase1, phase2 };
    const proposer: Report = {
      replica: 'p1',
      kind: 'proposer',
      state: { acceptors, chosenThrough: 1, registersVersion },
    };
    const admin = {
      // One key a page.
      ask: (acceptor: string, _kind: string, { after }: { readonly after: string }) => {
        const rest = held[acceptor]?.filter((key) => key > after);
        const sound = { standing: 'active', disk: 0, registersEpoch: 1, isRestoring: false };
        const page = rest && { keys: rest.slice(0, 1), isLast: rest.length < 2, ...sound, ...strange[acceptor] };
        return Promise.resolve(new Map(page === undefined ? [] : [[acceptor, page]]));
      },
    } as unknown as Admin;
    return registerKeys(admin, { ...statusOf(proposer), protocol: protocolNamed('paxos') });
  };
  const three = ['a1', 'a2', 'a3'];
  const four = [...three, 'a4'];

  test('two of three, one of which may be behind', async () => {
    expect(await keysOf({ a1: ['b'], a3: ['a', 'c', 'd'] }, three, 2, 2)).toEqual(['a', 'b', 'c', 'd']);
    expect(await keysOf({ a1: [], a2: [], a3: [] }, three, 2, 2)).toEqual([]);
  });

  test.each([
    ['has another disk than the one by which it is a member', { disk: 1 }],
    ['is formed, and not taken in yet', { standing: 'formed' }],
    ['knows the registers of set 0, not those of set 1', { registersEpoch: 0 }],
    ['is still reading its disk', { isRestoring: true }],
    ['is of a version that tells nothing of its disk', { disk: undefined, standing: undefined }],
    ['answers something else', { keys: 'b' }],
  ])('who %s does not count, and is told of as that', async (what, told) => {
    await expect(keysOf({ a1: ['b'], a3: [] }, three, 2, 2, { a3: told })).rejects.toThrow(
      `which registers there are is not known: a2 does not answer, a3 ${what}`,
    );
    expect(await keysOf({ a1: ['b'], a2: ['c'], a3: [] }, three, 2, 2, { a3: told })).toEqual(['b', 'c']);
  });

  test('while they are on their way nobody knows', async () => {
    await expect(keysOf({ a1: ['b'], a2: [] }, three, 2, 2, {}, 0)).rejects.toThrow('on their way to other acceptors');
  });

  test('one of three may have been in no quorum', async () => {
    await expect(keysOf({ a2: ['a'] }, three, 2, 2)).rejects.toThrow(
      'which registers there are is not known: a1 does not answer, a3 does not answer',
    );
  });

  test('where two accept, three of four; where three do, two', async () => {
    await expect(keysOf({ a1: ['a'], a2: ['b'] }, four, 3, 2)).rejects.toThrow('a3 does not answer, a4 does not');
    expect(await keysOf({ a1: ['a'], a2: ['b'], a4: [] }, four, 3, 2)).toEqual(['a', 'b']);
    await expect(keysOf({ a1: ['a'] }, four, 2, 3)).rejects.toThrow('a2 does not answer, a3 does');
    expect(await keysOf({ a1: ['a'], a2: ['b'] }, four, 2, 3)).toEqual(['a', 'b']);
  });
});

const callOf = (signal: AbortSignal) =>
  ({
    ...{ signal, output: { isTerminal: false, remark: () => undefined }, values: { wholeNumber: () => 1000 } },
  }) as never;

test('who interrupts a save is told that nothing was saved', async () => {
  const page = () => Promise.reject(new Error('nothing is asked any more'));
  const copying = copyPages(callOf(AbortSignal.abort()), { backup: { page } } as never, 1, { pages: 0 } as never);
  await expect(copying).rejects.toThrow('interrupted: nothing was saved');
});

test('also while registers are copied; and who interrupts a restoration, what to do now', async () => {
  const decided = () => Promise.resolve({ value: Uint8Array.of(1) });
  const register = () => { throw new Error('nothing is written any more'); }; // prettier-ignore
  const call = callOf(AbortSignal.abort());
  const copying = copyRegisters(call, { decided } as never, ['a'], { register } as never);
  await expect(copying).rejects.toThrow('interrupted: nothing was saved');
  const file = { registerCount: 1, registers: () => [{ key: 'a', value: Uint8Array.of(1) }] };
  const decide = () => Promise.reject(new Error('nothing is decided any more'));
  await expect(decideAll(call, { decide } as never, file as never)).rejects.toThrow('half restored');
});

test.each([
  [2, 3],
  [3, 2],
])('of a group that gives %i pages and says that they are %i nothing is saved', async (given, told) => {
  const taken: Uint8Array[] = [];
  const writer = { get pages() { return taken.length; }, bytes: 0, page: (bytes: Uint8Array) => void taken.push(bytes) }; // prettier-ignore
  const page = (_position: number, number: number) =>
    Promise.resolve(number < given ? { kind: 'page', bytes: Uint8Array.of(number) } : { kind: 'end', pages: told });
  const copying = copyPages(callOf(new AbortController().signal), { backup: { page } } as never, 1, writer as never);
  await expect(copying).rejects.toThrow(`nothing was saved: ${told} pages were told of, not ${given}`);
});
