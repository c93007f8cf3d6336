import { frameHeaderBytes, writeFrame } from '../src/frame.js';
import { drawSecret, holdsOpenMark, openMark } from '../src/mark.js';
import { crashesOf } from './crashes.js';
import { entries, note, World } from './journal-world.js';

/** A value with frames in it that promise what is not there, whichever segment it comes to stand in, and in whichever sector. */
function hostile(bytes: number): string {
  const frame = Buffer.alloc(64);
  const copies: Buffer[] = [];
  for (let segment = 1; copies.length * frameHeaderBytes < bytes; segment = (segment % 6) + 1) {
    writeFrame(frame, 0, note(''), 0, openMark(segment), 99, 0, { segment, position: 2040 });
    copies.push(Buffer.from(frame.subarray(0, frameHeaderBytes)));
  }
  return Buffer.concat(copies).toString('latin1');
}

const steps: readonly ((world: World) => void)[] = [
  (world) => world.append(1, entries(1, 1, 'a'.repeat(300))),
  (world) => world.append(2, { type: 2, payload: [Buffer.from(hostile(600), 'latin1')], log: { first: 2, count: 1 } }),
  (world) => world.append(3, entries(3, 1, 'b'.repeat(300))),
  (world) => {
    world.journal.append(4, { type: 2, payload: [Buffer.from(hostile(700), 'latin1')], log: { first: 4, count: 1 } });
    world.journal.append(5, entries(5, 1, 'c'.repeat(200)));
    world.journal.flush();
  },
  (world) => world.append(6, { type: 2, payload: [Buffer.from(hostile(2500), 'latin1')], log: { first: 6, count: 1 } }),
  (world) => world.append(7, note('end')),
];

function versionOf(world: World, path: string): number {
  return Buffer.from(world.disk.content(path).seen.get(0, 512)).readUInt32LE(8);
}

describe('a client who writes what looks like frames', () => {
  const frames = [1, 1, 1, 2, 1, 1];

  test.each(steps.map((_, at) => [at + 1]))('has no power cut taken for damage, in step %i', (count) => {
    let states = 0;
    for (let completions = 0, more = true; more; completions++) {
      const world = World.open();
      steps.slice(0, count).forEach((step, at) => {
        step(world);
        if (at < count - 1 && at % 2 === 0) world.disk.pump();
      });
      more = world.disk.pump(completions) === completions;
      const appended = frames.slice(0, count).reduce((sum, n) => sum + n);
      for (const { what, crash } of crashesOf(world.disk)) {
        const after = World.open(world.disk.crash(crash));
        const where = `after ${completions} completions, ${what}`;
        expect([where, after.tail]).toEqual([where, expect.stringMatching(/^(clean|torn)$/)]);
        expect(after.frames.length).toBeGreaterThanOrEqual(world.durable.at(-1) ?? 0);
        expect(after.frames.length).toBeLessThanOrEqual(appended);
        if (++states % 7 === 0) goesOn(after, where);
      }
    }
    expect(states).toBeGreaterThan(count);
  });

  /** Whatever was there, the next lives take such values and others. */
  function goesOn(world: World, where: string): void {
    const found = world.payloads;
    world.append(1, { type: 1, payload: [Buffer.from(hostile(400), 'latin1')] });
    world.append(2, note('and on'));
    world.disk.pump();
    const next = World.open(world.disk.crash({ keepsSector: () => false, keepsName: () => false }));
    expect([where, next.tail, next.frames.length]).toEqual([where, 'clean', found.length + 2]);
    expect(next.payloads.at(-1)).toBe('and on');
  }
});

describe('a segment', () => {
  const hostileFrame = { type: 1, payload: [Buffer.from('.. SFRM ..')] };

  it('is of the version that earlier releases read, until a frame comes that must not stand in such a one', () => {
    const world = World.open();
    for (let at = 1; at <= 20; at++) world.append(at, entries(at, 1, 'x'.repeat(300)));
    world.disk.pump();
    expect(world.disk.paths.length).toBeGreaterThan(3);
    expect(world.disk.paths.map((path) => versionOf(world, path))).toEqual(world.disk.paths.map(() => 1));
    const before = world.disk.paths.length - 1;
    world.append(21, hostileFrame);
    world.disk.pump();
    for (let at = 22; at <= 40; at++) world.append(at, entries(at, 1, 'x'.repeat(300)));
    world.disk.pump();
    const { paths } = world.disk;
    expect(paths.map((path) => versionOf(world, path))).toEqual(paths.map((_, at) => (at < before ? 1 : 2)));
    const again = World.open(world.disk.kill());
    expect([again.tail, again.frames.length]).toEqual(['clean', 40]);
    expect([again.read(1), again.read(22)].map(({ length }) => length)).toEqual([20, 19]);
  });

  it('with a secret is gone on with after a start, and so are those that follow it', () => {
    const world = World.open();
    world.append(1, note('first'));
    world.append(2, hostileFrame);
    world.disk.pump();
    const again = World.open(world.disk.kill());
    const before = again.disk.paths;
    again.append(1, hostileFrame);
    again.disk.pump();
    expect(again.disk.paths).toEqual(before);
    for (let at = 2; at <= 9; at++) again.append(at, note('x'.repeat(500)));
    again.disk.pump();
    expect(again.disk.paths.length).toBeGreaterThan(before.length);
    expect(again.disk.paths.map((path) => versionOf(again, path))).toEqual(again.disk.paths.map((_, at) => (at === 0 ? 1 : 2))); // prettier-ignore
    expect(World.open(again.disk.kill()).frames).toHaveLength(11);
  });

  it('has a secret of its own', () => {
    const world = World.open();
    for (let at = 1; at <= 20; at++) world.append(at, { type: 1, payload: [Buffer.from(`SFRM${'x'.repeat(300)}`)] });
    world.disk.pump();
    const secrets = world.disk.paths.slice(1).map((path) => Buffer.from(world.disk.content(path).seen.get(160, 8)));
    expect(secrets.length).toBeGreaterThan(3);
    expect(new Set(secrets.map((secret) => secret.toString('hex'))).size).toBe(secrets.length);
    expect(secrets.flatMap((secret) => [...secret])).not.toContain(0);
  });

  it('that gets no secret takes no such frame: the journal fails', () => {
    const world = World.open();
    world.append(1, note('first'));
    world.disk.pump();
    world.disk.faults = { sync: () => 'kept' };
    world.append(2, hostileFrame);
    world.disk.pump();
    expect([world.durable, world.failures.map(({ message }) => message)]).toEqual([
      [1],
      ['cannot sync journal/0000000002.wal: input/output error'],
    ]);
    expect(World.open(world.disk.kill()).payloads).toEqual(['first']);
  });

  it('that would get such a frame after a start, behind one that is open, does not', () => {
    const world = World.open();
    world.append(1, hostileFrame);
    // The segment with the secret has its name, and nothing in it.
    while (!world.disk.paths.includes('journal/0000000002.wal')) expect(world.disk.pump(1)).toBe(1);
    world.disk.syncDirectory('journal', () => undefined);
    world.disk.pump(1);
    const next = World.open(world.disk.kill());
    next.append(1, note('into the open one'));
    next.append(2, hostileFrame);
    next.disk.pump();
    expect(Buffer.from(next.disk.content('journal/0000000001.wal').seen.get(512, 1000)).includes('.. SFRM')).toBe(
      false,
    );
    expect(World.open(next.disk.kill()).payloads).toEqual(['into the open one', '.. SFRM ..']);
  });
});

describe('what open frames begin with', () => {
  const value = Buffer.from('....SFRM....');

  it('is found in whatever parts a frame has', () => {
    for (let first = 0; first <= value.length; first++) {
      for (let second = first; second <= value.length; second++) {
        for (let third = second; third <= value.length; third++) {
          const cuts = [0, first, second, third, value.length];
          const parts = cuts.slice(1).map((end, at) => value.subarray(cuts[at], end));
          expect([cuts, holdsOpenMark(parts)]).toEqual([cuts, true]);
        }
      }
    }
    expect(holdsOpenMark([...value].map((byte) => Uint8Array.of(byte)))).toBe(true);
  });

  it('is not found where it is not', () => {
    const others = ['', 'SFR', 'SFR.M', 'sfrm', 'SSFFRRMM'];
    expect(others.map((text) => holdsOpenMark([Buffer.from(text), Buffer.from('.')]))).toEqual(others.map(() => false));
    expect(holdsOpenMark([])).toBe(false);
  });

  it('is no secret: one with a zero in it is drawn again', () => {
    const draws = [Buffer.alloc(8), Buffer.from([1, 2, 3, 4, 5, 6, 7, 0]), Buffer.from([1, 2, 3, 4, 5, 6, 7, 8])];
    expect(drawSecret(() => draws.shift()!)).toEqual(Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]));
    expect(draws).toEqual([]);
  });
});
