import fc from 'fast-check';
import { keyValueLimits, KeyValueStore } from '../src/index.js';
import type { Operation, Query, RangeResult, Result } from '../src/index.js';
import { key, operation, query, value } from './arbitrary.js';
import { binaryPut, hexOf, jsonCodec, resultOf, toJson } from './json-codec.js';
import { NaiveStore } from './naive-store.js';

const text = (content: string) => new Uint8Array(Buffer.from(content));
const wholeRange: Query = { kind: 'range', prefix: text(''), startAfter: text(''), limit: 0, keysOnly: false };
const copy = (store: KeyValueStore, pages: Iterable<Uint8Array>) => {
  const target = store.restore();
  for (const page of pages) target.page(page);
  target.finish();
};
const drain = (pages: Iterator<Uint8Array>) => [...{ [Symbol.iterator]: () => pages }];
const contents = (store: KeyValueStore) => resultOf(store.query(toJson(wholeRange))) as RangeResult;

function execute(store: KeyValueStore, operation: Operation, index: number): Result {
  const bytes = operation.kind === 'put' ? binaryPut(operation.key, operation.value) : toJson(operation);
  const result = resultOf(store.apply(bytes, index));
  bytes.fill(0xee); // nothing of the operation may be kept
  return result;
}

const plain = (result: unknown): string => Buffer.from(toJson(result)).toString();

test('executes and answers as its naive twin does', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(operation, query), { maxLength: 40 }), (steps) => {
      const store = new KeyValueStore(jsonCodec);
      const twin = new NaiveStore();
      steps.forEach(([operation, query], i) => {
        expect(plain(execute(store, operation, i + 1))).toBe(plain(twin.execute(operation, i + 1)));
        expect(plain(resultOf(store.query(toJson(query))))).toBe(plain(twin.execute(query, 0)));
      });
      expect(store.size).toBe(twin.records.size);
    }),
  );
});

test('keeps byte order and counts among thousands of keys that come and go', () => {
  const store = new KeyValueStore(jsonCodec);
  const twin = new Set<string>();
  let random = 7;
  const next = (bound: number) => (random = (Math.imul(random, 1103515245) + 12345) & 0x7fffffff) % bound;
  const nameOf = (n: number) => `${(n * 7919) % 10007}/${'x'.repeat(n % 9)}`;
  for (let i = 1; i <= 8000; i++) {
    const name = nameOf(next(4000));
    const growing = i < 5000;
    if (next(10) < (growing ? 8 : 1)) {
      execute(store, { kind: 'put', key: text(name), value: text('v'.repeat(next(200))) }, i);
      twin.add(name);
    } else {
      execute(store, { kind: 'delete', key: text(name) }, i);
      twin.delete(name);
    }
  }
  const names: string[] = [];
  let startAfter: Uint8Array = text('');
  for (let more = true; more; ) {
    const page = resultOf(store.query(toJson({ ...wholeRange, startAfter, limit: 300 }))) as RangeResult;
    names.push(...page.items.map((item) => Buffer.from(item.key).toString()));
    startAfter = page.items.at(-1)?.key ?? startAfter;
    more = page.more;
  }
  expect(names).toEqual([...twin].sort());
  expect(store.size).toBe(twin.size);
});

describe('the state hash', () => {
  test('is the same for the same content, however it came about, and differs with every part of a record', () => {
    const build = (...operations: [Operation, number][]) => {
      const store = new KeyValueStore(jsonCodec);
      for (const [operation, index] of operations) execute(store, operation, index);
      return store.hash();
    };
    const put = (name: string, content: string): Operation => ({ kind: 'put', key: text(name), value: text(content) });
    const remove = (name: string): Operation => ({ kind: 'delete', key: text(name) });
    const one = build([put('a', '1'), 1], [put('b', '2'), 2]);
    expect(build([put('b', '2'), 2], [put('c', '3'), 3], [put('a', '1'), 1], [remove('c'), 4])).toBe(one);
    expect(build([put('x', '1'), 1], [remove('x'), 2])).toBe(build());
    const others = [
      build([put('a', '2'), 1], [put('b', '2'), 2]),
      build([put('a', '1'), 3], [put('b', '2'), 2]),
      build([put('a', '1'), 1], [put('a', '1'), 1], [put('b', '2'), 2]),
      build([put('a', '1'), 1], [put('b', '2\0'), 2]),
      build([put('a\0', '1'), 1], [put('b', '2'), 2]),
      build([put('a1', ''), 1], [put('b', '2'), 2]),
      build([put('a', '1'), 1]),
    ];
    expect(new Set([one, ...others]).size).toBe(others.length + 1);
  });

  test('does not collide over twenty thousand small differences', () => {
    const hashes = new Set<string>();
    const store = new KeyValueStore(jsonCodec);
    for (let i = 0; i < 20_000; i++) {
      store.apply(binaryPut(text('k'), text(String(i))), i + 1);
      hashes.add(store.hash());
    }
    expect(hashes.size).toBe(20_000);
  });
});

describe('a snapshot', () => {
  const history = fc.array(fc.oneof(operation, fc.record({ kind: fc.constant('put' as const), key, value })), {
    maxLength: 30,
  });

  test('is the state when it was frozen, whatever is applied between its pages, and restores to the same', () => {
    fc.assert(
      fc.property(history, history, fc.nat({ max: 5 }), (before, after, pace) => {
        const store = new KeyValueStore(jsonCodec);
        before.forEach((operation, i) => execute(store, operation, i + 1));
        const hash = store.hash();
        const frozenContents = plain(contents(store));
        const pages = store.snapshot();
        const taken: Uint8Array[] = [];
        let page = pages.next();
        after.forEach((operation, i) => {
          execute(store, operation, before.length + i + 1);
          if (pace > 0 && i % pace === 0 && !page.done) {
            taken.push(page.value);
            page = pages.next();
          }
        });
        for (; !page.done; page = pages.next()) taken.push(page.value);
        const restored = new KeyValueStore(jsonCodec);
        execute(restored, { kind: 'put', key: text('gone'), value: text('gone') }, 1);
        copy(restored, taken);
        expect(restored.hash()).toBe(hash);
        expect(plain(contents(restored))).toBe(frozenContents);
        after.forEach((operation, i) => execute(restored, operation, before.length + i + 1));
        expect(restored.hash()).toBe(store.hash());
      }),
    );
  });

  test('of many pages, each at most 64 KiB, under writes to every key between them', () => {
    const store = new KeyValueStore(jsonCodec);
    const names = Array.from({ length: 4000 }, (_, i) => text(`k${(i * 7919) % 4000}`));
    names.forEach((name, i) =>
      execute(store, { kind: 'put', key: name, value: new Uint8Array(100 + (i % 50)) }, i + 1),
    );
    const hash = store.hash();
    const frozenSize = store.size;
    const taken: Uint8Array[] = [];
    let at = 0;
    for (const page of drainSlowly(store.snapshot(), () => {
      for (let i = 0; i < 500; i++, at++) {
        const name = names[at % names.length]!;
        const change: Operation =
          at % 3 === 0
            ? { kind: 'delete', key: name }
            : { kind: 'put', key: at % 3 === 1 ? name : text(`new${at}`), value: new Uint8Array(at % 300) };
        execute(store, change, 10_000 + at);
      }
    })) {
      expect(page.length).toBeLessThanOrEqual(65_536);
      taken.push(page);
    }
    expect(taken.length).toBeGreaterThan(5);
    const restored = new KeyValueStore(jsonCodec);
    copy(restored, taken);
    expect(restored.hash()).toBe(hash);
    expect(restored.size).toBe(frozenSize);
    expect(store.hash()).not.toBe(hash);
  });

  function* drainSlowly(pages: Iterator<Uint8Array>, between: () => void): Generator<Uint8Array> {
    for (let page = pages.next(); !page.done; page = pages.next()) {
      yield page.value;
      between();
    }
  }

  test('has the same pages for the same state, however it came about and whatever is applied meanwhile', () => {
    const put = (store: KeyValueStore, i: number, index: number): void =>
      void execute(
        store,
        { kind: 'put', key: text(`k${(i * 7919) % 3000}`), value: new Uint8Array(1 + (i % 200)) },
        index,
      );
    const first = new KeyValueStore(jsonCodec);
    for (let i = 0; i < 3000; i++) put(first, i, i + 1);
    const pages = drain(first.snapshot());
    expect(pages.slice(0, -1).every((page) => page.length === 65_536)).toBe(true);
    // Restored, so that its records lie elsewhere; and read while every key changes, goes, comes back or is new.
    const second = new KeyValueStore(jsonCodec);
    for (let i = 0; i < 50; i++) put(second, i, 9);
    copy(second, pages);
    let at = 0;
    const slowly = [
      ...drainSlowly(second.snapshot(), () => {
        for (let i = 0; i < 700; i++, at++) {
          const name = at % 5 === 0 ? `k${at % 3000}x` : `k${(at * 31) % 3000}`;
          const key = text(name);
          if (at % 3 === 0) execute(second, { kind: 'delete', key }, 10_000 + at);
          else execute(second, { kind: 'put', key, value: new Uint8Array(at % 500) }, 10_000 + at);
        }
      }),
    ];
    expect(slowly.length).toBe(pages.length);
    expect(slowly.every((page, place) => Buffer.compare(page, pages[place]!) === 0)).toBe(true);
  });

  test('holds the largest records', () => {
    const store = new KeyValueStore(jsonCodec);
    for (let i = 0; i < 4; i++) {
      const largest = new Uint8Array(keyValueLimits.valueBytes).fill(i);
      execute(store, { kind: 'put', key: new Uint8Array(1024).fill(i), value: largest }, i + 1);
    }
    const restored = new KeyValueStore(jsonCodec);
    copy(restored, drain(store.snapshot()));
    expect(restored.hash()).toBe(store.hash());
  });

  test('is ended by another one, or by its reader, and keeps nothing then', () => {
    const store = new KeyValueStore(jsonCodec);
    for (let i = 1; i < 3000; i++) execute(store, { kind: 'put', key: text(`k${i}`), value: new Uint8Array(50) }, i);
    const first = store.snapshot();
    first.next();
    const second = store.snapshot();
    expect(() => first.next()).toThrow('ended by a later one');
    second.next();
    second.return?.();
    expect(second.next().done).toBe(true);
    copy(store, drain(store.snapshot()));
    expect(store.size).toBe(2999);
  });

  test('is refused when it is cut short, damaged, of another format, or has a key twice', () => {
    const store = new KeyValueStore(jsonCodec);
    for (let i = 1; i < 2000; i++) execute(store, { kind: 'put', key: text(`k${i}`), value: new Uint8Array(50) }, i);
    const pages = drain(store.snapshot());
    const before = store.hash();
    const damaged = (page: number, at: number, to: number) => pages.map((p, i) => (i === page ? p.with(at, to) : p));
    expect(() => copy(store, pages.slice(0, -1))).toThrow('snapshot');
    expect(() => copy(store, [])).toThrow('not whole');
    expect(() => copy(store, damaged(0, 0, 9))).toThrow('format 9');
    expect(() => copy(store, damaged(1, 40_000, 77))).toThrow('snapshot');
    expect(() => copy(store, [...pages, pages[1]!])).toThrow('snapshot');
    expect(() => copy(store, [new Uint8Array(0)])).toThrow('0 bytes');
    expect(store.hash()).toBe(before);
  });
});

describe('apply is total', () => {
  const store = new KeyValueStore(jsonCodec);
  const big = new Uint8Array(keyValueLimits.valueBytes + 1);
  const step = { kind: 'put' as const, key: text('k'), value: text('v') };
  const transaction = { kind: 'transaction' as const, conditions: [], success: [], failure: [] };
  const gets = Array.from({ length: 3 }, () => ({ kind: 'get' as const, key: text('large') }));

  test.each([
    ['no operation', text('nonsense'), 'malformed'],
    ['nothing', text(''), 'malformed'],
    ['an operation of later versions', toJson({ kind: 'future' }), 'unknown'],
    ['an empty key', binaryPut(text(''), text('v')), 'keyInvalid'],
    ['a long key', toJson({ kind: 'delete', key: new Uint8Array(1025) }), 'keyInvalid'],
    ['a long key in the fast path', binaryPut(new Uint8Array(1025), text('')), 'keyInvalid'],
    ['a large value', binaryPut(text('k'), big), 'valueTooLarge'],
    ['a large value in a branch', toJson({ ...transaction, failure: [{ ...step, value: big }] }), 'valueTooLarge'],
    ['an empty key in a condition', toJson({ ...transaction, conditions: [{ key: text('') }] }), 'keyInvalid'],
    ['too many steps', toJson({ ...transaction, success: Array(129).fill(step) }), 'tooMany'],
    ['a result that would be large', toJson({ ...transaction, success: [step, ...gets] }), 'resultTooLarge'],
  ])('%s is a result', (_, bytes, code) => {
    execute(store, { kind: 'put', key: text('large'), value: new Uint8Array(60_000) }, 1);
    const before = store.hash();
    expect(resultOf(store.apply(bytes, 5))).toEqual({ kind: 'error', code });
    expect(store.hash()).toBe(before);
  });

  test.each([
    ['an empty key', { kind: 'get', key: text('') }],
    ['a long prefix', { ...wholeRange, prefix: new Uint8Array(1025) }],
  ])('a query with %s is an error', (_, query) => {
    expect(resultOf(store.query(toJson(query)))).toEqual({ kind: 'error', code: 'keyInvalid' });
    expect(resultOf(store.query(text('?')))).toEqual({ kind: 'error', code: 'malformed' });
  });
});

test('a range is a page of at most 64 KiB and says when there is more', () => {
  const store = new KeyValueStore(jsonCodec);
  for (let i = 0; i < 9; i++) {
    execute(store, { kind: 'put', key: text(`k${i}`), value: new Uint8Array(20_000) }, i + 1);
  }
  const first = contents(store);
  expect(first.items).toHaveLength(3);
  expect(first.more).toBe(true);
  expect(hexOf(first.items[0]!.key)).toBe(hexOf(text('k0')));
  const keys = resultOf(store.query(toJson({ ...wholeRange, keysOnly: true }))) as RangeResult;
  expect(keys.items).toHaveLength(9);
  expect(keys.more).toBe(false);
});
