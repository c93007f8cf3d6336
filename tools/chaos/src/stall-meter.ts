const EVERY_MS = 20;
/** Less late than this is nothing. */
const LATE_MS = 30;

/**
 * How long this machine gave this process no turn. Where the processor belongs to others for seconds, a group that does
 * not answer has not failed: times are counted without these.
 */
export class StallMeter {
  private stalled = 0;
  private last = performance.now();
  private readonly timer = setInterval(() => this.look(), EVERY_MS);

  /** Milliseconds of a clock that stands still while this process does. */
  get now(): number {
    return this.last - this.stalled + Math.min(performance.now() - this.last, EVERY_MS + LATE_MS);
  }

  private look(): void {
    const now = performance.now();
    const late = now - this.last - EVERY_MS;
    if (late > LATE_MS) this.stalled += late;
    this.last = now;
  }

  get stalledMs(): number {
    return this.stalled;
  }

  close(): void {
    clearInterval(this.timer);
  }
}
