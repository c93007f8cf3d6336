const slabBits = 20;
const slabBytes = 1 << slabBits;
const firstBytes = 1 << 13;
const placesOfSegment = 1 << 14;

/**
 * Records one after another, outside the JavaScript heap, and where each begins. Nothing that was written changes, so that a
 * snapshot needs no copy: it reads on up to where the log ended when it was taken.
 */
export class BlockLog {
  private readonly slabs: Uint8Array[] = [];
  /** By record: its slab and offset, in one number. */
  private readonly places: Uint32Array[] = [];
  private used = slabBytes;
  count = 0;
  /** Of all records. */
  bytes = 0;

  /** Copies the record, which is at most a slab long. */
  append(record: Uint8Array): void {
    const { length } = record;
    if (this.used + length > slabBytes) {
      this.slabs.push(new Uint8Array(firstBytes));
      this.used = 0;
    }
    const slab = this.slabs.length - 1;
    this.reserve(slab, this.used + length);
    this.slabs[slab]!.set(record, this.used);
    this.setPlace((slab << slabBits) | this.used, length);
    this.used += length;
    this.bytes += length;
    this.count++;
  }

  /** A view of the record that was appended as the n-th from 0; it stays valid. */
  at(n: number): Uint8Array {
    const [start, length] = [this.placeOf(2 * n), this.placeOf(2 * n + 1)];
    const offset = start & (slabBytes - 1);
    return this.slabs[start >>> slabBits]!.subarray(offset, offset + length);
  }

  private reserve(slab: number, bytes: number): void {
    const present = this.slabs[slab]!;
    if (present.length >= bytes) return;
    let size = present.length;
    while (size < bytes) size *= 2;
    const grown = new Uint8Array(size);
    grown.set(present);
    this.slabs[slab] = grown;
  }

  private setPlace(start: number, length: number): void {
    const at = 2 * this.count;
    const segment = (this.places[Math.floor(at / placesOfSegment)] ??= new Uint32Array(placesOfSegment));
    segment[at % placesOfSegment] = start;
    segment[(at % placesOfSegment) + 1] = length;
  }

  private placeOf(at: number): number {
    return this.places[Math.floor(at / placesOfSegment)]![at % placesOfSegment]!;
  }
}
