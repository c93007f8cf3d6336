/** A recording that is not one, is damaged, or was made by another release. */
export class UnreadableRecording extends Error {
  override readonly name = 'UnreadableRecording';
}

const blockBytes = 64 * 1024;
/** Characters of a text whose length is one byte, whatever they are: names and kinds, which are written all the time. */
const shortText = 40;
const textEncoder = new TextEncoder();
const textDecoder = new TextDecoder('utf-8', { fatal: true });

/** Bytes that grow by blocks: nothing is copied twice, and nothing is held that is not filled. */
export class ByteWriter {
  private readonly full: Uint8Array[] = [];
  private fullBytes = 0;
  private block = Buffer.alloc(0);
  private at = 0;

  get length(): number {
    return this.fullBytes + this.at;
  }

  /** What was written so far, in order; valid until more is written. */
  parts(): readonly Uint8Array[] {
    return [...this.full, this.block.subarray(0, this.at)];
  }

  byte(value: number): void {
    this.reserve(1);
    this.block[this.at++] = value;
  }

  /** A non-negative integer up to 2^53-1, seven bits a byte. */
  whole(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is no count, place or number of any`);
    this.reserve(8);
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.block[this.at++] = rest % 0x80 | 0x80;
    this.block[this.at++] = rest;
  }

  float(value: number): void {
    this.reserve(8);
    this.at = this.block.writeDoubleLE(value, this.at);
  }

  blob(bytes: Uint8Array): void {
    this.blobOf([bytes]);
  }

  /** Several pieces that are one. */
  blobOf(pieces: readonly Uint8Array[]): void {
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    this.whole(length);
    this.reserve(length);
    for (const piece of pieces) {
      this.block.set(piece, this.at);
      this.at += piece.length;
    }
  }

  text(value: string): void {
    if (value.length > shortText) return this.blob(textEncoder.encode(value));
    this.reserve(1 + 3 * shortText);
    const length = this.block.write(value, this.at + 1);
    this.block[this.at] = length;
    this.at += 1 + length;
  }

  private reserve(length: number): void {
    if (this.at + length <= this.block.length) return;
    if (this.at > 0) this.full.push(this.block.subarray(0, this.at));
    this.fullBytes += this.at;
    this.block = Buffer.allocUnsafeSlow(Math.max(blockBytes, length));
    this.at = 0;
  }
}

/** Reads the same back. Throws `UnreadableRecording` for what cannot have been written. */
export class ByteReader {
  private readonly view: DataView;
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get more(): boolean {
    return this.at < this.bytes.length;
  }

  byte(): number {
    return this.bytes[this.advance(1)]!;
  }

  whole(): number {
    let value = 0;
    for (let place = 1; ; place *= 0x80) {
      const byte = this.byte();
      value += (byte % 0x80) * place;
      if (!Number.isSafeInteger(value)) throw new UnreadableRecording('a number that is none');
      if (byte < 0x80) return value;
    }
  }

  /** A number of things that follow, each of at least one byte. */
  count(): number {
    const count = this.whole();
    if (count > this.bytes.length - this.at) throw new UnreadableRecording('more of something than there is room for');
    return count;
  }

  float(): number {
    return this.view.getFloat64(this.advance(8), true);
  }

  /** A copy. */
  blob(): Uint8Array {
    const length = this.count();
    const from = this.advance(length);
    return new Uint8Array(this.bytes.subarray(from, from + length));
  }

  text(): string {
    try {
      return textDecoder.decode(this.blob());
    } catch (error) {
      throw error instanceof UnreadableRecording ? error : new UnreadableRecording('a text that is none');
    }
  }

  private advance(length: number): number {
    const from = this.at;
    if (length > this.bytes.length - from) throw new UnreadableRecording('it ends in the middle of something');
    this.at += length;
    return from;
  }
}
