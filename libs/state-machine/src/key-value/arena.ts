const slabBytes = 1 << 20;
/** What a slab has of it at first: a small group with values of many sizes must not hold a megabyte for each. */
const firstBytes = 1 << 13;
const granuleBits = 4;
const slabBits = 20 - granuleBits;
const granuleMask = (1 << slabBits) - 1;
/** Emptied slabs kept at hand, so that a store that grows and shrinks around a boundary does not allocate each time. */
const sparesMost = 8;

/** Up to one megabyte outside the JavaScript heap, cut into slots of one size. */
export class Slab {
  /** Ask for these anew after an allocation: they are others once the slab has grown. */
  bytes = new Uint8Array(firstBytes);
  view = new DataView(this.bytes.buffer);
  slotBytes = 0;
  used = 0;
  /** Offset of the first released slot, which holds the offset of the next one; -1: none. */
  released = -1;
  /** Where slots begin that were never used. */
  fresh = 0;

  constructor(readonly id: number) {}

  get hasRoom(): boolean {
    return this.released >= 0 || this.fresh + this.slotBytes <= slabBytes;
  }

  /** The next slot that was never used. */
  takeFresh(): number {
    const offset = this.fresh;
    this.fresh += this.slotBytes;
    if (this.fresh > this.bytes.length) this.grow(this.fresh);
    return offset;
  }

  private grow(bytes: number): void {
    const grown = new Uint8Array(
      Math.min(slabBytes, Math.max(2 * this.bytes.length, 1 << (32 - Math.clz32(bytes - 1)))),
    );
    grown.set(this.bytes);
    this.bytes = grown;
    this.view = new DataView(grown.buffer);
  }
}

/**
 * Memory for records, off the heap: a million of them as objects would cost hundreds of megabytes of heap and garbage
 * collection pauses of tens to hundreds of milliseconds, during which no heartbeat leaves.
 *
 * A slab serves one slot size at a time. It becomes free for any other size when its last slot is released, so that
 * changing value sizes do not leave memory behind that nothing can use.
 */
export class Arena {
  readonly slabs: Slab[] = [];
  /** By slot size in granules: slabs of that size with room. */
  private readonly withRoom: (Slab[] | undefined)[] = [];
  private readonly spares: Slab[] = [];
  private readonly freeIds: number[] = [];

  /** A pointer to at least `bytes` bytes of unspecified content. */
  allocate(bytes: number): number {
    const slotBytes = slotSize(bytes);
    const candidates = (this.withRoom[slotBytes >> granuleBits] ??= []);
    const slab = candidates[candidates.length - 1] ?? this.open(slotBytes, candidates);
    let offset = slab.released;
    if (offset >= 0) slab.released = slab.view.getInt32(offset);
    else offset = slab.takeFresh();
    slab.used++;
    if (!slab.hasRoom) candidates.pop();
    return (slab.id << slabBits) | (offset >> granuleBits);
  }

  release(pointer: number): void {
    const slab = this.slabOf(pointer);
    const candidates = this.withRoom[slab.slotBytes >> granuleBits]!;
    if (!slab.hasRoom) candidates.push(slab);
    const offset = offsetOf(pointer);
    slab.view.setInt32(offset, slab.released);
    slab.released = offset;
    slab.used--;
    if (slab.used === 0) this.close(slab, candidates);
  }

  /** Whether an allocation of `bytes` would get a slot of the same size as this one. */
  fits(pointer: number, bytes: number): boolean {
    return this.slabOf(pointer).slotBytes === slotSize(bytes);
  }

  slabOf(pointer: number): Slab {
    return this.slabs[pointer >> slabBits]!;
  }

  /** Memory held, in bytes. */
  get heldBytes(): number {
    return this.slabs.reduce((sum, slab) => sum + slab.bytes.length, 0);
  }

  private open(slotBytes: number, candidates: Slab[]): Slab {
    const slab = this.spares.pop() ?? new Slab(this.freeIds.pop() ?? this.slabs.length);
    this.slabs[slab.id] = slab;
    slab.slotBytes = slotBytes;
    slab.released = -1;
    slab.fresh = 0;
    candidates.push(slab);
    return slab;
  }

  private close(slab: Slab, candidates: Slab[]): void {
    candidates.splice(candidates.lastIndexOf(slab), 1);
    if (this.spares.length < sparesMost) this.spares.push(slab);
    else {
      delete this.slabs[slab.id];
      this.freeIds.push(slab.id);
    }
  }
}

/** Where a pointer's slot begins in its slab. */
export function offsetOf(pointer: number): number {
  return (pointer & granuleMask) << granuleBits;
}

/** In granules up to 512 bytes, then in eighths of a power of two: at most an eighth is lost. */
function slotSize(bytes: number): number {
  const step = bytes <= 512 ? 1 << granuleBits : 1 << (28 - Math.clz32(bytes - 1));
  return (bytes + step - 1) & -step;
}
