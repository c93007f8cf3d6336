import { crashesOf } from './crashes.js';
import { entries, note, truncate, World } from './journal-world.js';

/**
 * A session with several flushes, rolls, a truncation and cuts is stopped after every single disk completion. At each
 * of these points the power is cut in every way: each subset of unsynced writes, each of them torn so that any one
 * of its sectors is missing or alone, with and without the pending changes of names.
 */
interface Step {
  readonly what: string;
  readonly run: (world: World) => void;
}

function session(): Step[] {
  const steps: Step[] = [];
  const add = (what: string, run: Step['run']): void => void steps.push({ what, run });
  add('hard state', (world) => world.append(1, note('term 1')));
  add('three in one flush', (world) => {
    for (let at = 1; at <= 3; at++) world.journal.append(1 + at, entries(at, 1, `v${at}`.repeat(90)));
    world.journal.flush();
  });
  add('one over sectors, while the sync is under way', (world) => world.append(5, entries(4, 2, 'w'.repeat(1100))));
  add('rolls', (world) => world.append(6, entries(6, 1, 'x'.repeat(400))));
  add('truncates', (world) => world.append(7, truncate(5)));
  add('replaces', (world) => world.append(8, entries(5, 3, 'y'.repeat(700))));
  add('rolls again', (world) => world.append(9, entries(8, 1, 'z'.repeat(900))));
  add('cuts', (world) => world.journal.cut(6, 7));
  add('larger than a segment', (world) => world.append(10, entries(9, 1, 'L'.repeat(2600))));
  add('last', (world) => world.append(11, note('end')));
  return steps;
}

/** Runs the session's first steps, with `completions` disk completions after the last of them. */
function stopped(steps: readonly Step[], completions: number): { world: World; more: boolean } {
  const world = World.open();
  steps.forEach((step, at) => {
    step.run(world);
    // Some syncs are left under way, so that the next steps gather behind them.
    if (at < steps.length - 1 && at % 3 !== 1) world.disk.pump();
  });
  return { world, more: world.disk.pump(completions) === completions };
}

/** What each token wrote, so that recovery can be held against it. */
function payloadsOf(steps: readonly Step[]): string[] {
  const world = World.open();
  const written: string[] = [];
  const { append } = world.journal;
  world.journal.append = (token, frame) => {
    written[token] = Buffer.concat(frame.payload).toString();
    append.call(world.journal, token, frame);
  };
  for (const step of steps) step.run(world);
  return written;
}

function check(world: World, written: readonly string[], appended: number, cutTokens: number, what: string): void {
  if (world.tail !== 'clean' && world.tail !== 'torn') throw new Error(`${what}: ${world.tail}`);
  const durable = world.durable.at(-1) ?? 0;
  if (durable !== 0) throw new Error(`${what}: a new life reported a token`);
  // A contiguous stretch of what was written, in order; cut segments may be missing at its beginning.
  const first = world.payloads.length === 0 ? appended + 1 : written.indexOf(world.payloads[0]!);
  if (first > cutTokens + 1 && world.payloads.length > 0) throw new Error(`${what}: begins with token ${first}`);
  world.payloads.forEach((payload, at) => {
    if (payload !== written[first + at]) throw new Error(`${what}: frame ${at} is not that of token ${first + at}`);
  });
}

describe('a power cut', () => {
  const all = session();
  const written = payloadsOf(all);

  it.each(all.map((step, at) => [step.what, at + 1] as const))(
    'during "%s" leaves a journal between the last synced and the last written',
    (_what, count) => {
      const steps = all.slice(0, count);
      const appended = count === 1 ? 1 : count === 2 ? 4 : count < 8 ? count + 2 : count === 8 ? 9 : count + 1;
      let states = 0;
      for (let completions = 0, more = true; more; completions++) {
        const point = stopped(steps, completions);
        more = point.more;
        const synced = point.world.durable.at(-1) ?? 0;
        for (const { what, crash } of crashesOf(point.world.disk)) {
          const where = `after ${completions} completions, ${what}`;
          const after = World.open(point.world.disk.crash(crash));
          check(after, written, appended, count >= 8 ? 6 : 0, where);
          const last = after.payloads.length === 0 ? 0 : written.indexOf(after.payloads.at(-1)!);
          if (last < synced)
            throw new Error(`${where}: token ${synced} was reported durable, ${last} is the last found`);
          states++;
          if (states % 7 === 0) goesOn(after, where);
        }
      }
      expect(states).toBeGreaterThan(4);
    },
  );
});

/** The recovered journal takes new frames, and the next start finds all of them and no older life's. */
function goesOn(world: World, where: string): void {
  const found = world.payloads;
  world.append(1, note('new life'));
  world.disk.pump();
  if (world.durable.at(-1) !== 1) throw new Error(`${where}: the new life cannot write: ${world.failures[0]?.message}`);
  const next = World.open(world.disk.crash({ keepsSector: () => false, keepsName: () => false }));
  if (next.tail !== 'clean') throw new Error(`${where}: after the new life ${next.tail}`);
  expect(next.payloads).toEqual([...found, 'new life']);
}
