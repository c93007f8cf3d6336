/**
 * LIMIT: a base, and so a stamp of a life's first 198 days, has five bytes on the wire; later ones have six, and are as good.
 */
const bases = 2 ** 34;

/**
 * One life's clock, as others repeat it: whole milliseconds from a base that is drawn for each life. What comes back tells how long
 * ago it left, by this clock alone, however long it waited on its way: in a network, in a broker that was stopped, in the socket of a
 * process that slept. A stamp of a former life is told by being none of this one's.
 */
export class LifeClock {
  private base = 1;
  private bornAt = 0;

  /** `incarnation`: a random number of this life. */
  begin(now: number, incarnation: number): void {
    this.bornAt = now;
    this.base = 1 + (incarnation % bases);
  }

  /** Never 0, which stands for none. */
  stamp(now: number): number {
    return this.base + Math.floor(now - this.bornAt);
  }

  /** From when that stamp was the present one; undefined: never in this life. */
  timeOf(stamp: number, now: number): number | undefined {
    return stamp >= this.base && stamp <= this.stamp(now) ? this.bornAt + (stamp - this.base) : undefined;
  }
}

/** What a beat, and its answer, tell of clocks. */
export interface Beat {
  /** The sender's clock when it left. */
  readonly at: number;
  /** To each receiver, in an order that both know: of the receiver's own clock, when what the sender says was surely so. 0: not known. */
  readonly echoes: readonly number[];
}
