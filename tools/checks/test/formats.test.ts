import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decoders } from './decoders.js';
import type { Decoder } from './decoders.js';

/*
 * The bytes of every message, record and file, as they were first written. Members of two versions read each other's, and a release
 * reads the disks of those before it; so what is written changes by decision only. An example that is new is added, with
 *
 *   SYNOD_PIN_FORMATS=1 npx jest -c tools/checks/jest.config.cjs formats; npx prettier --write tools/checks/test/formats.json
 *
 * and one that has changed is added beside the old one, which must be read for as long as it may be on a disk or on its way.
 */
const path = join(__dirname, 'formats.json');
/** Larger examples are known by their hash, and only that they are written alike is seen. */
const wholeMost = 2048;

/** What is no format of ours, or is read by the release that wrote it, only. (A `refusal` looks into messages that are here.) */
const elsewhere = new Set([
  ...['parseScenario', 'parseCommand', 'readCredentials', 'readEnvironment', 'parseSubject', 'parseTraceparent'],
  ...['readOtlpProtobuf', 'readOtlpJson', 'readTrace', 'parseReplySubject'],
  ...['decodeRecording', 'a segment of a recording', 'a segment of an acceptor’s recording'],
]);

type Pinned = Readonly<Record<string, readonly string[]>>;

const formats = decoders.filter(({ name }) => !elsewhere.has(name) && !name.endsWith('.refusal'));
const names = [...new Set(formats.map(({ name }) => name))];
/** Some formats have several decoders. */
const decodersOf = (name: string): readonly Decoder[] => formats.filter((one) => one.name === name);
const pinned: Pinned = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Pinned) : {};

function written(name: string): string[] {
  const examples = decodersOf(name).flatMap(({ valid }) => valid);
  return examples.map((bytes) =>
    bytes.length <= wholeMost
      ? Buffer.from(bytes).toString('hex')
      : `sha256 ${createHash('sha256').update(bytes).digest('hex')}`,
  );
}

if (process.env['SYNOD_PIN_FORMATS'] === '1') {
  const all = names.map((name) => [name, [...new Set([...(pinned[name] ?? []), ...written(name)])]]);
  writeFileSync(path, `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`);
}

test('every format is pinned, and nothing that is none', () => {
  expect(Object.keys(pinned).sort()).toEqual([...names].sort());
});

describe.each(names)('%s', (name) => {
  test('is written as it was', () => {
    const known = pinned[name] ?? [];
    expect(written(name).filter((bytes) => !known.includes(bytes))).toEqual([]);
  });

  test('is read as it was written, in whatever version', () => {
    const [decoder] = decodersOf(name);
    for (const bytes of pinned[name] ?? []) {
      if (bytes.startsWith('sha256')) continue;
      const decoded = decoder!.decode(Buffer.from(bytes, 'hex'));
      expect(decoded).toBeDefined();
      if (decoder!.encode) {
        expect(Buffer.from(decoder!.encode(decoded as never)).toString('hex')).toBe(bytes);
      }
    }
  });
});

/** Between members and on disk a field that is not known is refused, not skipped: it would be half a message. Answers to clients are open. */
const closed = names.filter((name) => /^(raft|paxos|pbft)(Messages|Records)\.decode (?!reply)/.test(name));
const unknownField = Buffer.from([0xe0, 0x03, 0x01]); // field 60, a number

/** The message with a field of a later version in what its envelope holds. Undefined where it is in none. */
function inside(bytes: Buffer): Buffer | undefined {
  const [version, one, tag = 0, length = 0] = bytes;
  const isEnvelope = version === 8 && one === 1 && tag % 8 === 2 && tag < 128 && length < 120;
  if (!isEnvelope || bytes.length !== length + 4) return undefined;
  return Buffer.concat([bytes.subarray(0, 3), Buffer.of(length + 3), bytes.subarray(4), unknownField]);
}

test.each(closed)('%s: with a field of a later version it is refused, wherever that is', (name) => {
  const [decoder] = decodersOf(name);
  const examples = (pinned[name] ?? []).filter((text) => !text.startsWith('sha256'));
  for (const bytes of examples.map((text) => Buffer.from(text, 'hex'))) {
    for (const later of [Buffer.concat([bytes, unknownField]), inside(bytes)]) {
      if (later !== undefined) expect(() => decoder!.decode(later)).toThrow(/field/);
    }
  }
});
