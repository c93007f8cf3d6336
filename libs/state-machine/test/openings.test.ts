import { Openings, Sessions, sessionLimits } from '../src/index.js';
import { KeyValueStore } from '../src/index.js';
import { binaryPut, fromJson, jsonBatches, jsonCodec, toJson } from './json-codec.js';

interface Answer {
  readonly results?: readonly Uint8Array[];
  readonly error?: string;
  readonly openFrom?: number;
}

const opening = (number: number): Uint8Array =>
  toJson({ session: 0, sequence: number, acknowledgedThrough: 0, operations: [] });
const put = (session: number, sequence: number, value = 'v', acknowledgedThrough = 0): Uint8Array => {
  const operations = [binaryPut(Buffer.from('key'), Buffer.from(value))];
  return toJson({ session, sequence, acknowledgedThrough, operations });
};
const read = (answer: Uint8Array): Answer => fromJson<Answer>(answer);
/** Refused: the next one has to be that number, or a higher one. */
const late = (openFrom: number): Answer => ({ error: 'alreadyAcknowledged', openFrom });

class Replica {
  readonly service = new Openings(new Sessions(new KeyValueStore(jsonCodec), jsonBatches, sessionLimits), jsonBatches);
  index = 0;

  apply(request: Uint8Array, user = 'ann'): Answer {
    return read(this.service.apply(++this.index, user, request));
  }

  pages(between: () => void = () => undefined): Uint8Array[] {
    const pages: Uint8Array[] = [];
    for (let all = this.service.snapshot(), page = all.next(); !page.done; page = all.next()) {
      pages.push(page.value);
      between();
    }
    return pages;
  }

  restore(pages: readonly Uint8Array[]): this {
    const target = this.service.restore();
    for (const page of pages) target.page(page);
    target.finish();
    return this;
  }
}

describe('An opening', () => {
  test('that is repeated opens nothing again, and is recalled with its session', () => {
    const replica = new Replica();
    expect(replica.apply(opening(7))).toEqual({ results: [] });
    expect(replica.apply(put(1, 1)).results).toHaveLength(1);
    expect(replica.service.recall('ann', opening(7))).toMatchObject({ index: 1 });
    const before = replica.service.hash();
    expect(replica.apply(opening(7))).toEqual(late(8));
    expect(replica.service.hash()).toBe(before);
    expect(replica.service.recall('ann', opening(8))).toBeUndefined();
    expect(replica.service.recall('bob', opening(7))).toBeUndefined();
  });

  test('however often it is repeated evicts no session of its user', () => {
    const replica = new Replica();
    for (let number = 1; number <= 40; number++) replica.apply(opening(number));
    for (let again = 0; again < 3; again++) {
      for (let number = 1; number <= 40; number++) {
        expect(replica.apply(opening(number))).toEqual(late(41));
      }
    }
    expect(replica.apply(put(40, 1)).results).toHaveLength(1);
  });

  test('may come out of order, as long as not too many higher ones came', () => {
    const replica = new Replica();
    for (let number = 100; number > 68; number--) expect(replica.apply(opening(number))).toEqual({ results: [] });
    expect(replica.apply(opening(68))).toEqual(late(101));
    expect(replica.apply(opening(101))).toEqual({ results: [] });
    expect(replica.apply(opening(69))).toEqual(late(102));
  });

  test('whose number is too low, since a clock was ahead, is told one that is not', () => {
    const replica = new Replica();
    for (let number = 1; number <= 33; number++) replica.apply(opening(86_400_000 + number));
    const { openFrom } = replica.apply(opening(7));
    expect(openFrom).toBe(86_400_034);
    expect(replica.apply(opening(openFrom!))).toEqual({ results: [] });
    expect(replica.apply(put(replica.index, 1)).results).toHaveLength(1);
  });

  test('of one user does not touch those of another', () => {
    const replica = new Replica();
    replica.apply(opening(7));
    expect(replica.apply(opening(7), 'bob')).toEqual({ results: [] });
    expect(replica.service.recall('bob', opening(7))).toMatchObject({ index: 2 });
  });
});

describe('What was executed is recalled', () => {
  test('with the same answer, without being executed, and changes nothing', () => {
    const replica = new Replica();
    replica.apply(opening(1));
    const first = replica.apply(put(1, 1));
    const before = replica.service.hash();
    const recalled = replica.service.recall('ann', put(1, 1));
    expect(read(recalled!.results)).toEqual(first);
    expect(recalled!.index).toBe(0);
    expect(replica.service.hash()).toBe(before);
  });

  test('but not another batch under its sequence, nor what was not executed, nor of another user', () => {
    const replica = new Replica();
    replica.apply(opening(1));
    replica.apply(put(1, 1));
    expect(replica.service.recall('ann', put(1, 1, 'other'))).toBeUndefined();
    expect(replica.service.recall('ann', put(1, 2))).toBeUndefined();
    expect(replica.service.recall('ann', put(2, 1))).toBeUndefined();
    expect(replica.service.recall('bob', put(1, 1))).toBeUndefined();
    expect(replica.service.recall('ann', Uint8Array.of(1, 2, 3))).toBeUndefined();
  });

  test('and what was acknowledged is known to be over', () => {
    const replica = new Replica();
    replica.apply(opening(1));
    replica.apply(put(1, 1));
    replica.apply(put(1, 2, 'w', 1));
    expect(read(replica.service.recall('ann', put(1, 1))!.results)).toEqual({ error: 'alreadyAcknowledged' });
  });
});

describe('A snapshot', () => {
  function busy(): Replica {
    const replica = new Replica();
    for (const user of ['zoe', 'ann', 'bob'])
      for (let number = 1; number <= 40; number++) replica.apply(opening(number), user);
    for (let sequence = 1; sequence <= 9; sequence++) replica.apply(put(80, sequence), 'ann');
    return replica;
  }

  test('has everything, and the same pages wherever it is made', () => {
    const replica = busy();
    const pages = replica.pages();
    const other = new Replica().restore(pages);
    expect(other.service.hash()).toBe(replica.service.hash());
    expect(other.pages().map((page) => Buffer.from(page).toString('hex'))).toEqual(
      pages.map((page) => Buffer.from(page).toString('hex')),
    );
    for (const user of ['zoe', 'ann', 'bob']) {
      expect(other.apply(opening(9), user)).toEqual(late(41));
      expect(other.service.recall(user, opening(40))).toEqual(replica.service.recall(user, opening(40)));
    }
  });

  test('is of the moment at which it was asked for, though it is read later', () => {
    const replica = busy();
    const [hash, pages] = [replica.service.hash(), replica.pages()];
    const all = replica.service.snapshot();
    replica.apply(opening(99));
    replica.apply(put(80, 20), 'ann');
    const later: Uint8Array[] = [];
    for (let page = all.next(); !page.done; page = all.next()) later.push(page.value);
    expect(later.map((page) => Buffer.from(page).toString('hex'))).toEqual(
      pages.map((page) => Buffer.from(page).toString('hex')),
    );
    expect(new Replica().restore(later).service.hash()).toBe(hash);
  });

  test('that is damaged or cut short is refused, and changes nothing', () => {
    const replica = busy();
    const pages = replica.pages();
    const before = replica.service.hash();
    expect(() => replica.restore([])).toThrow('snapshot');
    expect(() => replica.restore(pages.slice(1))).toThrow('snapshot');
    expect(() => replica.restore(pages.slice(0, 1))).toThrow('snapshot');
    for (let at = 1; at < pages[0]!.length; at += 7) {
      const damaged = pages.map((page, place) => (place === 0 ? page.with(at, page[at]! ^ 1) : page));
      expect(() => new Replica().restore(damaged)).toThrow('snapshot');
    }
    expect(replica.service.hash()).toBe(before);
  });
});
