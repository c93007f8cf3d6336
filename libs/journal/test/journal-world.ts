import type { Frame, OpenedJournal, StoredFrame } from '@synod/actor-host';
import { MemoryDisk, SegmentedJournal } from '../src/index.js';
import type { Disk, JournalOptions } from '../src/index.js';

export const owner = { cluster: 'test', replica: 'r1' };

/** A journal on a memory disk, moved by hand. */
export class World {
  readonly journal: SegmentedJournal;
  readonly frames: StoredFrame[] = [];
  readonly durable: number[] = [];
  readonly failures: Error[] = [];
  result: OpenedJournal | Error | undefined;

  constructor(
    readonly disk = new MemoryDisk(),
    options: Partial<JournalOptions> = {},
  ) {
    const pace = { now: () => 0, later: (run: () => void) => disk.later(run) };
    this.journal = new SegmentedJournal({ disk, pace, ...owner, segmentBytes: 2048, ...options });
    this.journal.onDurable = (token) => void this.durable.push(token);
    this.journal.onFailed = (error) => void this.failures.push(error);
    this.journal.open(
      (frame) => void this.frames.push(frame),
      (result) => (this.result = result),
    );
  }

  /** Opened, with all disk work done. */
  static open(disk?: MemoryDisk, options?: Partial<JournalOptions>): World {
    const world = new World(disk, options);
    world.disk.pump();
    return world;
  }

  get tail(): string {
    if (this.result === undefined) return 'still recovering';
    return this.result instanceof Error ? this.result.message : this.result.tail;
  }

  get payloads(): string[] {
    return this.frames.map(textOf);
  }

  append(token: number, frame: Frame): void {
    this.journal.append(token, frame);
    this.journal.flush();
  }

  read(from: number, through = Infinity, maxBytes = Infinity): readonly StoredFrame[] {
    let answer: readonly StoredFrame[] | undefined;
    this.journal.read(from, through, maxBytes, (frames) => (answer = frames));
    this.disk.pump();
    if (answer === undefined) throw new Error('read was not answered');
    return answer;
  }
}

export function note(text: string): Frame {
  return { type: 1, payload: [Buffer.from(text)] };
}

export function entries(first: number, count: number, text: string): Frame {
  return { type: 2, payload: [Buffer.from(`${first}+${count} `), Buffer.from(text)], log: { first, count } };
}

export function truncate(from: number): Frame {
  return { type: 3, payload: [Buffer.from(`truncate ${from}`)], truncateFrom: from };
}

export function textOf(frame: StoredFrame): string {
  return Buffer.from(frame.payload).toString();
}

export function diskOf(world: World): Disk {
  return world.disk;
}
