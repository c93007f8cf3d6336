import { stripVTControlCharacters } from 'node:util';
import { TestStack } from './test-stack.js';
import { run } from './world.js';
import type { Circumstances, Ran } from './world.js';

jest.setTimeout(60_000);

const founders = ['paxos-a1', 'paxos-a2', 'paxos-a3'];
let stack: TestStack;

const synod = (args: readonly string[], more: Circumstances = {}): Promise<Ran> =>
  run(args, { directory: stack.directory, ...more });

async function json(...args: string[]) {
  const { out, err } = await synod([...args, '--json']);
  return JSON.parse(out || err);
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`after 30 s still not: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

interface Row {
  readonly answers: boolean;
  readonly lag?: number;
}

async function healthy(): Promise<boolean> {
  const { leader, proposers, acceptors } = await json('status', '--timeout', '300');
  const all = [...proposers, ...acceptors] as Row[];
  return leader !== undefined && all.every(({ answers }) => answers) && proposers.every(({ lag }: Row) => lag === 0);
}

beforeAll(async () => {
  stack = await TestStack.start({ protocol: 'paxos', spares: 2 });
  await until('the group is healthy', healthy);
});
afterAll(() => stack?.close());

test('put says in which ballot and slot, and which acceptor completed the quorum', async () => {
  const { code, out, err } = await synod(['put', 'greeting', 'hello']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(
    /^committed by paxos-p\d, ballot \d+\.\d, slot \d+, [\d.]+ ms, quorum by paxos-a\d, trace [0-9a-f]{32}\n$/,
  );
  const again = await json('put', 'greeting', 'hello again');
  expect(again).toMatchObject({
    existed: true,
    ballot: expect.stringMatching(/^\d+\.\d$/),
    quorumBy: expect.any(String),
  });
  expect(again.index).toBe(again.revision);
  expect((await synod(['get', 'greeting'])).out).toBe('hello again');
  expect((await synod(['get', 'greeting', '--group', 'paxos', '--stale'])).out).toBe('hello again');
});

test('later in a group’s life, too, put names who completed its quorum, and none that is paused', async () => {
  await synod(['fault', 'pause', 'a1']);
  try {
    for (let put = 1; put <= 13; put++) {
      const { replica, index, quorumBy, traceId } = await json('put', 'counted', `${put}`);
      expect(['paxos-a2', 'paxos-a3']).toContain(quorumBy);
      const { rounds } = (await json('status', '--verbose', '--timeout', '200')).reports[replica];
      expect(rounds).toContainEqual(expect.objectContaining({ last: index, completedBy: quorumBy, traceId }));
    }
  } finally {
    await synod(['fault', 'resume', 'a1']);
  }
  await until('the group is healthy', healthy);
});

test('proposers that duel are seen in one picture, each from its own trace', async () => {
  let picture = '';
  await until('two have stood at once, and one was preempted', async () => {
    await duel();
    const { out } = await synod(['trace', 'list', '--json', '--limit', '30']);
    const traces = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    for (const { traceId } of traces.filter(({ root }) => root === 'paxos.phase1')) {
      picture = await pictureOf(traceId);
      if (duelIn(picture) !== undefined) return true;
    }
    return false;
  });
  const { loser, winner, ballot } = duelIn(picture)!;
  expect(winner).not.toBe(loser);
  expect(Number(ballot.split('.')[1])).toBe(Number(winner) - 1);
  const both = [loser, winner].map((proposer) => new RegExp(`^paxos-p${proposer} +paxos\\.phase1`, 'm'));
  for (const one of both) expect(picture).toMatch(one);
  const [, rivals] = /^trace [0-9a-f]{32} with its rivals' ([0-9a-f ]+),/.exec(picture)!;
  const others = await Promise.all(rivals!.split(' ').map(pictureOf));
  expect(others.some((other) => both.every((one) => one.test(other)))).toBe(true);
});

/** Who stood at the same time as whoever preempted it; a leader that slept is preempted, too, and is no rival. */
function duelIn(
  picture: string,
): { readonly loser: string; readonly winner: string; readonly ballot: string } | undefined {
  for (const [, loser, winner, ballot] of picture.matchAll(
    /^paxos-p(\d) .*preempted by paxos-p(\d) in ballot (\d+\.\d)/gm,
  )) {
    const stood = new RegExp(`^paxos-p${winner} .*◆ rival paxos-p${loser} `, 'm');
    if (stood.test(picture)) return { loser: loser!, winner: winner!, ballot: ballot! };
  }
  return undefined;
}

const pictureOf = async (traceId: string): Promise<string> =>
  stripVTControlCharacters((await synod(['trace', traceId], { columns: 160 })).out);

/** The leader falls silent, and acceptors, too, until both others ask them: then they grant it to both at once. */
async function duel(): Promise<void> {
  const { leader } = await json('status');
  const signal = (name: NodeJS.Signals, names: readonly string[]): void =>
    names.forEach((one) => process.kill(stack.pidOf(one), name));
  signal('SIGSTOP', [leader]);
  await new Promise((resolve) => setTimeout(resolve, 60));
  signal('SIGSTOP', founders);
  await new Promise((resolve) => setTimeout(resolve, 270));
  signal('SIGCONT', founders);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  signal('SIGCONT', [leader]);
  await until('the group is healthy', healthy);
  await new Promise((resolve) => setTimeout(resolve, 500));
}

test('status shows proposers and acceptors in tables of their own', async () => {
  const { code, out } = await synod(['status']);
  expect(code).toBe(0);
  expect(out).toMatch(/^PROPOSER +ROLE +BALLOT +CHOSEN +APPLIED +LAG +SNAPSHOT +STATE HASH\n/);
  expect(out).toMatch(/\nACCEPTOR +ROLE +PROMISED +ACCEPTED +TRIMMED +HELD +DISK +REGISTERS/);
  expect(out).toMatch(/group paxos \(paxos\): leader paxos-p\d, ballot \d+\.\d, 8 of 8 answer/);
  expect(out).toMatch(/paxos-a4 +spare /);
  expect(out).toContain('acceptors: paxos-a1, paxos-a2, paxos-a3 (version 1); 2 must promise, 2 must accept');
  const verbose = (await synod(['status', '--verbose'])).out;
  for (const part of ['votes held', 'log to', 'accepted', 'heartbeat', 'syncs', 'LAST ROUNDS', 'SLOTS']) {
    expect(verbose).toContain(part);
  }
});

test('tap shows a write on its way from the leader to the acceptors and back', async () => {
  const stopping = new AbortController();
  const onOutput = (out: string): void => void (/reply .*written at/.test(out) && stopping.abort());
  const tapping = synod(['tap'], { signal: stopping.signal, onOutput });
  await until('the tap has heard the write', async () => {
    await synod(['put', 'tapped', 'secret']);
    return stopping.signal.aborted;
  });
  const { code, out } = await tapping;
  expect(code).toBe(0);
  expect(out).toMatch(/cli → paxos-p\d +request .*put tapped \(6 B\)/);
  expect(out).toMatch(/paxos-p\d → replicas +accept .*ballot \d+\.\d, slots \d+/);
  expect(out).toMatch(/paxos-a\d → paxos-p\d +accepted .*ballot \d+\.\d, slots \d+/);
  expect(out).toMatch(/reply .*slot \d+, ballot \d+\.\d/);
  expect(out).not.toContain('secret');
});

test('a register is decided once; its trace shows both phases', async () => {
  expect(await synod(['decided', 'owner'])).toMatchObject({ code: 3, out: '', err: 'nothing is decided for owner\n' });
  expect(await json('decided', 'owner')).toEqual({ key: 'owner', decided: false });
  const first = await synod(['decide', 'owner', 'alice']);
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toMatch(/^decided: alice, by paxos-p\d, ballot \d+\.\d, [\d.]+ ms, trace [0-9a-f]{32}\n$/);
  const second = await synod(['decide', 'owner', 'bob']);
  expect(second).toMatchObject({ code: 3, err: 'owner had this value already; nothing was changed\n' });
  expect(second.out).toMatch(/^decided: alice, /);
  expect((await synod(['decided', 'owner'])).out).toBe('alice');
  expect((await synod(['decided', 'owner'], { columns: 80 })).out).toBe('alice\n');
  expect(await json('decided', 'owner')).toMatchObject({ decided: true, value: 'alice', valueBase64: 'YWxpY2U=' });
  expect(await json('decide', 'owner', 'alice')).toMatchObject({ isOurs: true, value: 'alice' });
  const trace = await synod(['trace', first.out.trim().slice(-32)]);
  expect(trace.code).toBe(0);
  expect(trace.out).toMatch(/register-prepare[^]*register-accept/);
  for (const [args, message] of [
    [['decide', 'a b', 'x'], "a register's key is 1 to 128 of"],
    [['decide', 'large', 'x'.repeat(4097)], 'at most 4096 bytes'],
    [['decide', 'owner'], 'the value is missing'],
  ] as const) {
    expect(await synod(args)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  }
});

test('who only asks for a register has a trace of that, and of the round when it takes one', async () => {
  const kv = (await stack.group.client({ user: 'cli' })).group('paxos');
  const traced = async (key: string, digit: string) => {
    const id = digit.repeat(32);
    await kv.decided(key, { traceparent: `00-${id}-${'1'.repeat(16)}-01` });
    return (await synod(['trace', id])).out;
  };
  const nothing = await traced('nobody', 'e');
  expect(nothing).toMatch(/paxos\.register[^]*publish register-ask[^]*paxos-a\d +.*process register-ask/);
  expect(nothing).not.toContain('register-prepare');
  for (const name of stack.group.namesOf('proposer')) {
    await stack.group.replica(name).kill();
    stack.run(name);
  }
  await until('the group is healthy', healthy); // nobody remembers what rounds have decided
  expect(await traced('owner', 'f')).toMatch(
    /publish register-ask[^]*publish register-prepare[^]*publish register-accept/,
  );
});

test('a wish that shares another one’s round is linked with it, and its trace says where the round is', async () => {
  const kv = (await stack.group.client({ user: 'cli' })).group('paxos');
  await kv.decided('shared'); // so both go to the leader at once
  const ids = ['c', 'd'].map((digit) => digit.repeat(32));
  const wishes = ids.map((id, i) => kv.decide('shared', `v${i}`, { traceparent: `00-${id}-${'1'.repeat(16)}-01` }));
  const chosen = await Promise.all(wishes);
  expect(new Set(chosen.map(({ text }) => text)).size).toBe(1);
  const [own, joined] = await Promise.all(ids.map(async (id) => (await synod(['trace', id])).out));
  expect(own).toMatch(/paxos\.register[^]*register-prepare[^]*register-accept/);
  expect(joined).toMatch(/^paxos-p\d +consensus in trace cccccccccccc /m);
});

test('member list, and what cannot be', async () => {
  const { code, out } = await synod(['member', 'list']);
  expect(code).toBe(0);
  expect(out).toMatch(/^ACCEPTOR +ROLE/);
  expect(out).toContain('spare, to be added with synod member add: paxos-a4, paxos-a5');
  const listed = await json('member', 'list');
  expect(listed).toMatchObject({
    group: 'paxos',
    now: { version: 1, members: founders },
    spares: ['paxos-a4', 'paxos-a5'],
  });
  for (const [args, exit, message] of [
    [['add', 'a9'], 2, 'paxos-a4, paxos-a5 are. Start it first'],
    [['add', 'a1'], 2, 'paxos-a1 is a member already'],
    [['add', 'a4', 'a4'], 2, 'paxos-a4 is named twice'],
    [['remove', 'a4'], 2, 'no member; there are paxos-a1, paxos-a2, paxos-a3'],
    [['remove', 'a1', '--version', '7'], 3, 'the members are at version 1, not 7'],
    [['add', 'a4', '--phase1', '2', '--phase2', '2'], 2, 'need not meet among 4 acceptors'],
    [['remove', 'a1', 'a2', 'a3'], 2, 'a group needs an acceptor'],
    [['remove', 'a1', 'a2'], 2, 'no member could fail then, and 1 can now: of 1 member'],
    [['remove', 'a1', '--force', '--user', 'cli'], 1, 'user cli may not'],
  ] as const) {
    const ran = await synod(['member', ...args]);
    expect([args, ran.code, ran.err]).toEqual([args, exit, expect.stringContaining(message)]);
  }
});

test('acceptors are added, removed and replaced, and what was written and decided stays', async () => {
  const added = await synod(['member', 'add', 'a4']);
  expect(added).toMatchObject({
    code: 0,
    err: expect.stringMatching(/^decided: version 2, in force from position \d+/),
  });
  expect(added.out).toBe(
    'in force: paxos-a1, paxos-a2, paxos-a3, paxos-a4 (version 2); 3 must promise, 3 must accept\n',
  );
  expect((await synod(['put', 'after', 'adding'])).code).toBe(0);
  const removed = await json('member', 'remove', 'paxos-a2', '--version', '2');
  expect(removed).toMatchObject({ now: { version: 3, members: ['paxos-a1', 'paxos-a3', 'paxos-a4'] } });
  expect((await synod(['put', 'after', 'removing'])).code).toBe(0);
  expect((await synod(['decided', 'owner'])).out).toBe('alice');
  expect((await synod(['status'])).out).toMatch(/paxos-a2 +spare/);
  const refused = await synod(['member', 'replace', 'a1', 'a4']);
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('paxos-a4 is a member already') });
  const replaced = await synod(['member', 'replace', 'a1', 'a5']);
  expect(replaced.out).toContain('in force: paxos-a3, paxos-a4, paxos-a5 (version 4); 2 must promise, 2 must accept');
  // One of the founders that was removed keeps its disk, and comes back as the one it was.
  expect(await json('member', 'list')).toMatchObject({ spares: ['paxos-a1', 'paxos-a2'], seenThrough: 4 });
  const back = await synod(['member', 'replace', 'a5', 'a1']);
  expect(back.out).toContain('in force: paxos-a3, paxos-a4, paxos-a1 (version 5); 2 must promise, 2 must accept');
  expect((await synod(['get', 'after'])).out).toBe('removing');
  expect(await synod(['decide', 'owner', 'bob'])).toMatchObject({ code: 3, out: expect.stringContaining('alice') });
});

test('an acceptor that stands still is waited for, and added by force', async () => {
  expect((await synod(['fault', 'pause', 'a5'])).code).toBe(0);
  try {
    await new Promise((resolve) => setTimeout(resolve, 6000)); // so long that it is no spare any more
    const waited = await synod(['member', 'add', 'a5', '--timeout', '1500']);
    expect(waited).toMatchObject({
      code: 4,
      err: expect.stringMatching(/^not yet: paxos-p\d answers unavailable: paxos-a5 is silent: start it first\n[^]*time is up, not changed/), // prettier-ignore
    });
    const forced = await synod(['member', 'add', 'a5', '--force']);
    expect(forced.out).toContain('paxos-a3, paxos-a4, paxos-a1, paxos-a5 (version 6); 3 must promise, 3 must accept');
    expect((await synod(['put', 'without', 'it'])).code).toBe(0);
  } finally {
    await synod(['fault', 'resume', 'a5']);
  }
  expect((await synod(['member', 'remove', 'a5'])).code).toBe(0);
  await until('all is well', healthy);
});

test('a fault of a proposer or an acceptor is shown by its role', async () => {
  const { leader } = await json('status');
  const short = (leader as string).slice('paxos-'.length);
  expect((await synod(['fault', 'pause', short, 'a3'])).code).toBe(0);
  try {
    await until('another proposer leads', async () => {
      const seen = await json('status', '--timeout', '300');
      return seen.leader !== undefined && seen.leader !== leader;
    });
    const { out } = await synod(['status', '--timeout', '300']);
    expect(out).toMatch(new RegExp(`${leader} +no answer .*paused`));
    expect(out).toMatch(/paxos-a3 +no answer .*paused/);
    expect((await synod(['put', 'without', 'them'])).code).toBe(0);
  } finally {
    await synod(['fault', 'resume', short, 'a3']);
  }
  await until('all is well', healthy);
});

test('without a majority of acceptors the message names who can answer, and acceptors are not among them', async () => {
  const acceptors = ['a1', 'a2', 'a3', 'a4', 'a5'].map((name) => `paxos-${name}`);
  expect((await synod(['fault', 'pause', ...acceptors, 'p3'])).code).toBe(0);
  try {
    const { code, err } = await synod(['put', 'a', 'b', '--timeout', '1500']);
    expect(code).toBeGreaterThan(2);
    expect(err).toMatch(/paxos-p[12]: (leader|follower|candidate|canvassing|preparing)/);
    expect(err).toContain('paxos-p3: no answer');
    expect(err).not.toContain('paxos-a');
  } finally {
    await synod(['fault', 'resume', ...acceptors, 'p3']);
  }
  await until('all is well', healthy);
});
