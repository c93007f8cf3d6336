import { MemoryLoop } from '@synod/actor-host/memory';
import { Client, type ClientConnection, type Surroundings } from '../src/index.js';

const microtasks = () => new Promise((resolve) => setImmediate(resolve));

/** A world that stands still until it is moved; its dice fall in a fixed order. */
function virtualWorld() {
  const loop = new MemoryLoop();
  let draws = 0;
  const surroundings: Surroundings = {
    now: () => loop.now(),
    schedule: (delayMs, fire) => loop.schedule(delayMs, fire),
    soon: (run) => loop.soon(run),
    between: (min, max) => min + (max - min) * ((++draws * 0.618034) % 1),
  };
  return { loop, surroundings };
}

/** A connection on which nobody answers. */
function silentConnection(published: string[]): ClientConnection {
  let close = (): void => {};
  const closed = new Promise<void>((resolve) => (close = resolve));
  const connection = {
    publish: (subject: string, bytes: Uint8Array) =>
      void published.push(`${subject} ${Buffer.from(bytes).toString('hex')}`),
    subscribe: () => ({ unsubscribe: () => {}, isClosed: () => false }),
    flush: async () => {},
    isClosed: () => false,
    close: async () => close(),
    // eslint-disable-next-line require-yield -- nothing ever happens to it
    async *status() {
      await closed;
    },
  };
  return connection as unknown as ClientConnection;
}

async function unanswered(): Promise<{ published: string[]; failedAt: number[] }> {
  const { loop, surroundings } = virtualWorld();
  const published: string[] = [];
  const connection = silentConnection(published);
  const client = new Client({ cluster: 'test', user: 'client', connection, surroundings }, connection);
  const failedAt: number[] = [];
  const kv = client.group('kv');
  void kv.get('a', { timeoutMs: 1500 }).catch(() => failedAt.push(loop.now()));
  void kv.describe(300).then(() => failedAt.push(loop.now()));
  for (let step = 0; step < 200; step++) {
    loop.advance(10);
    await microtasks();
  }
  await client.close({ drainMs: 0 });
  await connection.close();
  loop.advance(60_000);
  expect(loop.waiting).toBe(0);
  return { published, failedAt };
}

describe('A client whose surroundings are virtual', () => {
  test('keeps its deadlines in virtual time, to the sweep, and leaves no timer behind', async () => {
    const { failedAt } = await unanswered();
    expect(failedAt).toEqual([300, 1500]);
  });

  test('is decided by them: the same bytes under the same subjects', async () => {
    const [one, two] = [await unanswered(), await unanswered()];
    expect(one.published.length).toBeGreaterThan(4);
    expect(two.published).toEqual(one.published);
  });
});
