import fc from 'fast-check';
import { Sieve } from '../src/sieve.js';
import type { Held } from '../src/sieve.js';

const prefix = 'synod.test.';

/** Holds by comparing text: slow, and plainly right. */
function holding(...held: readonly string[]): Held {
  return {
    isEmpty: held.length === 0,
    drops: (bytes, at) =>
      held.some((from) => Buffer.from(bytes.subarray(at, at + from.length + 1)).equals(Buffer.from(`${from}.`))),
  };
}

function sift(sieve: Sieve, chunks: readonly Uint8Array[]): string {
  return Buffer.concat(chunks.flatMap((chunk) => sieve.sift(chunk))).toString('latin1');
}

interface Said {
  /** Undefined for what is no message. */
  readonly from: string | undefined;
  readonly bytes: Buffer;
}

const names = ['mallory', 'mallory2', 'mallor', 'alice', 'a'] as const;
/** Payloads that look like the protocol around them. */
const deceit = fc.constantFrom(
  '',
  '\r\n',
  'MSG synod.test.g.mallory.r1.request 1 5\r\n',
  '\r\nPING\r\n',
  'H',
  '7\r\n',
  '0'.repeat(300),
);

const message: fc.Arbitrary<Said> = fc
  .record({
    from: fc.constantFrom(...names),
    group: fc.constantFrom('g', 'mallory', 'a-long-name-of-a-group'),
    kind: fc.constantFrom('request', 'read', 'reply.x'),
    reply: fc.constantFrom('', '_INBOX.mallory.1 ', 'synod.test.g.mallory.r1.request '),
    headers: fc.option(deceit),
    payload: fc.oneof(
      deceit,
      fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    ),
  })
  .map(({ from, group, kind, reply, headers, payload }) => {
    const subject = `${prefix}${group}.${from}.r1.${kind}`;
    const sizes = headers === null ? `${payload.length}` : `${headers.length} ${headers.length + payload.length}`;
    const line = `${headers === null ? 'MSG' : 'HMSG'} ${subject} 12 ${reply}${sizes}`;
    return { from, bytes: Buffer.from(`${line}\r\n${headers ?? ''}${payload}\r\n`, 'latin1') };
  });
const other: fc.Arbitrary<Said> = fc
  .constantFrom(
    'PING\r\n',
    'PONG\r\n',
    '+OK\r\n',
    '-ERR \'Permissions Violation for Publish to "mallory"\'\r\n',
    'INFO {"max_payload":1}\r\n',
  )
  .map((text) => ({ from: undefined, bytes: Buffer.from(text) }));
const stream = fc.array(fc.oneof({ weight: 3, arbitrary: message }, other), { maxLength: 20 });
/** Where the network cuts: sizes of chunks, again and again. */
const cuts = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 10 });

function cut(bytes: Buffer, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

test('where nobody is held, everything passes as it came, wherever it is cut', () => {
  fc.assert(
    fc.property(stream, cuts, (said, sizes) => {
      const bytes = Buffer.concat(said.map((one) => one.bytes));
      expect(sift(new Sieve(prefix, holding()), cut(bytes, sizes))).toBe(bytes.toString('latin1'));
    }),
    { numRuns: 500 },
  );
});

test('the messages of those that are held are left out, and nothing else', () => {
  fc.assert(
    fc.property(stream, cuts, fc.subarray([...names], { minLength: 1 }), (said, sizes, held) => {
      const bytes = Buffer.concat(said.map((one) => one.bytes));
      const left = said.filter(({ from }) => from === undefined || !(held as readonly string[]).includes(from));
      const expected = Buffer.concat(left.map((one) => one.bytes)).toString('latin1');
      expect(sift(new Sieve(prefix, holding(...held)), cut(bytes, sizes))).toBe(expected);
    }),
    { numRuns: 1000 },
  );
});

test('bytes that are no protocol neither stop nor grow it', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 20 }), (chunks) => {
      const sieve = new Sieve(prefix, holding('mallory'));
      const left = chunks.flatMap((chunk) => sieve.sift(chunk)).reduce((sum, { length }) => sum + length, 0);
      expect(left).toBeLessThanOrEqual(chunks.reduce((sum, { length }) => sum + length, 0));
    }),
    { numRuns: 1000 },
  );
});

test('a chunk is passed on without a copy', () => {
  const chunk = Buffer.from(`MSG ${prefix}g.alice.r1.read 1 2\r\nhi\r\nMSG ${prefix}g.mallory.r1.read 1 2\r\nho\r\n`);
  const [left, ...more] = new Sieve(prefix, holding('mallory')).sift(chunk);
  expect(more).toEqual([]);
  expect(left!.buffer).toBe(chunk.buffer);
});
