import type { Beat } from '@synod/actor';
import { DecodeError, WireWriter, beatFieldSize, beatOf, beatShape, decodeWith, readBeat, writeBeat } from '@synod/api';
import fc from 'fast-check';

/** Its contents, without the field that it stands in. */
function bytesOf(beat: Beat): Uint8Array {
  const writer = new WireWriter(beatFieldSize(beat));
  writeBeat(writer, 1, beat);
  return writer.bytes.subarray(writer.bytes[1]! < 0x80 ? 2 : 3);
}

/** As a generated decoder is kept from what is no Beat. */
const inspected = (bytes: Uint8Array) => decodeWith({ decode: () => true }, bytes, beatShape);

const stamp = fc.integer({ min: 1, max: 2 ** 40 });
const most = 64;

test('a Beat is read as it was written', () => {
  const beat = fc.record({ at: stamp, echoes: fc.array(stamp, { maxLength: most }) });
  fc.assert(
    fc.property(beat, (one) => {
      expect(readBeat(bytesOf(one))).toEqual(one);
      expect(beatOf(one)).toEqual(one);
      expect(inspected(bytesOf(one))).toBe(true);
    }),
  );
});

test('one that does not say when is none, whoever decodes it', () => {
  expect(() => readBeat(bytesOf({ at: 0, echoes: [7] }))).toThrow('a Beat that does not say when');
  for (const beat of [{ echoes: [7] }, { at: 0, echoes: [] }, { at: null }])
    expect(() => beatOf(beat)).toThrow(DecodeError);
  expect([beatOf(undefined), beatOf(null)]).toEqual([undefined, undefined]);
});

test('echoes are of as many as a group may have, whoever decodes them', () => {
  const tooMany = bytesOf({ at: 1, echoes: Array<number>(most + 1).fill(9) });
  expect(() => readBeat(tooMany)).toThrow('too many of it');
  expect(() => inspected(tooMany)).toThrow('a Beat with more than 64 of field 2');
});
