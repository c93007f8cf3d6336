/** A machine's monotonic clock: starts anywhere, runs a little fast or slow, never backwards; goes on while paused. */
export class DriftingClock {
  /** `rate` is local milliseconds per true millisecond. */
  constructor(
    private readonly rate: number,
    private readonly origin: number,
  ) {}

  at(trueTime: number): number {
    return this.origin + trueTime * this.rate;
  }

  /** How long a local delay really takes. */
  trueDelay(localMs: number): number {
    return localMs / this.rate;
  }
}
