import type { Vocabulary } from '@synod/actor';
import { Random, Timeline } from '../src/index.js';
import { Disk } from '../src/disk.js';

const timing = { syncMs: [0, 0], otherMs: [0, 0], instant: true, unsyncedSurvives: false, segmentBytes: 4096, recentBytes: 0 } as const; // prettier-ignore
const payloadOf = (name: string): Uint8Array => new TextEncoder().encode(name);

/** A disk that was told of these frames, so many of them synced. */
function diskOf(
  frames: readonly { name: string; first?: number; truncateFrom?: number }[],
  synced = frames.length,
): Disk<Vocabulary> {
  const process = { complete: () => undefined, cutPower: () => undefined };
  const disk = new Disk<Vocabulary>(new Timeline(), new Random('disk'), timing, process);
  frames.forEach(({ name, first, truncateFrom }, i) => {
    disk.note(i + 1, {} as never);
    const log = first === undefined ? undefined : { first, count: 1 };
    disk.appended({ type: 1, payload: [payloadOf(name)], ...(log && { log }), ...(truncateFrom && { truncateFrom }) });
  });
  disk.synced(synced);
  return disk;
}

const recover = (disk: Disk<Vocabulary>, ...names: readonly string[]): void =>
  disk.recovered(names.map((name) => ({ type: 1, payload: payloadOf(name) }) as never));

describe('what a journal may end with', () => {
  test('all that was synced, and of what was not as much as there is', () => {
    const frames = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
    expect(() => recover(diskOf(frames), 'a', 'b')).toThrow('Durable is Durable');
    recover(diskOf(frames), 'a', 'b', 'c');
    expect(() => recover(diskOf(frames, 2), 'a')).toThrow('Durable is Durable');
    recover(diskOf(frames, 2), 'a', 'b');
    recover(diskOf(frames, 2), 'a', 'b', 'c');
    expect(() => recover(diskOf(frames, 2), 'a', 'b', 'x')).toThrow('Durable is Durable');
  });
});

describe('what a journal may begin with after a cut', () => {
  test('what lies behind the cut and what is kept must be there', () => {
    const disk = diskOf([{ name: 'a', first: 1 }, { name: 'b', first: 2 }, { name: 'mark' }]);
    disk.cut(1, 3);
    expect(() => recover(disk, 'mark')).toThrow('Durable is Durable');
    recover(disk, 'b', 'mark');
  });

  test('what a truncation made void may be gone with what comes before the cut', () => {
    const frames = [{ name: 'a', first: 1 }, { name: 'old', first: 2 }, { name: 'cut off', truncateFrom: 2 }, { name: 'new', first: 2 }, { name: 'mark' }]; // prettier-ignore
    const disk = diskOf(frames);
    disk.cut(1, 5);
    expect(() => recover(disk, 'mark')).toThrow('Durable is Durable');
    recover(disk, 'new', 'mark');
  });
});
