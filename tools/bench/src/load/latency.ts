/** Buckets per doubling: each is 2.2 % wide. */
const perDoubling = 32;
const doublings = 32;

export interface Quantiles {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** Latencies in logarithmic buckets of microseconds: constant memory, however long the run. All values are milliseconds. */
export class Latency {
  private readonly counts = new Float64Array(perDoubling * doublings);
  private largest = 0;
  count = 0;

  record(ms: number): void {
    const bucket = Math.floor(Math.log2(ms * 1000 + 1) * perDoubling);
    this.counts[Math.min(bucket, this.counts.length - 1)]!++;
    this.count++;
    if (ms > this.largest) this.largest = ms;
  }

  clear(): void {
    this.counts.fill(0);
    this.count = 0;
    this.largest = 0;
  }

  /** The middle of the bucket in which the share lies; 0 when nothing was recorded. */
  quantile(share: number): number {
    let left = Math.ceil(share * this.count);
    if (left === 0) return 0;
    let bucket = 0;
    while ((left -= this.counts[bucket]!) > 0) bucket++;
    return Math.min(this.largest, (2 ** ((bucket + 0.5) / perDoubling) - 1) / 1000);
  }

  quantiles(): Quantiles {
    return { p50: this.quantile(0.5), p99: this.quantile(0.99), p999: this.quantile(0.999), max: this.largest };
  }
}
