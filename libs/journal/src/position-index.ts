/** Where one frame with log positions stands. */
export interface Entry {
  readonly first: number;
  /** Positions of it that are still valid; a truncation may have cut into it. */
  readonly count: number;
  /** Whether a truncation cut into it: positions from `first + count` on are void. */
  readonly clipped: boolean;
  readonly sequence: number;
  readonly segment: number;
  readonly position: number;
  readonly bytes: number;
}

const clippedFlag = 1;

/**
 * From log position to frame, for the whole journal, in typed arrays: some 37 bytes a frame and nothing for the garbage
 * collector to visit. Sorted by first position and by place alike.
 */
export class PositionIndex {
  private start = 0;
  private end = 0;
  private firsts = new Float64Array(256);
  private sequences = new Float64Array(256);
  private counts = new Uint32Array(256);
  private segments = new Uint32Array(256);
  private positions = new Uint32Array(256);
  private sizes = new Uint32Array(256);
  private flags = new Uint8Array(256);

  get length(): number {
    return this.end - this.start;
  }

  /** A frame that begins at or below the last position supersedes what was there. */
  add(first: number, count: number, sequence: number, segment: number, position: number, bytes: number): void {
    this.truncateFrom(first);
    if (this.end === this.firsts.length) this.makeRoom();
    const at = this.end++;
    this.firsts[at] = first;
    this.counts[at] = count;
    this.sequences[at] = sequence;
    this.segments[at] = segment;
    this.positions[at] = position;
    this.sizes[at] = bytes;
    this.flags[at] = 0;
  }

  truncateFrom(position: number): void {
    while (this.end > this.start && this.firsts[this.end - 1]! >= position) this.end--;
    const last = this.end - 1;
    if (last < this.start || this.firsts[last]! + this.counts[last]! <= position) return;
    this.counts[last] = position - this.firsts[last]!;
    this.flags[last] = clippedFlag;
  }

  dropThroughSegment(segment: number): void {
    this.start = this.afterSegment(segment);
  }

  /** The last valid position in this segment and all before; 0 when they hold none. */
  lastPositionThrough(segment: number): number {
    const at = this.afterSegment(segment) - 1;
    return at < this.start ? 0 : this.firsts[at]! + this.counts[at]! - 1;
  }

  /** The rank of the frame that holds a position; -1 when none does. */
  find(position: number): number {
    const at = this.search((i) => this.firsts[i]! > position) - 1;
    return at >= this.start && position < this.firsts[at]! + this.counts[at]! ? at - this.start : -1;
  }

  at(rank: number): Entry {
    const at = this.start + rank;
    return {
      first: this.firsts[at]!,
      count: this.counts[at]!,
      clipped: this.flags[at] === clippedFlag,
      sequence: this.sequences[at]!,
      segment: this.segments[at]!,
      position: this.positions[at]!,
      bytes: this.sizes[at]!,
    };
  }

  private afterSegment(segment: number): number {
    return this.search((i) => this.segments[i]! > segment);
  }

  /** The first place for which `isAfter` holds. */
  private search(isAfter: (at: number) => boolean): number {
    let low = this.start;
    let high = this.end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isAfter(middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private makeRoom(): void {
    const size = this.length * 2 > this.firsts.length ? this.firsts.length * 2 : this.firsts.length;
    this.firsts = this.moved(this.firsts, new Float64Array(size));
    this.sequences = this.moved(this.sequences, new Float64Array(size));
    this.counts = this.moved(this.counts, new Uint32Array(size));
    this.segments = this.moved(this.segments, new Uint32Array(size));
    this.positions = this.moved(this.positions, new Uint32Array(size));
    this.sizes = this.moved(this.sizes, new Uint32Array(size));
    this.flags = this.moved(this.flags, new Uint8Array(size));
    this.end -= this.start;
    this.start = 0;
  }

  private moved<A extends Float64Array | Uint32Array | Uint8Array>(from: A, to: A): A {
    to.set(from.subarray(this.start, this.end));
    return to;
  }
}
