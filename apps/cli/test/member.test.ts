import { change } from '../src/member/change.js';
import type { Wish } from '../src/member/change.js';
import type { Answer, Change, Sight } from '../src/member/group-line.js';
import { protocolNamed } from '../src/protocols/index.js';
import type { Membership } from '../src/protocols/protocol.js';

const setOf = (version: number, ...members: string[]) => {
  const quorum = Math.floor(members.length / 2) + 1;
  return { version, members, disks: {}, quorums: { phase1: quorum, phase2: quorum }, text: `${members} (${version})` };
};
const founders = setOf(1, 'a1', 'a2', 'a3');
const four = setOf(2, 'a1', 'a2', 'a3', 'a4');
const at = (now: Membership['now'], more: Partial<Membership> = {}): Membership => {
  return {
    now,
    next: undefined,
    spares: ['a4'],
    followed: now.version,
    seenThrough: now.version,
    silent: [],
    awaited: undefined,
    ...more,
  };
};
const add: Wish = { add: ['a4'], remove: [], phase1: undefined, phase2: undefined, version: undefined, force: false };

/** A group that looks like this, one sight after the other; the last one stays. */
function group(sights: readonly (Membership | 'leaderless')[], answers: readonly Answer[]) {
  const asked: Change[] = [];
  const told: string[] = [];
  let last: Membership = at(founders);
  const line = {
    look: async (): Promise<Sight> => {
      const [sight] = sights.length > 1 ? (sights as Membership[]).splice(0, 1) : sights;
      if (sight !== 'leaderless') last = sight!;
      const leader = sight === 'leaderless' ? undefined : 'p1';
      return { membership: last, leader, protocol: protocolNamed('paxos') } as unknown as Sight;
    },
    ask: async (_leader: string, wanted: Change): Promise<Answer> => {
      asked.push(wanted);
      return answers[asked.length - 1] ?? { kind: 'later', why: 'unavailable' };
    },
  };
  const run = (wish: Wish = add, timeoutMs = 3000) => change(line, wish, timeoutMs, (text) => void told.push(text));
  return { run, asked, told };
}

test('a change is asked for, and waited for until all of it is in force', async () => {
  const next = { ...four, from: 1030 };
  const { run, asked, told } = group(
    [
      ...[at(founders), at(founders), at(founders, { next }), at(four, { followed: 1, seenThrough: 1 })],
      ...[at(four, { seenThrough: 1, awaited: 'p2 has not told' }), at(four)],
    ],
    [{ kind: 'decided', from: 1030 }],
  );
  const { membership, from } = await run();
  expect(asked).toEqual([{ version: 1, add: ['a4'], remove: [], phase1: undefined, phase2: undefined }]);
  expect(told).toEqual([
    'decided: version 2, in force from position 1030 of the log on',
    'not in force yet',
    'in force; registers move to the new members',
    'in force; members of before are still needed: p2 has not told',
  ]);
  expect(membership.now).toBe(four);
  expect(from).toBe(1030);
});

test('refusals for now, and elections, are sat out', async () => {
  const { run, asked } = group(
    [at(founders), 'leaderless', at(founders), at(founders), at(founders), at(four)],
    [
      { kind: 'later', why: 'unavailable' },
      { kind: 'later', why: 'notLeader' },
      { kind: 'decided', from: 9 },
    ],
  );
  await run();
  expect(asked).toHaveLength(3);
});

test('whoever comes while nobody leads waits for a leader, and says so', async () => {
  const { run, asked, told } = group(
    ['leaderless', 'leaderless', at(founders), at(founders), at(four)],
    [{ kind: 'decided', from: 9 }],
  );
  expect((await run()).membership.now).toBe(four);
  expect(asked).toHaveLength(1);
  expect(told).toEqual([
    'nobody leads just now, who could do it: waiting',
    'decided: version 2, in force from position 9 of the log on',
  ]);
});

test('it waits no longer than it was told to, and has changed nothing then', async () => {
  const { run, asked } = group(['leaderless'], []);
  await expect(run(add, 500)).rejects.toMatchObject({
    exitCode: 'noCluster',
    message: 'time is up, not changed: nobody led',
  });
  expect(asked).toEqual([]);
});

test('what it waits for is told at once, and once', async () => {
  const silent = { kind: 'later', why: 'unavailable: a4 is silent: start it first' } as const;
  const { run, told, asked } = group([at(founders), at(founders), at(founders), at(founders), at(four)], [silent, silent, { kind: 'decided', from: 9 }]); // prettier-ignore
  await run();
  expect(told).toEqual([
    'not yet: p1 answers unavailable: a4 is silent: start it first',
    'decided: version 2, in force from position 9 of the log on',
  ]);
  expect(asked.map(({ force }) => force)).toEqual([undefined, undefined, undefined]);
});

test('by force, the leader is asked to add one that is silent; where nobody is added it is not told of it', async () => {
  const forced = group([at(founders), at(founders), at(four)], [{ kind: 'decided', from: 9 }]);
  await forced.run({ ...add, force: true });
  expect(forced.asked).toMatchObject([{ add: ['a4'], force: true }]);
  const removes = group([at(four), at(four), at(setOf(3, 'a1', 'a2', 'a3'))], [{ kind: 'decided', from: 9 }]);
  await removes.run({ ...add, add: [], remove: ['a4'], force: true });
  expect(removes.asked[0]).not.toHaveProperty('force');
});

test('an answer that is lost does not hide that the change was made', async () => {
  const { run, asked } = group([at(founders), at(founders), at(four)], [{ kind: 'open' }]);
  expect((await run()).membership.now).toBe(four);
  expect(asked).toHaveLength(1);
  const other = setOf(2, 'a1', 'a2', 'a5');
  await expect(group([at(founders), at(founders), at(other)], [{ kind: 'open' }]).run()).rejects.toMatchObject({
    exitCode: 'notMet',
    message: expect.stringContaining('somebody else has changed the members meanwhile'),
  });
});

test('what was made by others is no success of ours', async () => {
  const { run } = group([at(founders), at(founders), at(four)], [{ kind: 'later', why: 'unavailable' }]);
  await expect(run()).rejects.toMatchObject({ exitCode: 'notMet' });
});

test('time that is up says whether anything may have been done', async () => {
  const later = group([at(founders)], []);
  await expect(later.run(add, 500)).rejects.toMatchObject({
    exitCode: 'noCluster',
    message: 'time is up, not changed: p1 answers unavailable',
  });
  const open = group([at(founders)], [{ kind: 'open' }]);
  await expect(open.run(add, 500)).rejects.toMatchObject({
    exitCode: 'unknown',
    message: expect.stringContaining('see: synod member list'),
  });
  const next = { ...four, from: 1030 };
  const slow = group([at(founders), at(founders), at(founders, { next })], [{ kind: 'decided', from: 1030 }]);
  await expect(slow.run(add, 700)).rejects.toMatchObject({
    exitCode: 'unknown',
    message: expect.stringContaining('version 2 is decided but not in force yet'),
  });
});

test('time that is up before the members of before may go says what for', async () => {
  const waits = { seenThrough: 1, awaited: 'p2 has not told' };
  const { run } = group([at(founders), at(founders), at(four, waits)], [{ kind: 'decided', from: 1030 }]);
  await expect(run(add, 700)).rejects.toMatchObject({
    exitCode: 'unknown',
    message: expect.stringContaining(
      'version 2 is decided and in force; members of before are still needed: p2 has not told',
    ),
  });
});

test('while a change is under way there is no other', async () => {
  const { run, asked } = group([at(founders, { next: { ...four, from: 1030 } })], []);
  await expect(run()).rejects.toMatchObject({
    exitCode: 'failed',
    message: 'a change is under way: version 2, in force from position 1030 on; wait for it',
  });
  expect(asked).toEqual([]);
});

test('what the leader finds wrong is told in its words', async () => {
  const { run } = group([at(founders)], [{ kind: 'refused', why: 'a group needs an acceptor' }]);
  await expect(run({ ...add, add: [], remove: ['a1', 'a2', 'a3'] })).rejects.toMatchObject({
    exitCode: 'usage',
    message: 'p1 refuses the change: a group needs an acceptor',
  });
});

/** What is asked of a group in which nothing else goes wrong. */
async function askedFor(now: Membership['now'], wish: Partial<Wish>): Promise<Partial<Change>> {
  const { run, asked } = group([at(now, { spares: ['a4', 'a5', 'a6'] })], [{ kind: 'refused', why: 'enough' }]);
  await expect(run({ ...add, add: [], ...wish })).rejects.toThrow('p1 refuses the change: enough');
  const { phase1, phase2 } = asked[0]!;
  return { phase1, phase2 };
}

describe('quorums', () => {
  const flexible = { ...four, quorums: { phase1: 3, phase2: 2 } };
  const majorities = { phase1: undefined, phase2: undefined };

  test('that are majorities stay majorities', async () => {
    expect(await askedFor(founders, { add: ['a4'] })).toEqual(majorities);
    expect(await askedFor(founders, { add: ['a4'], phase1: 3 })).toEqual({ ...majorities, phase1: 3 });
  });

  test('that somebody has chosen stay, as long as they fit', async () => {
    expect(await askedFor(flexible, { add: ['a5'], remove: ['a1'] })).toEqual({ phase1: 3, phase2: 2 });
    expect(await askedFor(flexible, { add: ['a5'], phase1: 4 })).toEqual({ phase1: 4, phase2: 2 });
    expect(await askedFor(flexible, { add: ['a5'], phase1: 3, phase2: 3 })).toEqual({ phase1: 3, phase2: 3 });
  });

  test('that do not fit are for people to name, not for majorities to replace', async () => {
    const { run, asked } = group([at(flexible, { spares: ['a5'] })], []);
    await expect(run({ ...add, add: ['a5'] })).rejects.toMatchObject({
      exitCode: 'usage',
      message:
        '3 must promise, 2 must accept: with 5 members these quorums need not meet, since together they must be more than all members' +
        ' and each at most all. Say which shall hold: --phase1 N --phase2 M (majorities: 3 and 3)',
    });
    await expect(run({ ...add, add: [], remove: ['a1', 'a2'], force: true })).rejects.toThrow('with 2 members');
    expect(asked).toEqual([]);
  });
});

describe('a change after which fewer members may fail than now', () => {
  const remove = (...names: string[]): Partial<Wish> => ({ remove: names });
  const five = setOf(3, 'a1', 'a2', 'a3', 'a7', 'a8');

  test.each([
    ['of three one is left', founders, remove('a1', 'a2'), 'no member could fail then, and 1 can now: of 1 member 1 must promise, 1 must accept'], // prettier-ignore
    ['of three two are left', founders, remove('a1'), 'no member could fail then, and 1 can now: of 2 members 2 must promise, 2 must accept'], // prettier-ignore
    ['of five four are left', five, remove('a7'), 'only 1 could fail then, and 2 can now: of 4 members 3 must promise, 3 must accept'], // prettier-ignore
    ['quorums grow', five, { ...remove(), phase1: 4, phase2: 2 }, 'only 1 could fail then, and 2 can now: of 5 members 4 must promise, 2 must accept'], // prettier-ignore
    ['quorums that were chosen stay', { ...four, quorums: { phase1: 3, phase2: 2 } }, remove('a1'), 'no member could fail then, and 1 can now: of 3 members 3 must promise, 2 must accept'], // prettier-ignore
  ])('is refused unless it is forced: %s', async (_what, now, wish, message) => {
    const { run, asked } = group([at(now)], [{ kind: 'refused', why: 'enough' }]);
    await expect(run({ ...add, add: [], ...wish })).rejects.toMatchObject({
      exitCode: 'usage',
      message: `${message}. Add or replace members instead; if it is meant, say --force`,
    });
    expect(asked).toEqual([]);
    await expect(run({ ...add, add: [], ...wish, force: true })).rejects.toThrow('p1 refuses the change: enough');
    expect(asked).toHaveLength(1);
  });

  test('is none where as many may fail: four of which one goes, one for another', async () => {
    expect(await askedFor(four, remove('a4'))).toBeDefined();
    expect(await askedFor(founders, { ...remove('a1'), add: ['a4'] })).toBeDefined();
  });
});
