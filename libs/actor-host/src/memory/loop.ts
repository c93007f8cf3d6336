import type { Clock, Scheduler } from '../ports.js';

interface Call {
  readonly at: number;
  readonly fire: () => void;
}

/** An event loop whose time stands still until it is told to pass. Its phases are Node's: timers, then sockets, then `soon`. */
export class MemoryLoop implements Clock, Scheduler {
  private time = 0;
  private calls: Call[] = [];
  private sockets: (() => void)[] = [];
  private immediates: (() => void)[] = [];

  /** Timers that are set. */
  get waiting(): number {
    return this.calls.length;
  }

  now(): number {
    return this.time;
  }

  schedule(delayMs: number, fire: () => void): () => void {
    const call = { at: this.time + Math.max(delayMs, 0), fire };
    this.calls.push(call);
    return () => void (this.calls = this.calls.filter((other) => other !== call));
  }

  soon(run: () => void): void {
    this.immediates.push(run);
  }

  /** What a socket gives when it is polled next. */
  poll(run: () => void): void {
    this.sockets.push(run);
  }

  /** Goes round until nothing is left to do at this moment. */
  settle(): void {
    for (let rounds = 0; this.round(); rounds++) if (rounds > 10_000) throw new Error('the loop never comes to rest');
  }

  /** Lets time pass; each timer fires at its own moment. */
  advance(ms: number): void {
    const end = this.time + ms;
    this.settle();
    for (let next = this.earliest(); next && next.at <= end; next = this.earliest()) {
      this.time = Math.max(this.time, next.at);
      this.settle();
    }
    this.time = end;
  }

  /** Time passes and nothing runs: a long collection of garbage, a SIGSTOP. */
  stall(ms: number): void {
    this.time += ms;
  }

  /** Once through all phases; false when there was nothing to do. */
  round(): boolean {
    const due = this.calls.filter((call) => call.at <= this.time).sort((a, b) => a.at - b.at);
    for (const call of due) {
      if (!this.calls.includes(call)) continue;
      this.calls = this.calls.filter((other) => other !== call);
      call.fire();
    }
    const sockets = this.sockets.splice(0);
    for (const run of sockets) run();
    const immediates = this.immediates.splice(0);
    for (const run of immediates) run();
    return due.length + sockets.length + immediates.length > 0;
  }

  private earliest(): Call | undefined {
    return this.calls.reduce<Call | undefined>(
      (first, call) => (first && first.at <= call.at ? first : call),
      undefined,
    );
  }
}
