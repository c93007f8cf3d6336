/** Where a round is: `open` undecided; `decided`; `done` answered; `failed` its outcome was not seen here. */
export const roundStates = ['open', 'decided', 'done', 'failed'] as const;
export type RoundState = (typeof roundStates)[number];

const open = 0;

/**
 * Stamps of the last rounds that this replica led, in typed arrays: every round leaves them, whether it is traced or not,
 * without allocating. Rounds are numbered from 0; a number's slot is reused `capacity` rounds later. Times are the host's
 * monotonic milliseconds, 0 where something has not happened.
 */
export class RoundRing {
  /** The number of the next round. */
  head = 0;
  readonly era: Float64Array;
  readonly first: Float64Array;
  readonly last: Float64Array;
  readonly requests: Float64Array;
  /** Answers that have not left. */
  readonly unanswered: Float64Array;
  readonly token: Float64Array;
  readonly openedAt: Float64Array;
  readonly publishedAt: Float64Array;
  readonly syncStartedAt: Float64Array;
  readonly syncEndedAt: Float64Array;
  readonly decidedAt: Float64Array;
  readonly appliedAt: Float64Array;
  readonly firstReplyAt: Float64Array;
  readonly lastReplyAt: Float64Array;
  readonly endedAt: Float64Array;
  /** The member, by its position in `members`, that completed the quorum. */
  readonly completedBy: Float64Array;
  readonly state: Uint8Array;
  readonly traceId: (string | undefined)[];
  private readonly acknowledgedAt: Float64Array;
  private readonly mask: number;

  constructor(
    readonly capacity: number,
    private readonly memberCount: number,
  ) {
    if (capacity < 2 || (capacity & (capacity - 1)) !== 0) throw new Error(`capacity ${capacity} is no power of two`);
    const column = (): Float64Array => new Float64Array(capacity);
    this.mask = capacity - 1;
    this.era = column();
    this.first = column();
    this.last = column();
    this.requests = column();
    this.unanswered = column();
    this.token = column();
    this.openedAt = column();
    this.publishedAt = column();
    this.syncStartedAt = column();
    this.syncEndedAt = column();
    this.decidedAt = column();
    this.appliedAt = column();
    this.firstReplyAt = column();
    this.lastReplyAt = column();
    this.endedAt = column();
    this.completedBy = column();
    this.state = new Uint8Array(capacity);
    this.traceId = new Array<string | undefined>(capacity).fill(undefined);
    this.acknowledgedAt = new Float64Array(capacity * memberCount);
  }

  /** The oldest number that is still here. */
  get oldest(): number {
    return Math.max(0, this.head - this.capacity);
  }

  slotOf(round: number): number {
    return round & this.mask;
  }

  /** Opens the next round and returns its number. */
  open(era: number, first: number, last: number, requests: number, at: number): number {
    const slot = this.slotOf(this.head);
    this.era[slot] = era;
    this.first[slot] = first;
    this.last[slot] = last;
    this.requests[slot] = requests;
    this.unanswered[slot] = requests;
    this.openedAt[slot] = at;
    this.token[slot] = this.publishedAt[slot] = this.syncStartedAt[slot] = this.syncEndedAt[slot] = 0;
    this.decidedAt[slot] = this.appliedAt[slot] = this.firstReplyAt[slot] = this.lastReplyAt[slot] = 0;
    this.endedAt[slot] = 0;
    this.completedBy[slot] = -1;
    this.state[slot] = open;
    this.traceId[slot] = undefined;
    this.acknowledgedAt.fill(0, slot * this.memberCount, (slot + 1) * this.memberCount);
    return this.head++;
  }

  acknowledge(slot: number, member: number, at: number): void {
    this.acknowledgedAt[slot * this.memberCount + member] = at;
  }

  /** 0 when that member has not acknowledged the round. */
  acknowledgementOf(slot: number, member: number): number {
    return this.acknowledgedAt[slot * this.memberCount + member]!;
  }

  /** The number of the round of position `index` among those from `from` on, or -1; binary search, positions rise. */
  find(index: number, from: number): number {
    let low = Math.max(from, this.oldest);
    let high = this.head - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.last[this.slotOf(middle)]! < index) low = middle + 1;
      else high = middle;
    }
    if (low > high) return -1;
    const slot = this.slotOf(low);
    return this.first[slot]! <= index && index <= this.last[slot]! ? low : -1;
  }
}
