import { Members, check, names } from './members.js';
import type { Asked } from './members.js';

/** The production client, whose group is played: what it believes, and when. */

let members: Members;

beforeEach(async () => {
  members = await Members.open();
});
afterEach(() => members.client.close({ drainMs: 0 }));

/** What became of a call, or that nothing has yet. */
async function outcome<T>(call: Promise<T>): Promise<T | 'open'> {
  return Promise.race([call, new Promise<'open'>((resolve) => setTimeout(() => resolve('open'), 60))]);
}

const text = (answer: unknown) => (answer as { entry?: { text: string } }).entry?.text;

describe('The opening of a session', () => {
  const numberOf = ({ message }: Asked): number => (message.kind === 'request' ? message.signed.statement.sequence : 0);

  test('takes the number that the group says, where another clock of the user was ahead', async () => {
    const call = members.kv.put('k', 'v');
    for (const name of ['r1', 'r2']) members.say(name, await members.question('request'), { openFrom: 5_000_000 });
    const again = await members.question('request', names.length);
    expect(numberOf(again)).toBeGreaterThanOrEqual(5_000_000);
    await members.opened(names.length);
    const write = await members.question('request');
    for (const name of ['r2', 'r3']) members.say(name, write, { value: 'v' });
    await call.catch(() => undefined);
    expect(numberOf(write)).toBe(1);
  });

  test('that is refused until time is up was not done, and says why', async () => {
    const call = members.kv.openSession({ timeoutMs: 20 }).catch((error: Error) => error);
    const always = setInterval(() => {
      for (const asked of members.asked.splice(0)) members.say(asked.to, asked, { openFrom: 5_000_000 });
    }, 1);
    const error = await call;
    clearInterval(always);
    expect(error).toMatchObject({ code: 'unavailable', mayHaveTakenEffect: false });
    expect((error as Error).message).toMatch(/^no session was opened: .* clock .* ahead/);
  });
});

describe('A read', () => {
  test('goes to all at once, and is answered by a quorum that says the same', async () => {
    const call = members.kv.get('k');
    const asked = await members.question('read');
    expect(asked.to).toBe('replicas');
    members.say('r1', asked, { value: 'a' });
    members.say('r2', asked, { value: 'a' });
    expect(await outcome(call)).toBe('open');
    members.say('r4', asked, { value: 'a' });
    expect(text(await call)).toBe('a');
    expect(members.asked).toHaveLength(1);
  });

  test('is ordered as a request when as many as may be waited for do not say the same; f + 1 alike then answer it', async () => {
    const call = members.kv.get('k');
    const asked = await members.question('read');
    for (const [place, name] of names.slice(0, 3).entries()) members.say(name, asked, { value: `${place}` });
    const ordered = await members.question('request');
    expect(ordered.message.kind === 'request' && ordered.message.signed.statement.holds).toBe('queries');
    expect(members.asked.slice(1).map(({ to }) => to)).toEqual(names);
    members.say('r1', ordered, { value: 'b' });
    expect(await outcome(call)).toBe('open');
    members.say('r3', ordered, { value: 'b' });
    expect(text(await call)).toBe('b');
  });

  test('is ordered when too many are silent', async () => {
    const call = members.kv.get('k');
    members.say('r1', await members.question('read'), { value: 'a' });
    const ordered = await members.question('request');
    for (const name of ['r1', 'r2']) members.say(name, ordered, { value: 'b' });
    expect(text(await call)).toBe('b');
  });

  test('tells a position that a correct member has reached, whatever one says', async () => {
    const call = members.kv.get('k');
    const asked = await members.question('read');
    members.say('r1', asked, { value: 'a', index: 1_000_000 });
    members.say('r2', asked, { value: 'a', index: 9 });
    members.say('r3', asked, { value: 'a', index: 8 });
    expect((await call).source).toMatchObject({ index: 9, term: 3 });
  });

  test('that may be stale needs one correct member: f + 1 alike', async () => {
    const call = members.kv.get('k', { level: 'stale' });
    const asked = await members.question('read');
    members.say('r4', asked, { value: 'lie' });
    members.say('r1', asked, { value: 'a' });
    expect(await outcome(call)).toBe('open');
    members.say('r2', asked, { value: 'a' });
    expect(text(await call)).toBe('a');
  });
});

describe('An answer counts for nothing', () => {
  test.each([
    ['signed by another key', { key: 'mallory' }],
    ['signed by another member', { key: 'r1' }],
  ])('%s', async (_what, how) => {
    const call = members.kv.get('k');
    const asked = await members.question('read');
    members.say('r1', asked, { value: 'a' });
    members.say('r2', asked, { value: 'a' });
    members.say('r3', asked, { value: 'a', ...how });
    expect(await outcome(call)).toBe('open');
    expect(members.kv.statistics.malformedReplies).toBe(1);
    members.say('r3', asked, { value: 'a' });
    expect(text(await call)).toBe('a');
  });

  test('a second time, from the same member', async () => {
    const call = members.kv.get('k');
    const asked = await members.question('read');
    for (let again = 0; again < 4; again++) members.say('r1', asked, { value: 'a' });
    members.say('r2', asked, { value: 'a' });
    expect(await outcome(call)).toBe('open');
    members.say('r3', asked, { value: 'a' });
    await call;
  });

  test('from somebody who is no member', async () => {
    const call = members.kv.get('k');
    const asked = await members.question('read');
    for (const name of ['r1', 'r2', 'r9']) members.say(name, asked, { value: 'a' });
    expect(await outcome(call)).toBe('open');
    expect(members.kv.statistics.foreignReplies).toBe(1);
    members.say('r3', asked, { value: 'a' });
    await call;
  });

  test('to another question', async () => {
    const first = members.kv.get('k');
    const asked = await members.question('read');
    for (const name of names) members.say(name, asked, { value: 'a' });
    await first;
    const second = members.kv.get('other');
    const next = await members.question('read', 1);
    // The old answers under the number of the new question.
    const mixed = {
      ...asked,
      message: { ...asked.message, sequence: (next.message as { sequence: number }).sequence },
    };
    for (const name of names) members.say(name, mixed as typeof asked, { value: 'a' });
    expect(await outcome(second)).toBe('open');
    for (const name of names) members.say(name, next, { value: 'b' });
    expect(text(await second)).toBe('b');
  });
});

describe('A write', () => {
  test('is signed once, goes to all, and is answered by f + 1 that say the same', async () => {
    const call = members.kv.execute(Buffer.from('op'));
    await members.opened();
    const asked = await members.question('request');
    expect(members.asked.map(({ to }) => to)).toEqual(names);
    expect(new Set(members.asked.map(({ payload }) => Buffer.from(payload).toString('hex'))).size).toBe(1);
    members.say('r1', asked, { value: 'lie' });
    members.say('r2', asked, { value: 'done' });
    expect(await outcome(call)).toBe('open');
    members.say('r4', asked, { value: 'done', index: 0 });
    expect((await call).source).toMatchObject({ replica: 'r4', index: 0 });
  });

  test('is sent again, the same bytes, to those who have not answered', async () => {
    const call = members.kv.execute(Buffer.from('op'));
    await members.opened();
    const asked = await members.question('request');
    members.say('r2', asked, { value: 'done' });
    const before = members.asked.length;
    const again = await members.question('request', before);
    expect(again.payload).toEqual(asked.payload);
    expect(members.asked.slice(before).map(({ to }) => to)).toEqual(['r1', 'r3', 'r4']);
    members.say('r1', asked, { value: 'done' });
    await call;
  });

  test('is refused for good when f + 1 say so, not when one does', async () => {
    const call = members.kv.execute(Buffer.from('op'));
    const settled = call.catch((error: unknown) => error);
    await members.opened();
    const asked = await members.question('request');
    members.say('r1', asked, { refuses: 'tooLarge' });
    expect(await outcome(settled)).toBe('open');
    members.say('r2', asked, { refuses: 'tooLarge' });
    // Nobody signs a refusal.
    expect(await settled).toMatchObject({ code: 'tooLarge', mayHaveTakenEffect: true });
  });

  test('without an answer has an unknown outcome, also when everybody refused it: one may have lied', async () => {
    const call = members.kv.execute(Buffer.from('op'), { timeoutMs: 400 });
    const settled = call.catch((error: unknown) => error);
    await members.opened();
    const asked = await members.question('request');
    for (const name of names) members.say(name, asked, { refuses: 'unavailable' });
    expect(await settled).toMatchObject({ code: 'unknownOutcome', mayHaveTakenEffect: true });
  });

  test('opens a session only where f + 1 name the same one', async () => {
    const call = members.kv.openSession();
    const asked = await members.question('request');
    members.say('r1', asked, { index: 41 });
    members.say('r2', asked, { index: 42 });
    expect(await outcome(call)).toBe('open');
    members.say('r3', asked, { index: 42 });
    expect(await call).toMatchObject({ id: 42 });
  });

  test('has a certificate that anybody can check', async () => {
    const call = members.kv.execute(Buffer.from('op'));
    await members.opened();
    const asked = await members.question('request');
    for (const name of ['r3', 'r1']) members.say(name, asked, { value: 'done' });
    const certificate = (await call).source.certificate!();
    expect(check(certificate)).toMatchObject({
      holds: true,
      says: expect.stringMatching(/^a request of ann, 7\.1 op, was answered alike by r3, r1: k@7=done, at position 7$/),
    });
    certificate[certificate.length - 10]! ^= 1;
    expect(check(certificate).holds).toBe(false);
  });
});
