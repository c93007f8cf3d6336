import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { decoders } from './decoders.js';
import type { Decoder } from './decoders.js';

// Bytes of others: refused with the documented error, or understood. Longer: SYNOD_FUZZ_RUNS=100000 npx jest -c tools/checks/jest.config.cjs decoders.fuzz

const runs = Number(process.env['SYNOD_FUZZ_RUNS'] ?? 300);
/** Far above what any of these takes; a decoder that is quadratic in a megabyte is beyond it by orders of magnitude. */
const hangMs = 20_000;
/** What a decoder may hold of a megabyte of nonsense: an object for each of half a million empty fields would be 90 MB. */
const growthBytes = 48 * 1024 * 1024;

const undecided = Symbol('refused');

function attempt({ decode, documented, name }: Decoder, bytes: Uint8Array): unknown {
  try {
    return decode(bytes) ?? undecided;
  } catch (thrown) {
    // Not `instanceof`: jest's own realm has another Error than Node's.
    if (typeof (thrown as Error | undefined)?.message !== 'string' || !documented(thrown as Error)) {
      throw new Error(`${name} threw what it does not document: ${String(thrown)}`, { cause: thrown });
    }
    return undecided;
  }
}

/** One byte or bit changed, removed, inserted; cut; doubled; a number without end; a length far beyond the message. */
function mangled(valid: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
  return fc
    .record({
      base: fc.constantFrom(...valid),
      place,
      how: fc.nat(7),
      byte: fc.nat(255),
      more: fc.uint8Array({ maxLength: 12 }),
    })
    .map(({ base, place, how, byte, more }) => {
      const at = Math.floor(place * base.length);
      const [before, from, after] = [base.subarray(0, at), base.subarray(at), base.subarray(at + 1)];
      const parts = [
        [before, [byte], after],
        [before, [base[at]! ^ (1 << byte % 8)], after],
        [before, after],
        [before, [byte], from],
        [before],
        [before, more, from],
        [before, Array<number>(11).fill(0xff), from],
        [before, [0xff, 0xff, 0xff, 0xff, 0x07], after],
      ][how]!;
      return Buffer.concat(parts.map((part) => Uint8Array.from(part)));
    });
}

describe.each(decoders.map((decoder) => [decoder.name, decoder] as const))('%s', (_name, decoder) => {
  test('understands what is valid, and says the same again', () => {
    for (const bytes of decoder.valid) {
      const decoded = attempt(decoder, bytes);
      if (decoder.name !== 'readEnvironment' && decoder.name !== 'raftMessages.refusal')
        expect(decoded).not.toBe(undecided);
      if (decoder.encode) expect(Buffer.from(decoder.encode(decoded as never))).toEqual(Buffer.from(bytes));
    }
  });

  test('refuses or understands anything', () => {
    const input = fc.oneof(
      { weight: 4, arbitrary: mangled(decoder.valid) },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) },
    );
    const property = fc.property(input, (bytes) => {
      const original = Buffer.from(bytes);
      const decoded = attempt(decoder, bytes);
      expect(original.equals(bytes)).toBe(true);
      if (decoded === undecided || !decoder.encode) return;
      // What was understood can be said within the limits, and is then understood alike.
      const again = decoder.encode(decoded as never);
      const twice = attempt(decoder, again);
      expect(Buffer.from(decoder.encode(twice as never)).equals(again)).toBe(true);
    });
    fc.assert(property, {
      numRuns: runs,
      interruptAfterTimeLimit: Math.max(hangMs, runs * 20),
      markInterruptAsFailure: true,
    });
  }, 600_000);

  test('a megabyte of nonsense costs neither time nor memory', () => {
    const bombs = [
      Buffer.alloc(1_000_000, 0xff),
      Buffer.alloc(1_000_000, '['),
      Buffer.alloc(1_000_000, '{"a":'),
      ...Array.from({ length: 15 }, (_, number) => Buffer.alloc(1_000_000, Buffer.from([(number + 1) * 8 + 2, 0]))),
      ...decoder.valid.map((valid) => Buffer.concat([valid, Buffer.alloc(1_000_000, Buffer.from([0x1a, 0]))])),
      nested(1, 5000),
      nested(2, 5000),
    ];
    const start = performance.now();
    for (const bomb of bombs) {
      const before = heldBytes();
      const decoded = attempt(decoder, bomb);
      expect(heldBytes() - before).toBeLessThan(growthBytes);
      void decoded;
    }
    expect(performance.now() - start).toBeLessThan(hangMs);
  }, 60_000);
});

/** Messages in messages in messages. */
function nested(field: number, depth: number): Uint8Array {
  let bytes: Buffer = Buffer.alloc(0);
  for (let i = 0; i < depth; i++) {
    const length: number[] = [];
    for (let rest = bytes.length; ; rest = Math.floor(rest / 128)) {
      length.push(rest < 128 ? rest : (rest % 128) + 128);
      if (rest < 128) break;
    }
    bytes = Buffer.concat([Buffer.from([field * 8 + 2, ...length]), bytes]);
  }
  return bytes;
}

function heldBytes(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Exported readers that are not in the table, and why not. */
const elsewhere: Readonly<Record<string, string>> = {
  readGroupKeys: 'a file of configuration: parseGroupKeys (libs/keys/test)',
  parseGroupKeys: 'text, not bytes from others (libs/keys/test)',
  readSecretKey: 'our own file (libs/keys/test)',
  readPrivately: 'our own file, as text',
  readPrincipals: 'our own file: parsePrincipals (libs/keys/test)',
  parsePrincipals: 'text, not bytes from others (libs/keys/test)',
  decodeWith: 'decodes by a shape; every decoder of a message goes through it',
  readPut: 'part of decodeOperation: false for all that it does not know (libs/api/test)',
  readGet: 'part of decodeQuery, as readPut',
  readWritten: 'part of decodeResult, as readPut',
  readFound: 'part of decodeResult, as readPut',
  decodeRaftBatch: 'within raftMessages.decode append-entries and raftRecords.decode entries',
  decodeRequest: 'within raftMessages.decode request',
  decodeRead: 'within raftMessages.decode read',
  decodeCoreReply: 'within raftMessages.decode reply.c1 and paxosMessages.decode reply.c1',
  decodeRaftReply: 'within raftMessages.decode reply.c1',
  readBeat: 'within paxosMessages.decode accept',
  readBatch: 'within pbftMessages.decode pre-prepare and pbftRecords.decode accepted',
  readRequest: 'within pbftMessages.decode request',
  readQueries: 'within pbftMessages.decode read, as decodeRead',
  readPbftClientMessage:
    'what `synod tap` shows of readRequest, readQueries and readPbftReply; a DecodeError is a line of it',
  readPbftReply: 'within pbftMessages.decode reply.c1',
  decodeReconfigured: 'within paxosMessages.decode reply.c1',
  decodeDecided: 'within paxosMessages.decode reply.c1',
  decodeDecide: 'within paxosMessages.decode decide',
  decodePaxosBatch: 'within paxosMessages.decode accept and paxosRecords.decode vote',
  decodeAccept: 'within paxosMessages.decode accept',
  decodeAccepted: 'within paxosMessages.decode accepted',
  decodeReconfigure: 'within paxosMessages.decode member',
  decodePaxosReply: 'within paxosMessages.decode reply.c1',
  decodeHeader: 'within a saved file',
  readHeader: 'within the directory of a journal',
  readBody: 'within the directory of a journal; the one of HTTP: apps/gateway/test/bounds.test.ts',
  readRecord: 'within the pages of a snapshot with a ledger',
  readTransaction: 'within the pages of a snapshot with a ledger',
  readInput: 'within a segment of a recording',
  parseLevel: 'a setting, as readEnvironment',
  readHistory: 'a file of our own: libs/linearizability/test',
};

test('every exported reader of bytes is fuzzed here, or it is said where', () => {
  const root = join(__dirname, '../../..');
  const found = filesBelow(join(root, 'libs')).flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/^export (?:async )?function ((?:decode|parse|read)[A-Z]\w*)/gm)].map(
      ([, name]) => name!,
    ),
  );
  expect(found.length).toBeGreaterThan(20);
  const known = new Set([...decoders.map(({ name }) => name.split(' ')[0]!), ...Object.keys(elsewhere)]);
  expect(found.filter((name) => !known.has(name))).toEqual([]);
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist', 'gen', 'test', 'out-tsc'].includes(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : entry.name.endsWith('.ts') ? [path] : [];
  });
}
