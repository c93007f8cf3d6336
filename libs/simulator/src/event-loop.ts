import type { Clock, Scheduler } from '@synod/actor-host';
import type { DriftingClock } from './clock.js';
import type { Random } from './random.js';
import type { Timeline } from './timeline.js';

/** Rounding must not let a timer fire early: it fires so much later. */
const roundingMs = 1e-6;
/** A process that wakes reads so many messages at most before it takes a turn, as sockets give them in pieces. */
const messagesPerPoll = 32;
const pollMs = 0.02;

export interface LoopTiming {
  /** How long what came waits at most before a turn takes it together with what came since. */
  readonly wakeMs: number;
  /** False: timers fire only by `ring`. */
  readonly timersRun: boolean;
}

interface Call {
  readonly label: string;
  readonly fire: () => void;
}

/**
 * The event loop of one process in virtual time, on its machine's clock. While it is paused, as by SIGSTOP, nothing runs;
 * when it goes on, first comes every timer whose time has passed, then what gathered in the sockets, piece by piece.
 */
export class EventLoop implements Clock, Scheduler {
  /** What `schedule` is asked for now, for `ring`. */
  label = '';
  private pausedUntil = 0;
  private ended = false;
  private dueTimers: (() => void)[] = [];
  private sockets: (() => void)[] = [];
  private immediates: (() => void)[] = [];
  /** Timers that do not run by themselves. */
  private readonly calls = new Set<Call>();

  constructor(
    private readonly timeline: Timeline,
    private readonly clock: DriftingClock,
    private readonly random: Random,
    private readonly timing: LoopTiming,
    /** Runs after whatever ran here. */
    private readonly afterwards: () => void,
  ) {}

  now(): number {
    return this.clock.at(this.timeline.now);
  }

  schedule(delayMs: number, fire: () => void): () => void {
    if (!this.timing.timersRun) return this.remember({ label: this.label, fire });
    const scheduled = this.timeline.after(this.clock.trueDelay(delayMs) + roundingMs, () => {
      if (this.ended) return;
      if (this.paused) this.dueTimers.push(() => scheduled.cancelled || fire());
      else this.run(fire);
    });
    return () => void (scheduled.cancelled = true);
  }

  soon(run: () => void): void {
    this.timeline.after(this.random.between(0, this.timing.wakeMs), () => {
      if (this.ended) return;
      if (this.paused) this.immediates.push(run);
      else this.run(run);
    });
  }

  /** A socket or the disk gives something. */
  poll(run: () => void): void {
    if (this.ended) return;
    if (this.paused || this.sockets.length > 0) this.sockets.push(run);
    else this.run(run);
  }

  /** Fires the timers that were set under this label and do not run by themselves. */
  ring(label: string): void {
    for (const call of [...this.calls]) {
      if (call.label !== label || !this.calls.delete(call)) continue;
      this.label = label;
      this.run(call.fire);
      this.label = '';
    }
  }

  get paused(): boolean {
    return this.pausedUntil > this.timeline.now;
  }

  /** Paused, and nothing is known that ends it. */
  get stopped(): boolean {
    return this.pausedUntil === Infinity;
  }

  pause(forMs: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.timeline.now + forMs);
    if (!this.stopped) this.timeline.at(this.pausedUntil, () => this.goOn());
  }

  resume(): void {
    this.pausedUntil = 0;
    this.goOn();
  }

  /** Nothing runs any more. */
  end(): void {
    this.ended = true;
    this.dueTimers = this.sockets = this.immediates = [];
    this.calls.clear();
  }

  private goOn(): void {
    if (this.ended || this.paused) return;
    this.runAll(this.dueTimers.splice(0));
    this.readSockets();
    this.runAll(this.immediates.splice(0));
  }

  private readSockets(): void {
    this.runAll(this.sockets.splice(0, 1 + this.random.below(messagesPerPoll)));
    if (this.sockets.length === 0) return;
    this.timeline.after(pollMs, () => {
      if (!this.ended && !this.paused) this.readSockets();
    });
  }

  private runAll(list: readonly (() => void)[]): void {
    for (const run of list) if (!this.ended) this.run(run);
  }

  private run(run: () => void): void {
    run();
    this.afterwards();
  }

  private remember(call: Call): () => void {
    this.calls.add(call);
    return () => void this.calls.delete(call);
  }
}
