import { Sluice } from '../src/sluice.js';
import {
  DROPPED_AFTER,
  DROPPED_AFTER_BYTES,
  ABUSED_BYTES_A_MS,
  HELD_MS,
  TURN_BYTES,
  TURN_CPU_MS,
} from '../src/sluice.js';

const prefix = 'synod.test.';

/** A sluice between a socket and a parser that both do as the test says. */
class Place {
  now = 0;
  usedMs = 0;
  paused = false;
  /** What the parser is given, as text; each call takes `costMs` of the processor. */
  readonly parsed: string[] = [];
  costMs = 0;
  readonly dropped: string[] = [];
  readonly errors: unknown[] = [];
  private turns: (() => void)[] = [];
  onParse: (text: string) => void = () => undefined;
  readonly sluice = new Sluice({
    prefix,
    now: () => this.now,
    usedMs: () => this.usedMs,
    soon: (run) => void this.turns.push(run),
    pause: () => (this.paused = true),
    resume: () => (this.paused = false),
    broken: (error) => void this.errors.push(error),
    dropped: (from, count) => void this.dropped.push(`${from} ${count}`),
  });
  take = this.connect();

  connect(): (bytes: Uint8Array) => void {
    return this.sluice.begin((bytes) => {
      this.usedMs += this.costMs;
      const text = Buffer.from(bytes).toString();
      this.parsed.push(text);
      this.onParse(text);
    });
  }

  turn(): void {
    const { turns } = this;
    this.turns = [];
    for (const run of turns) run();
  }

  get text(): string {
    return this.parsed.join('');
  }
}

function message(from: string, payload = 'x'): Buffer {
  return Buffer.from(`MSG ${prefix}g.${from}.r1.request 1 ${payload.length}\r\n${payload}\r\n`);
}

function many(from: string, count: number): Buffer {
  return Buffer.concat(Array.from({ length: count }, () => message(from)));
}

test('what fits a turn is given on at once', () => {
  const place = new Place();
  place.take(message('alice'));
  place.take(message('bob'));
  expect(place.text).toBe(`${message('alice')}${message('bob')}`);
  expect(place.paused).toBe(false);
});

test('a turn takes so much, then the socket waits; nothing is lost, doubled or out of order', () => {
  const place = new Place();
  place.costMs = 1;
  const bytes = Buffer.concat(Array.from({ length: 40 }, (_, i) => message(`user-${i}`, 'y'.repeat(16_000))));
  // What Node had read before it was told to wait.
  place.take(bytes.subarray(0, 300_000));
  place.take(bytes.subarray(300_000));
  expect(place.paused).toBe(true);
  expect(place.text.length).toBeGreaterThanOrEqual(TURN_BYTES);
  // One piece more is always given on; then it takes so many until the time is used up.
  expect(place.text.length).toBeLessThanOrEqual(TURN_BYTES + (TURN_CPU_MS + 1) * 16_384);
  const turns = [place.text.length];
  while (place.paused && turns.length < 100) {
    place.turn();
    turns.push(place.text.length);
  }
  expect(turns.length).toBeGreaterThan(3);
  expect(place.text).toBe(bytes.toString());
});

test('the clock ends no turn, for a busy machine would end it with nothing done', () => {
  const place = new Place();
  place.onParse = () => (place.now += 1000);
  place.take(many('alice', 20_000));
  expect(place.paused).toBe(false);
});

test('a turn without work for the parser ends by no amount of bytes', () => {
  const place = new Place();
  place.take(many('alice', 20_000));
  expect(place.paused).toBe(false);
  expect(place.text.length).toBe(many('alice', 20_000).length);
});

test('however long they take, a turn takes its first bytes', () => {
  const place = new Place();
  place.costMs = 10 * TURN_CPU_MS;
  place.take(many('alice', 20_000));
  expect(place.text.length).toBeGreaterThanOrEqual(TURN_BYTES);
  expect(place.paused).toBe(true);
});

describe('of whom too much is refused', () => {
  /** The host refuses all that mallory says. */
  function refusing(): Place {
    const place = new Place();
    place.onParse = (text) => {
      for (let i = text.split('.mallory.').length; i > 1; i--) place.sluice.refused('mallory', 1);
    };
    return place;
  }

  test('the rest is dropped unread, and counted; others are heard', () => {
    const place = refusing();
    place.take(many('mallory', 5000));
    place.take(message('alice'));
    const heard = place.text.split('.mallory.').length - 1;
    expect(heard).toBeGreaterThanOrEqual(DROPPED_AFTER);
    // A piece is parsed before the next one is sifted.
    expect(heard).toBeLessThan(1000);
    expect(place.text.endsWith(message('alice').toString())).toBe(true);
    place.now += HELD_MS;
    place.take(message('alice'));
    expect(place.dropped).toEqual([`mallory ${5000 - heard}`]);
  });

  test('is heard again after a moment', () => {
    const place = refusing();
    place.take(many('mallory', DROPPED_AFTER));
    const { length } = place.text;
    place.take(message('mallory'));
    expect(place.text.length).toBe(length);
    place.now += HELD_MS;
    place.take(message('mallory'));
    expect(place.text.length).toBe(length + message('mallory').length);
  });

  test('is held sooner for large messages: to have read them cost by their size', () => {
    const place = new Place();
    const half = DROPPED_AFTER_BYTES / 2;
    place.sluice.refused('mallory', half);
    place.take(message('mallory'));
    expect(place.text).toBe(message('mallory').toString());
    place.sluice.refused('mallory', half);
    place.take(Buffer.concat([message('mallory'), message('alice')]));
    expect(place.text).toBe(`${message('mallory')}${message('alice')}`);
    place.now += HELD_MS;
    place.take(message('mallory'));
    expect(place.text).toBe(`${message('mallory')}${message('alice')}${message('mallory')}`);
    expect(place.dropped).toEqual(['mallory 1']);
  });

  test('a few refusals now and then hold nobody', () => {
    const place = refusing();
    for (let i = 0; i < 100; i++) {
      place.take(many('mallory', DROPPED_AFTER - 1));
      place.turn();
      place.now += HELD_MS;
    }
    expect(place.text.split('.mallory.').length - 1).toBe(100 * (DROPPED_AFTER - 1));
    expect(place.dropped).toEqual([]);
  });

  test('whoever floods under a thousand names costs no memory', () => {
    const place = new Place();
    for (let user = 0; user < 1000; user++) {
      for (let i = 0; i < DROPPED_AFTER; i++) place.sluice.refused(`user-${user}`, 1);
    }
    place.take(Buffer.concat([message('user-0'), message('user-999'), message('alice')]));
    // The first of them are held; there is an end to what is looked for in each subject.
    expect(place.text).toBe(`${message('user-999')}${message('alice')}`);
  });
});

test('a new connection begins with nothing of the last one', () => {
  const place = new Place();
  place.costMs = 10 * TURN_CPU_MS;
  const before = place.take;
  before(many('alice', 20_000));
  before(message('alice').subarray(0, 10));
  const { length } = place.text;
  const take = place.connect();
  place.costMs = 0;
  place.turn();
  before(message('alice'));
  take(message('bob'));
  expect(place.text.slice(length)).toBe(message('bob').toString());
});

test('a parser that throws is told of, and throws nobody else', () => {
  const place = new Place();
  place.onParse = () => {
    throw new Error('no protocol');
  };
  place.take(message('alice'));
  expect(place.errors).toEqual([new Error('no protocol')]);
});

test('who says what is not genuine is held at once, the longer the more there was of it; others are not', () => {
  const place = new Place();
  place.take(message('alice'));
  place.sluice.abused('alice', 100 * ABUSED_BYTES_A_MS);
  place.take(Buffer.concat([message('alice', 'lost'), message('bob', 'heard')]));
  expect(place.text).not.toContain('lost');
  expect(place.text).toContain('heard');
  place.now = HELD_MS + 99;
  place.take(message('alice', 'lost, too'));
  expect(place.text).not.toContain('lost');
  place.now = HELD_MS + 101;
  place.take(message('alice', 'back'));
  expect(place.text).toContain('back');
  expect(place.dropped).toEqual(['alice 2']);
});
