import type { Timeline } from '../timeline.js';

interface Parcel {
  readonly at: number;
  readonly bytes: number;
  readonly arrive: () => void;
}

/**
 * One direction of a TCP connection: in order, and whole or not at all. While the way is shut what was sent waits, and comes
 * as a burst afterwards, however stale it is by then.
 */
export class Pipe {
  /** Sent and not arrived. */
  pendingBytes = 0;
  private queue: Parcel[] = [];
  private awaited = false;
  private lastAt = 0;

  constructor(
    private readonly timeline: Timeline,
    private readonly delayMs: () => number,
    /** Asked at each arrival; whoever opens the way again calls `flow`. */
    readonly isShut: () => boolean,
  ) {}

  send(bytes: number, arrive: () => void): void {
    this.lastAt = Math.max(this.lastAt, this.timeline.now + this.delayMs());
    this.queue.push({ at: this.lastAt, bytes, arrive });
    this.pendingBytes += bytes;
    this.await();
  }

  /** The way may be open again. */
  flow(): void {
    this.await();
  }

  /** What is beyond the first `bytes` will not arrive. */
  dropBeyond(bytes: number): void {
    let kept = 0;
    let count = 0;
    while (count < this.queue.length && kept + this.queue[count]!.bytes <= bytes) kept += this.queue[count++]!.bytes;
    this.queue = this.queue.slice(0, count);
    this.pendingBytes = kept;
  }

  clear(): void {
    this.queue = [];
    this.pendingBytes = 0;
  }

  private await(): void {
    const first = this.queue[0];
    if (this.awaited || first === undefined) return;
    this.awaited = true;
    this.timeline.at(first.at, () => this.arrive());
  }

  private arrive(): void {
    this.awaited = false;
    for (let next = this.queue[0]; next !== undefined && next.at <= this.timeline.now; next = this.queue[0]) {
      if (this.isShut()) return;
      this.queue.shift();
      this.pendingBytes -= next.bytes;
      next.arrive();
    }
    this.await();
  }
}
