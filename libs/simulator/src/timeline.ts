import { Violation } from './violation.js';

/**
 * LIMIT: happenings at one moment. In a scenario nothing takes time, and a few thousand are many; so many are a loop in which time
 * stands still, and would never end.
 */
const mostAtOnce = 1_000_000;

/** Something that will happen; `cancelled` events stay queued and are passed over. */
export interface Scheduled {
  readonly time: number;
  readonly order: number;
  readonly run: () => void;
  cancelled: boolean;
}

/** Virtual time in milliseconds and what happens in it: a binary heap by time, first scheduled first at equal times. */
export class Timeline {
  now = 0;
  private readonly heap: Scheduled[] = [];
  private scheduled = 0;
  /** What has happened at the latest moment at which anything did. */
  private readonly atOnce = { time: 0, count: 0 };
  private promisesWait = false;
  private failure: Error | undefined;

  /** The past is not reachable: an earlier `time` means now. At an infinite one it never happens. */
  at(time: number, run: () => void): Scheduled {
    if (Number.isNaN(time)) throw new RangeError('something is to happen at a time that is no number');
    const event: Scheduled = { time: Math.max(time, this.now), order: this.scheduled++, run, cancelled: false };
    this.push(event);
    return event;
  }

  after(delay: number, run: () => void): Scheduled {
    return this.at(this.now + delay, run);
  }

  /** Nothing happens any more: the run ends with this error, whoever may catch what is thrown where it was found. */
  fail(error: Error): void {
    this.failure ??= error;
  }

  /** What the run failed with, thrown already or about to be. */
  get failed(): Error | undefined {
    return this.failure;
  }

  /** Runs everything due up to `time`, which becomes now. Throws what the run failed with. */
  runUntil(time: number): void {
    this.runWhile(time, () => true);
    if (time > this.now) this.now = time;
  }

  /** Some promise may have been settled: what waits for it has its turn before the next event. */
  promiseSettled(): void {
    this.promisesWait = true;
  }

  /** As `runUntil`, for worlds in which promises live: those that an event settled are done with before the next event. */
  passUntil(time: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const turn = (): void => {
        try {
          this.promisesWait = false;
          this.runWhile(time, this.noPromiseWaits);
        } catch (failure) {
          return reject(failure);
        }
        if (this.promisesWait) return whenPromisesRest(turn);
        if (time > this.now) this.now = time;
        resolve();
      };
      whenPromisesRest(turn);
    });
  }

  private readonly noPromiseWaits = (): boolean => !this.promisesWait;

  /** Moves time on without running what falls due: for scenarios, where only commands make things happen. */
  skipTo(time: number): void {
    if (time > this.now) this.now = time;
  }

  private runWhile(time: number, goesOn: () => boolean): void {
    while (goesOn()) {
      if (this.failure !== undefined) throw this.failure;
      const next = this.heap[0];
      if (next === undefined || next.time > time) break;
      this.pop();
      if (next.cancelled) continue;
      this.goOnTo(next.time);
      next.run();
    }
  }

  private goOnTo(time: number): void {
    const { atOnce } = this;
    if (time > atOnce.time) {
      atOnce.time = time;
      atOnce.count = 0;
    } else if (++atOnce.count > mostAtOnce)
      throw new Violation('Time Goes On', 'Synod simulator', `at ${time} ms ${mostAtOnce} things have happened, and it goes on: this does not end`); // prettier-ignore
    this.now = time;
  }

  private push(event: Scheduled): void {
    const heap = this.heap;
    let at = heap.length;
    heap.push(event);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(event, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = event;
  }

  private pop(): void {
    const heap = this.heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
  }
}

/** A tick that is asked for out of a promise comes when no promise has anything left to do: no timing decides that. */
function whenPromisesRest(run: () => void): void {
  microtask(() => process.nextTick(run));
}

/** The timeline's own: what runs on it is not to ask for one (a test takes it away). */
const microtask = queueMicrotask;

function before(a: Scheduled, b: Scheduled): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}
