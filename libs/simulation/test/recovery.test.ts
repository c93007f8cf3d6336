import type { Vocabulary } from '@synod/actor';
import { Timeline } from '@synod/simulator';
import type { Machine, Swarm, Workload, World } from '@synod/simulator';
import { Recovery } from '../src/recovery.js';
import type { Subject, Watch } from '../src/index.js';

type V = Vocabulary;

const swarm = { network: 'nats', weather: { slow: 0.1, slowMs: 3000 }, thinkMs: 100 } as Swarm;
const subject = {
  citations: { liveness: 'paper §1', states: 'paper §2' },
  recovery: { ledMs: 1000, caughtUpMs: 2000 },
} as Subject<V>;
/** What `ledMs` and a client's own patience make. */
const answeredMs = 5500;

interface Told {
  /** When each client has had two answers, and when each is done. */
  readonly answeredAt: number;
  readonly onPaceAt?: number;
  readonly restAt: number;
  /** How long the last reads take. */
  readonly readMs?: number;
  readonly inStepAt: number;
  readonly states: { readonly [address: string]: string | undefined };
}

async function recover(
  { answeredAt, onPaceAt = 0, restAt, readMs = 0, inStepAt, states }: Told,
  change: Partial<Swarm> = {},
): Promise<number> {
  const timeline = new Timeline();
  const machines = new Map(Object.keys(states).map((address) => [address, { address } as Machine<V>]));
  let waitsUntil = restAt;
  const clients = {
    get answered() {
      return [timeline.now >= answeredAt ? 2 : 0];
    },
    get isOnPace() {
      return timeline.now >= onPaceAt;
    },
    get waiting() {
      return timeline.now < waitsUntil;
    },
    stop: () => undefined,
    readEverything: () => (waitsUntil = timeline.now + readMs),
  } as unknown as Workload;
  const watch = {
    isInStep: () => timeline.now >= inStepAt,
    stateOf: ({ address }) => states[address],
    tell: ({ address }) => `has ${states[address]}`,
  } as Watch<V>;
  const world = { timeline, machines } as unknown as World<V>;
  await new Recovery(subject, world, watch, clients, { ...swarm, ...change }).complete();
  return timeline.now;
}

const well: Told = { answeredAt: 50, restAt: 80, inStepAt: 200, states: { r1: 'x', r2: 'x' } };

describe('after the heal', () => {
  test('all is well when clients are answered and everyone is at rest in one state', async () => {
    expect(await recover(well)).toBe(200);
  });

  test('a client that gets no answer is a violation, with what everyone is doing', async () => {
    await expect(recover({ ...well, answeredAt: answeredMs + 100 })).rejects.toThrow(
      `Liveness (paper §1): ${answeredMs} ms after the heal a client gets no answer: r1 has x; r2 has x`,
    );
  });

  test('messages that are still on their way get their time', async () => {
    const late = { ...well, answeredAt: answeredMs + 100 };
    expect(await recover(late, { network: 'adversarial' })).toBe(late.answeredAt);
  });

  test('clients that have not done their work go on, for as long as they may', async () => {
    expect(await recover({ ...well, onPaceAt: 4000 })).toBe(4000);
    await expect(recover({ ...well, onPaceAt: answeredMs + 100 })).rejects.toThrow(
      'clients have not done what they are to do',
    );
  });

  test('an operation that does not end is a violation', async () => {
    await expect(recover({ ...well, restAt: answeredMs + 200 })).rejects.toThrow('a client gets no answer');
  });

  test('everything is read once more when all is at rest; reads that do not end are a violation', async () => {
    expect(await recover({ ...well, readMs: 300 })).toBe(500);
    await expect(recover({ ...well, readMs: answeredMs })).rejects.toThrow('the last reads get no answer');
  });

  test('who does not catch up is a violation', async () => {
    expect(await recover({ ...well, inStepAt: answeredMs + 1900 })).toBe(answeredMs + 1900);
    await expect(recover({ ...well, inStepAt: answeredMs + 2100 })).rejects.toThrow('do not get in step');
  });

  test('different states at rest are a violation; who has none is not asked', async () => {
    expect(await recover({ ...well, states: { p1: 'x', p2: 'x', a1: undefined } })).toBe(200);
    await expect(recover({ ...well, states: { r1: 'x', r2: 'y' } })).rejects.toThrow(
      'Equal States at Equal Positions (paper §2): at rest: r1 x, r2 y',
    );
  });
});
