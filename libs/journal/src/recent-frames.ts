import type { Frame } from '@synod/actor-host';

/** The youngest frames, by sequence, so that what was just appended is applied and sent without touching the disk. */
export class RecentFrames {
  private slots: (Frame | undefined)[] = new Array<Frame | undefined>(1024).fill(undefined);
  private sizes = new Uint32Array(1024);
  private oldest = 1;
  private next = 1;
  private bytes = 0;

  constructor(
    private readonly maxBytes: number,
    private readonly maxFrames = 8192,
  ) {}

  /** Begins anew at this sequence. */
  startAt(sequence: number): void {
    this.oldest = sequence;
    this.next = sequence;
  }

  /** `frame` undefined: one that nobody will read. */
  add(frame: Frame | undefined, bytes: number): void {
    if (this.next - this.oldest === this.slots.length) this.grow();
    const slot = this.next++ & (this.slots.length - 1);
    this.slots[slot] = frame;
    this.sizes[slot] = frame === undefined ? 0 : bytes;
    this.bytes += this.sizes[slot]!;
  }

  get(sequence: number): Frame | undefined {
    return sequence >= this.oldest && sequence < this.next ? this.slots[sequence & (this.slots.length - 1)] : undefined;
  }

  /** Forgets the oldest beyond the limit, but none after `written`: those are nowhere else. */
  evict(written: number): void {
    while (this.oldest <= written && (this.bytes > this.maxBytes || this.next - this.oldest > this.maxFrames)) {
      const slot = this.oldest++ & (this.slots.length - 1);
      this.bytes -= this.sizes[slot]!;
      this.slots[slot] = undefined;
    }
  }

  private grow(): void {
    const { slots, sizes } = this;
    this.slots = new Array<Frame | undefined>(slots.length * 2).fill(undefined);
    this.sizes = new Uint32Array(slots.length * 2);
    for (let sequence = this.oldest; sequence < this.next; sequence++) {
      this.slots[sequence & (this.slots.length - 1)] = slots[sequence & (slots.length - 1)];
      this.sizes[sequence & (this.slots.length - 1)] = sizes[sequence & (slots.length - 1)]!;
    }
  }
}
