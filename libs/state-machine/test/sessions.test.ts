import fc from 'fast-check';
import { KeyValueStore, Sessions, sessionLimits } from '../src/index.js';
import type { SessionLimits, StateMachine } from '../src/index.js';
import { binaryPut, fromJson, jsonBatches, jsonCodec, toJson } from './json-codec.js';

/** Answers with the number of operations it has executed: an operation executed twice shows. */
class Counter implements StateMachine {
  executed = 0;
  constructor(private readonly resultBytes = 0) {}

  apply(operation: Uint8Array, index: number): Uint8Array {
    this.executed++;
    return Uint8Array.from([this.executed % 256, index % 256, operation.length, ...new Uint8Array(this.resultBytes)]);
  }
  query(): Uint8Array {
    return Uint8Array.of(this.executed);
  }
  hash(): string {
    return String(this.executed);
  }
  *snapshot(): Generator<Uint8Array, undefined> {
    yield toJson(this.executed);
    return undefined;
  }
  restore() {
    let executed = 0;
    return {
      page: (bytes: Uint8Array) => void (executed = fromJson<number>(bytes)),
      finish: () => void (this.executed = executed),
    };
  }
}

interface Answer {
  readonly results?: readonly Uint8Array[];
  readonly error?: string;
}

interface BatchFields {
  readonly session: number;
  readonly sequence?: number;
  readonly acknowledgedThrough?: number;
  readonly operations?: readonly Uint8Array[];
}

const operation = (...bytes: number[]) => Uint8Array.from(bytes);
const encode = (batch: BatchFields) => toJson({ sequence: 0, acknowledgedThrough: 0, operations: [], ...batch });

/** A log of one replica: applies at the next position. */
class Replica {
  index = 0;
  readonly sessions: Sessions;

  constructor(
    readonly machine: StateMachine = new Counter(),
    limits: Partial<SessionLimits> = {},
  ) {
    this.sessions = new Sessions(machine, jsonBatches, { ...sessionLimits, ...limits });
  }

  open(user = 'ann'): number {
    this.sessions.apply(++this.index, user, encode({ session: 0 }));
    return this.index;
  }

  apply(batch: BatchFields, user = 'ann'): Answer {
    return fromJson<Answer>(this.sessions.apply(++this.index, user, encode(batch)));
  }

  /** Another replica with this one's state, brought over by a snapshot. */
  restored(limits: Partial<SessionLimits>, machine: StateMachine): Replica {
    const other = new Replica(machine, limits);
    const target = other.sessions.restore();
    for (let pages = this.sessions.snapshot(), page = pages.next(); !page.done; page = pages.next())
      target.page(page.value);
    target.finish();
    other.index = this.index;
    return other;
  }
}

describe('a batch', () => {
  test('is executed once and answered alike each time it comes', () => {
    const replica = new Replica();
    const session = replica.open();
    const batch = { session, sequence: 1, operations: [operation(1), operation(1, 2)] };
    const first = replica.apply(batch);
    expect(first.results?.map((result) => [...result])).toEqual([
      [1, 2, 1],
      [2, 2, 2],
    ]);
    expect(replica.apply(batch)).toEqual(first);
    expect((replica.machine as Counter).executed).toBe(2);
  });

  test('of one session does not depend on the order in which its sequences come', () => {
    const replica = new Replica();
    const session = replica.open();
    expect(replica.apply({ session, sequence: 3, operations: [operation(1)] }).results).toHaveLength(1);
    expect(replica.apply({ session, sequence: 1, operations: [operation(1)] }).results).toHaveLength(1);
    expect(replica.apply({ session, sequence: 2 }).results).toHaveLength(0);
  });

  test('is refused, and not executed, with other bytes under the same sequence', () => {
    const replica = new Replica();
    const session = replica.open();
    replica.apply({ session, sequence: 1, operations: [operation(1)] });
    expect(replica.apply({ session, sequence: 1, operations: [operation(2)] })).toEqual({ error: 'sequenceReused' });
    expect(replica.apply({ session, sequence: 1, operations: [operation(1), operation(1)] }).error).toBe(
      'sequenceReused',
    );
    expect((replica.machine as Counter).executed).toBe(1);
  });

  test('is refused beyond the window, until answers are acknowledged', () => {
    const replica = new Replica(new Counter(), { window: 3 });
    const session = replica.open();
    for (let sequence = 1; sequence <= 3; sequence++) {
      expect(replica.apply({ session, sequence, operations: [operation(1)] }).results).toHaveLength(1);
    }
    expect(replica.apply({ session, sequence: 4 })).toEqual({ error: 'windowExceeded' });
    expect(replica.apply({ session, sequence: 4, acknowledgedThrough: 1 }).results).toEqual([]);
    expect(replica.apply({ session, sequence: 1, operations: [operation(1)] })).toEqual({
      error: 'alreadyAcknowledged',
    });
    expect((replica.machine as Counter).executed).toBe(3);
  });

  test('of another user, or of no session, is refused', () => {
    const replica = new Replica();
    const session = replica.open('ann');
    expect(replica.apply({ session, sequence: 1, operations: [operation(1)] }, 'bob')).toEqual({ error: 'expired' });
    expect(replica.apply({ session: 99, sequence: 1 })).toEqual({ error: 'expired' });
    expect((replica.machine as Counter).executed).toBe(0);
    expect(replica.apply({ session, sequence: 1, operations: [operation(1)] }, 'ann').results).toHaveLength(1);
  });

  test('that is none, or acknowledges itself, is malformed and changes nothing', () => {
    const replica = new Replica();
    const session = replica.open();
    const before = replica.sessions.hash();
    const malformed = replica.sessions.apply(7, 'ann', Uint8Array.of(1, 2, 3));
    expect(fromJson<Answer>(malformed)).toEqual({ error: 'malformed' });
    expect(replica.apply({ session, sequence: 1, acknowledgedThrough: 1 })).toEqual({ error: 'malformed' });
    expect(fromJson<Answer>(replica.sessions.query('ann', Uint8Array.of(1)))).toEqual({ error: 'malformed' });
    expect(replica.sessions.hash()).toBe(before);
  });

  test('stops executing when its results are full, and so do queries', () => {
    const replica = new Replica(new Counter(100), { resultBytes: 250 });
    const session = replica.open();
    const operations = Array.from({ length: 9 }, () => operation(1));
    expect(replica.apply({ session, sequence: 1, operations }).results).toHaveLength(3);
    expect((replica.machine as Counter).executed).toBe(3);
    expect(fromJson<Answer>(replica.sessions.query('ann', toJson(operations))).results).toHaveLength(9);
  });
});

describe('eviction', () => {
  test('takes the session that was used longest ago', () => {
    const replica = new Replica(new Counter(), { sessions: 3 });
    const [a, b, c] = [replica.open(), replica.open(), replica.open()];
    replica.apply({ session: a!, sequence: 1 });
    const d = replica.open();
    expect(replica.apply({ session: b!, sequence: 1 })).toEqual({ error: 'expired' });
    for (const session of [a, c, d]) expect(replica.apply({ session: session!, sequence: 2 }).results).toEqual([]);
  });

  test('takes it from who has most: a user who opens sessions without end evicts his own', () => {
    const replica = new Replica(new Counter(), { sessions: 10 });
    const modest = [replica.open('ann'), replica.open('bob')];
    const flood = Array.from({ length: 100 }, () => replica.open('mallory'));
    for (const [i, user] of ['ann', 'bob'].entries()) {
      expect(replica.apply({ session: modest[i]!, sequence: 1 }, user).results).toEqual([]);
    }
    const alive = flood.filter((session) => !replica.apply({ session, sequence: 1 }, 'mallory').error);
    expect(alive).toEqual(flood.slice(-8));
  });

  test('and a user who has much kept loses his own, too', () => {
    const replica = new Replica(new Counter(1000), { keptBytes: 100_000, window: 100 });
    const modest = replica.open('ann');
    replica.apply({ session: modest, sequence: 1, operations: [operation(1)] }, 'ann');
    for (let round = 0; round < 10; round++) {
      const session = replica.open('mallory');
      for (let sequence = 1; sequence <= 9; sequence++) {
        replica.apply({ session, sequence, operations: [operation(1)] }, 'mallory');
      }
    }
    expect(replica.apply({ session: modest, sequence: 2 }, 'ann').results).toEqual([]);
  });

  test('decides in the same way on a replica that knows the users in another order', () => {
    const original = new Replica(new Counter(), { sessions: 4 });
    const sessions = ['zoë', 'ann', 'bob', 'cid'].map((user) => original.open(user));
    original.apply({ session: sessions[0]!, sequence: 1 }, 'zoë');
    const restored = original.restored({ sessions: 4 }, new Counter());
    for (const replica of [original, restored]) replica.open('dan');
    expect(restored.sessions.hash()).toBe(original.sessions.hash());
    for (const replica of [original, restored]) {
      expect(replica.apply({ session: sessions[1]!, sequence: 1 }, 'ann')).toEqual({ error: 'expired' });
    }
  });

  test('bounds what is kept of answers, but never takes the session in use', () => {
    const replica = new Replica(new Counter(1000), { keptBytes: 5000, window: 100 });
    const [a, b] = [replica.open(), replica.open()];
    const fill = (session: number, sequence: number) =>
      replica.apply({ session, sequence, operations: [operation(1)] });
    expect(fill(a, 1).results).toHaveLength(1);
    for (let sequence = 1; sequence <= 9; sequence++) expect(fill(b, sequence).results).toHaveLength(1);
    expect(fill(a, 2)).toEqual({ error: 'expired' });
  });
});

describe('replicas agree', () => {
  const limits = { sessions: 4, window: 3, keptBytes: 2000 };
  const step = fc.record({
    opens: fc.boolean(),
    which: fc.nat({ max: 7 }),
    user: fc.constantFrom('ann', 'bob', 'zoë'),
    sequence: fc.integer({ min: 1, max: 6 }),
    acknowledgedThrough: fc.nat({ max: 4 }),
    operations: fc.array(fc.uint8Array({ maxLength: 3 }), { maxLength: 2 }),
  });
  type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

  function run(replica: Replica, opened: number[], steps: readonly Step[]): string[] {
    return steps.map(({ opens, which, user, ...batch }) => {
      if (opens) opened.push(replica.open(user));
      else if (opened.length > 0)
        return JSON.stringify(replica.apply({ session: opened[which % opened.length]!, ...batch }, user));
      return '';
    });
  }

  test('after any history, through snapshots and evictions: same answers, same hash', () => {
    const steps = fc.array(step, { maxLength: 40 });
    fc.assert(
      fc.property(steps, steps, (before, after) => {
        const original = new Replica(new Counter(90), limits);
        const opened: number[] = [];
        run(original, opened, before);
        const restored = original.restored(limits, new Counter(90));
        expect(restored.sessions.hash()).toBe(original.sessions.hash());
        const answers = run(restored, [...opened], after);
        expect(run(original, opened, after)).toEqual(answers);
        expect(restored.sessions.hash()).toBe(original.sessions.hash());
        const again = restored.restored(limits, new Counter(90));
        expect(again.sessions.hash()).toBe(original.sessions.hash());
      }),
    );
  });

  test('on a snapshot whose pages are read while batches go on', () => {
    const steps = fc.array(step, { minLength: 5, maxLength: 40 });
    fc.assert(
      fc.property(steps, steps, (before, after) => {
        const original = new Replica(new KeyValueStore(jsonCodec), limits);
        const opened: number[] = [];
        run(original, opened, before);
        const hash = original.sessions.hash();
        const pages = original.sessions.snapshot();
        const taken = [pages.next()];
        run(original, opened, after);
        while (!taken.at(-1)!.done) taken.push(pages.next());
        const restored = new Replica(new KeyValueStore(jsonCodec), limits);
        const target = restored.sessions.restore();
        for (const page of taken) if (!page.done) target.page(page.value);
        target.finish();
        expect(restored.sessions.hash()).toBe(hash);
      }),
    );
  });

  test('on a snapshot of sessions that are used, acknowledged and evicted while it is read', () => {
    const replica = new Replica(new Counter(50_000), { sessions: 3, window: 8 });
    const [a, b, c] = [replica.open(), replica.open(), replica.open()];
    for (const session of [a, b, c]) replica.apply({ session, sequence: 1, operations: [operation(1)] });
    const hash = replica.sessions.hash();
    const executed = (replica.machine as Counter).executed;
    const pages = replica.sessions.snapshot();
    const taken = [pages.next()];
    replica.apply({ session: c, sequence: 3, acknowledgedThrough: 1, operations: [operation(1)] });
    replica.apply({ session: b, sequence: 2, operations: [operation(1)] });
    replica.open();
    while (!taken.at(-1)!.done) taken.push(pages.next());
    const other = new Replica(new Counter(), { sessions: 3 });
    const target = other.sessions.restore();
    // The machine under test is not frozen; what is compared is the sessions.
    for (const page of taken.slice(0, -2)) target.page(page.value!);
    target.page(toJson(executed));
    target.finish();
    expect(other.sessions.hash()).toBe(hash);
  });

  test('only if everything that decides is the same', () => {
    const build = (sequence: number, acknowledgedThrough: number, content: number, user: string) => {
      const replica = new Replica();
      const session = replica.open(user);
      replica.apply({ session, sequence, acknowledgedThrough, operations: [operation(content)] }, user);
      return replica.sessions.hash();
    };
    const hashes = [build(2, 0, 1, 'ann'), build(3, 0, 1, 'ann'), build(2, 1, 1, 'ann'), build(2, 0, 2, 'ann')];
    expect(new Set([...hashes, build(2, 0, 1, 'bob')]).size).toBe(5);
    expect(build(2, 0, 1, 'ann')).toBe(hashes[0]);
  });
});

test('answers larger than a page travel in snapshots', () => {
  const replica = new Replica(new KeyValueStore(jsonCodec));
  const session = replica.open();
  replica.apply({ session, sequence: 1, operations: [binaryPut(operation(1), new Uint8Array(45_000))] });
  const get = { kind: 'get', key: operation(1) };
  const operations = [toJson({ kind: 'transaction', conditions: [], success: [get, get], failure: [] })];
  const answer = replica.apply({ session, sequence: 2, operations });
  const restored = replica.restored({}, new KeyValueStore(jsonCodec));
  expect(restored.apply({ session, sequence: 2, operations })).toEqual(answer);
});

test('a damaged or shortened snapshot is refused and changes nothing', () => {
  const replica = new Replica(new KeyValueStore(jsonCodec));
  const session = replica.open();
  replica.apply({ session, sequence: 1, operations: [binaryPut(operation(1), operation(2))] });
  const before = replica.sessions.hash();
  const pages: Uint8Array[] = [];
  for (let all = replica.sessions.snapshot(), page = all.next(); !page.done; page = all.next()) pages.push(page.value);
  const restore = (some: readonly Uint8Array[]) => {
    const target = replica.sessions.restore();
    for (const page of some) target.page(page);
    target.finish();
  };
  const first = pages[0]!;
  expect(() => restore(pages.slice(1))).toThrow('snapshot');
  expect(() => restore(pages.slice(0, 1))).toThrow('not whole');
  expect(() => restore([])).toThrow('not whole');
  expect(() => restore([first.with(first.length - 1, 99), ...pages.slice(1)])).toThrow('hash');
  expect(() => restore([first.with(0, 3), ...pages.slice(1)])).toThrow('format 3');
  expect(replica.sessions.hash()).toBe(before);
  restore(pages);
  expect(replica.sessions.hash()).toBe(before);
});
