import fc from 'fast-check';
import type { Frame } from '@synod/actor-host';
import type { Crash } from '../src/index.js';
import { entries, note, textOf, truncate, World } from './journal-world.js';

type Command =
  | { readonly kind: 'note' | 'entries'; readonly bytes: number }
  | { readonly kind: 'truncate' | 'cut'; readonly back: number }
  | { readonly kind: 'pump'; readonly completions: number; readonly order: number }
  | { readonly kind: 'flush' | 'kill' }
  | { readonly kind: 'crash'; readonly mask: number };

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('note' as const), bytes: fc.nat(60) }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('entries' as const), bytes: fc.nat(1500) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('truncate' as const, 'cut' as const), back: fc.nat(6) }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('pump' as const), completions: fc.nat(30), order: fc.nat(0xffff) }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('flush' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('kill' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('crash' as const), mask: fc.nat(0xffff) }) },
);

/** A journal beside the plainest thing that behaves like one: a list. */
class Twin {
  world = World.open(undefined, { recentBytes: 1500 });
  /** All frames of the journal, and how many of them this life found when it began. */
  private history: Frame[] = [];
  private found = 0;
  private begin = 0;
  /** Positions up to here were given free. */
  private cutThrough = 0;

  get last(): number {
    return [...this.log().keys()].at(-1) ?? 0;
  }

  run(step: Command, at: number): void {
    if (step.kind === 'note') this.append(note(`${at} `.padEnd(step.bytes, 'n')));
    else if (step.kind === 'entries')
      this.append(entries(this.last + 1, 1 + (at % 3), `${at} `.padEnd(step.bytes, 'e')));
    else if (step.kind === 'truncate') this.append(truncate(Math.max(1, this.last - step.back)));
    else if (step.kind === 'cut') this.cut(step.back);
    else if (step.kind === 'pump') this.pump(step.completions, step.order);
    else if (step.kind === 'flush') this.world.journal.flush();
    else if (step.kind !== 'crash') this.restart(new World(this.world.disk.kill(), { recentBytes: 1500 }));
    else this.restart(new World(this.world.disk.crash(crashOf(step.mask)), { recentBytes: 1500 }));
    this.compareLog();
  }

  private pump(completions: number, order: number): void {
    let turn = order;
    this.world.disk.pump(completions, (waiting) => (turn = (turn * 25_173 + 13_849) & 0xffff) % waiting.length);
  }

  private append(frame: Frame): void {
    this.history.push(frame);
    this.world.journal.append(this.history.length - this.found, frame);
  }

  /** As a protocol cuts: a record that is durable repeats what is still needed, and all before may go. */
  private cut(back: number): void {
    const keep = this.world.durable.at(-1);
    if (keep === undefined) return;
    this.world.journal.cut(this.last - back, keep);
    this.cutThrough = Math.max(this.cutThrough, this.last - back);
  }

  private restart(next: World): void {
    const durable = this.found + (this.world.durable.at(-1) ?? 0);
    next.disk.pump();
    expect(['clean', 'torn']).toContain(next.tail);
    const all = this.history.map(bytesOf);
    const start = next.payloads.length === 0 ? all.length : this.startOf(all, next.payloads);
    const end = next.payloads.length === 0 ? this.begin : start + next.payloads.length;
    expect(end).toBeGreaterThanOrEqual(Math.min(durable, all.length));
    this.history = this.history.slice(0, end);
    this.begin = Math.max(this.begin, Math.min(start, end));
    this.found = end;
    this.world = next;
  }

  private startOf(all: readonly string[], payloads: readonly string[]): number {
    const start = all.findIndex((_text, at) => payloads.every((payload, i) => all[at + i] === payload));
    expect(start).toBeGreaterThanOrEqual(0);
    return start;
  }

  private log(): Map<number, string> {
    const log = new Map<number, string>();
    for (const frame of this.history) {
      const from = frame.truncateFrom ?? frame.log?.first ?? Infinity;
      for (const position of [...log.keys()]) if (position >= from) log.delete(position);
      if (frame.log === undefined) continue;
      for (let i = 0; i < frame.log.count; i++) log.set(frame.log.first + i, bytesOf(frame));
    }
    return log;
  }

  private compareLog(): void {
    const log = this.log();
    for (const position of [1, Math.ceil(this.last / 2), this.last]) {
      let answer: readonly string[] | undefined;
      this.world.journal.read(position, position, 1, (frames) => (answer = frames.map(textOf)));
      this.world.disk.pump(answer === undefined ? Infinity : 0);
      // What was cut is not there any more; what is there is right.
      if (answer!.length > 0) expect(answer).toEqual([log.get(position)]);
      else expect([position, log.has(position) && position > this.cutThrough]).toEqual([position, false]);
    }
  }
}

function bytesOf(frame: Frame): string {
  return Buffer.concat(frame.payload).toString();
}

function crashOf(mask: number): Crash {
  return {
    keepsSector: (_path, write, sector) => ((mask >> (write * 5 + sector) % 16) & 1) === 1,
    keepsName: (change) => ((mask >> (change + 3) % 16) & 1) === 1,
  };
}

describe('a random session', () => {
  it('with power cuts and kills recovers to between synced and written, and reads what a list would', () => {
    fc.assert(
      fc.property(fc.array(command, { minLength: 20, maxLength: 120, size: 'max' }), (commands) => {
        const twin = new Twin();
        commands.forEach((step, at) => twin.run(step, at));
      }),
      { numRuns: 60 },
    );
  });
});
