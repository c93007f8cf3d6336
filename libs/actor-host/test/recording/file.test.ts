import { crc32 } from 'node:zlib';
import { UnreadableRecording, decodeRecording, encodeRecording } from '@synod/actor-host/recording';
import type { RecordingHeader } from '@synod/actor-host/recording';
import { Life, receive } from './scribe.js';

const header: RecordingHeader = {
  protocol: 'scribe',
  release: '0.1.0',
  cluster: 'local',
  group: 'g',
  replica: 'me',
  settings: { SYNOD_RECORD: '16' },
  writtenAt: '2026-08-01T12:00:00.000Z',
  why: 'a test',
};
const { recorded } = new Life().step(receive('a'), receive('b')).recorder;
const file = Buffer.concat(encodeRecording(header, recorded!));

function refusal(bytes: Uint8Array): string {
  try {
    decodeRecording(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(UnreadableRecording);
    return (error as Error).message;
  }
  return 'none';
}

function changed(at: number, to: (byte: number) => number): Buffer {
  const bytes = Buffer.from(file);
  bytes[at] = to(bytes[at]!);
  return bytes;
}

/** With a header that fits its checksum. */
function withHeader(json: string): Buffer {
  const text = Buffer.from(json);
  const preamble = Buffer.from(file.subarray(0, 20));
  preamble.writeUInt32LE(text.length, 12);
  preamble.writeUInt32LE(crc32(text, crc32(preamble.subarray(0, 16))), 16);
  return Buffer.concat([preamble, text]);
}

describe('the file of a recording', () => {
  test('gives back what it was made of', () => {
    const { header: read, segments } = decodeRecording(file);
    expect(read).toEqual({ ...header, stepsDropped: 0 });
    expect(segments.map((segment) => Buffer.from(segment))).toEqual(
      recorded!.segments.map((pieces) => Buffer.concat(pieces)),
    );
  });

  test.each([
    ['something else', Buffer.from('{"seed":1}'), 'it is not a recording'],
    ['a former version', changed(8, () => 1), 'it is of format version 1; this release reads version 2: replay it with the release that wrote it'], // prettier-ignore
    ['a later version', changed(8, () => 3), 'it is of format version 3; this release reads version 2: replay it with the release that wrote it'], // prettier-ignore
    ['a damaged header', changed(30, (byte) => byte ^ 1), 'its header is damaged'],
    ['a damaged segment', changed(file.length - 5, (byte) => byte ^ 1), 'it is damaged between bytes'],
    ['a header without its end', file.subarray(0, 100), 'it is cut off in its header, or that is damaged'],
    ['a segment without its end', file.subarray(0, -1), 'it is cut off: of'],
    ['more than there is', Buffer.concat([file, Buffer.of(0)]), '1 bytes follow its end'],
    ['a header that is no JSON', withHeader('{'), 'its header is not JSON'],
    ['a header that says nothing', withHeader('{}'), 'its header does not say what it has to'],
    ['a header of null', withHeader('null'), 'its header does not say what it has to'],
  ])('is refused when it is %s', (_what, bytes, message) => {
    expect(refusal(bytes)).toContain(message);
  });

  test('is refused however it is cut', () => {
    for (let length = 0; length < file.length; length++) expect(refusal(file.subarray(0, length))).not.toBe('none');
  });
});
