import {
  IDLE_MS,
  LINES_MOST,
  MUCH_BYTES,
  OPENING_MOST_BYTES,
  ReplyLines,
  SWEEP_MS,
  WITHIN_MS,
} from '../src/reply-lines.js';
import type { ReplyConnection } from '../src/reply-lines.js';
import { emptyStatistics } from '../src/connection-status.js';

interface Fake extends ReplyConnection {
  closed: boolean;
  readonly said: string[];
}

function fake(): Fake {
  const connection: Fake = {
    closed: false,
    said: [],
    statistics: { ...emptyStatistics(), published: 1 },
    publish: (subject, payload) => {
      connection.said.push(`${subject} ${payload.length} ${payload[0]}`);
      return true;
    },
    refuseToSend: () => false as const,
    close: () => {
      connection.closed = true;
      return Promise.resolve();
    },
  };
  return connection;
}

describe('replies', () => {
  let now: number;
  let opened: { readonly user: string; readonly connection: Fake }[];
  let ended: AbortSignal | undefined;
  let refuse: boolean;
  let shared: Fake;
  let replies: ReplyLines;

  beforeEach(() => {
    jest.useFakeTimers();
    now = 0;
    opened = [];
    refuse = false;
    shared = fake();
    const open = (user: string, signal: AbortSignal): Promise<ReplyConnection> => {
      ended = signal;
      if (refuse) return Promise.reject(new Error('no room'));
      const connection = fake();
      opened.push({ user, connection });
      return Promise.resolve(connection);
    };
    replies = new ReplyLines(shared, open, () => now);
  });
  afterEach(async () => {
    await replies.close();
    jest.useRealTimers();
  });

  const settle = (): Promise<void> => Promise.resolve();
  /** So much in one second that a line is opened. */
  async function takeMuch(user: string): Promise<void> {
    replies.outletFor(user, MUCH_BYTES + 1);
    await settle();
  }

  test('to those who take little share a connection, for however long they do', () => {
    for (let second = 0; second < 100; second++, now += WITHIN_MS) {
      expect(replies.outletFor('alice', MUCH_BYTES)).toBe(shared);
    }
    expect(opened).toEqual([]);
  });

  const say = (user: string, bytes: number): boolean =>
    replies.outletFor(user, bytes).publish(`to.${user}`, new Uint8Array(bytes).fill(7));

  test('to one who takes much have a connection of their own, and the others’ have not', async () => {
    await takeMuch('mallory');
    expect(opened.map(({ user }) => user)).toEqual(['mallory']);
    say('mallory', 1);
    say('alice', 2);
    expect([opened[0]!.connection.said, shared.said]).toEqual([['to.mallory 1 7'], ['to.alice 2 7']]);
  });

  test('wait for the line that is being opened, as many as fit; what they said may change meanwhile', async () => {
    const large = new Uint8Array(OPENING_MOST_BYTES / 4).fill(7);
    const publish = (): boolean => replies.outletFor('mallory', large.length).publish('to.mallory', large);
    expect([publish(), publish(), publish(), publish(), publish()]).toEqual([true, true, true, true, false]);
    large.fill(8);
    expect(shared.said).toEqual([]);
    await settle();
    publish();
    const said = (byte: number): string => `to.mallory ${large.length} ${byte}`;
    expect(opened[0]!.connection.said).toEqual([said(7), said(7), said(7), said(7), said(8)]);
  });

  test('go over the shared one again when there can be no line', async () => {
    refuse = true;
    await takeMuch('mallory');
    await settle();
    say('mallory', 1);
    expect(shared.said).toEqual(['to.mallory 1 7']);
  });

  test('of many who take much share a bounded number of lines, and none of them is the one for all', async () => {
    for (let user = 0; user < 3 * LINES_MOST; user++) await takeMuch(`user-${user}`);
    expect(opened.length).toBe(LINES_MOST);
    const lines = new Set(Array.from({ length: 3 * LINES_MOST }, (_, user) => replies.outletFor(`user-${user}`, 1)));
    expect(lines.size).toBe(LINES_MOST);
    expect(lines.has(shared)).toBe(false);
  });

  test('of one who went away leave nothing open, and their counts stay', async () => {
    await takeMuch('mallory');
    now += IDLE_MS - 1;
    await jest.advanceTimersByTimeAsync(SWEEP_MS);
    expect(opened[0]!.connection.closed).toBe(false);
    now += 1;
    await jest.advanceTimersByTimeAsync(SWEEP_MS);
    expect(opened[0]!.connection.closed).toBe(true);
    expect(replies.outletFor('mallory', 1)).toBe(shared);
    expect(replies.statistics.published).toBe(1);
  });

  test('to a thousand names that said something once are forgotten', () => {
    for (let user = 0; user < 100_000; user++) replies.outletFor(`user-${user}`, 1);
    expect((replies as unknown as { users: Map<string, unknown> }).users.size).toBeLessThanOrEqual(1024);
  });

  test('end with the replica: what is open is closed, what is being opened as well', async () => {
    await takeMuch('mallory');
    replies.outletFor('eve', MUCH_BYTES + 1);
    await replies.close();
    await settle();
    expect(ended?.aborted).toBe(true);
    expect(opened.map(({ connection }) => connection.closed)).toEqual([true, true]);
  });
});
