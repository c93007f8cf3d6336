import type { Clock } from './ports.js';

/** Up to here a timer may be late without a stall of the event loop being suspected. */
const lateMs = 20;
/** How much longer a late timer waits for messages that the sockets still hold. */
const graceMs = 50;

interface Timer {
  running: boolean;
  deadline: number;
  /** The clock has told that the deadline passed; only then may the timer fire. */
  due: boolean;
  /** Due, but so late that others' messages may go first until then. */
  graceUntil: number;
  /** When the clock calls next for this timer; Infinity when no call is pending. */
  callAt: number;
  cancel: () => void;
}

/**
 * The actor's named timers. An election timer is restarted by every message of a leader, so a restart only moves the
 * deadline: the clock's call, when it comes too early, is renewed for the rest. A stop or restart voids an expiry that
 * was noticed and not yet stepped.
 */
export class Timers<Name extends string> {
  private readonly timers = new Map<Name, Timer>();
  private readonly endOfTurn = new Set<Name>();

  constructor(
    private readonly clock: Clock,
    /** Some timer has become due. */
    private readonly wake: () => void,
  ) {}

  /** Zero delay is the end of this turn. */
  start(name: Name, delayMs: number): void {
    this.stop(name);
    if (delayMs <= 0) {
      this.endOfTurn.add(name);
      return;
    }
    let timer = this.timers.get(name);
    if (!timer) {
      timer = { running: false, deadline: 0, due: false, graceUntil: 0, callAt: Infinity, cancel: () => undefined };
      this.timers.set(name, timer);
    }
    timer.running = true;
    timer.deadline = this.clock.now() + delayMs;
    if (timer.callAt > timer.deadline) this.call(timer);
  }

  stop(name: Name): void {
    this.endOfTurn.delete(name);
    const timer = this.timers.get(name);
    if (timer) timer.running = timer.due = false;
  }

  stopAll(): void {
    this.endOfTurn.clear();
    for (const timer of this.timers.values()) timer.cancel();
    this.timers.clear();
  }

  get hasEndOfTurn(): boolean {
    return this.endOfTurn.size > 0;
  }

  /** The zero-delay timers that are set now, in the order in which they were; each at most once a call. */
  fireEndOfTurn(fire: (name: Name) => void): void {
    for (const name of [...this.endOfTurn]) if (this.endOfTurn.delete(name)) fire(name);
  }

  /**
   * Fires what is due, oldest deadline first. `more` says that others' messages were still coming in this turn: then a
   * timer that is so late that the event loop must have stalled waits a little for the rest of them, since what it
   * was waiting for may be among them. Tells whether one waits.
   */
  fireDue(more: boolean, fire: (name: Name) => void): boolean {
    const due = [...this.timers].filter(([, timer]) => timer.due);
    if (due.length === 0) return false;
    due.sort(([, a], [, b]) => a.deadline - b.deadline);
    let waits = false;
    for (const [name, timer] of due) {
      if (!timer.due) continue;
      if (more && this.clock.now() < timer.graceUntil) {
        waits = true;
        continue;
      }
      timer.due = timer.running = false;
      fire(name);
    }
    return waits;
  }

  private call(timer: Timer): void {
    timer.cancel();
    timer.callAt = timer.deadline;
    timer.cancel = this.clock.schedule(timer.deadline - this.clock.now(), () => this.called(timer));
  }

  private called(timer: Timer): void {
    timer.callAt = Infinity;
    if (!timer.running) return;
    const now = this.clock.now();
    if (timer.deadline > now) return this.call(timer);
    timer.due = true;
    timer.graceUntil = now - timer.deadline > lateMs ? now + graceMs : 0;
    this.wake();
  }
}
