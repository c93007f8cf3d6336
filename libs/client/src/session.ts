import { sessionWindow } from './limits.js';

/** Sequences of one session that the client numbers itself: which are out, which are settled. */
export class SequenceWindow {
  private last = 0;
  private through = 0;
  private readonly settled = new Set<number>();

  /** `session` is the log position of the entry that opened it. */
  constructor(readonly session: number) {}

  /** Every sequence up to here is settled, so the group may drop the results. */
  get acknowledgedThrough(): number {
    return this.through;
  }

  get hasRoom(): boolean {
    return this.last < this.through + sessionWindow;
  }

  take(): number {
    return ++this.last;
  }

  /** Answered, or given up. Once a later batch says so, the group does not execute a lost copy any more. */
  settle(sequence: number): void {
    this.settled.add(sequence);
    while (this.settled.delete(this.through + 1)) this.through++;
  }
}

/**
 * A session whose sequences the caller numbers: for exactly-once beyond the life of a call, such as a gateway's
 * idempotency keys. The same sequence with the same operation gives the same result, executed once, until it is acknowledged.
 * The group keeps results of at most 32 sequences above the acknowledged one; one beyond is `windowExceeded`.
 */
export class Session {
  private through = 0;
  /** By sequence, so that the same place always gives the same bytes. */
  private readonly said = new Map<number, number>();
  private readonly times = new Map<number, number>();

  /** `id` is the log position that opened it; it stays valid, whoever of the same user holds it, until the group evicts it. */
  constructor(readonly id: number) {}

  /** What the batch with this sequence says of those before. It cannot acknowledge its own answer. */
  acknowledgedBefore(sequence: number): number {
    const said = this.said.get(sequence) ?? Math.min(this.through, sequence - 1);
    if (sequence > this.through && sequence <= this.through + sessionWindow) this.said.set(sequence, said);
    return said;
  }

  /** What the batch with this sequence says of the time, if it says it: `now` the first time, and the same ever after. */
  timeAt(sequence: number, now: number): number {
    const time = this.times.get(sequence) ?? now;
    if (sequence > this.through && sequence <= this.through + sessionWindow) this.times.set(sequence, time);
    return time;
  }

  /** Results up to here are not needed any more. Told to the group with the next write of this session. */
  acknowledge(through: number): void {
    this.through = Math.max(this.through, through);
    for (const known of [this.said, this.times]) {
      for (const sequence of known.keys()) if (sequence <= through) known.delete(sequence);
    }
  }
}

/**
 * Where a write stands in a session: the same place and content again is executed once. An error's `mayHaveTakenEffect`
 * speaks of its own call; what became of an earlier one at this place is for the caller to remember.
 */
export interface SessionPlace {
  readonly session: Session;
  /** From 1. */
  readonly sequence: number;
}
