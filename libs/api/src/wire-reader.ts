/** Bytes from elsewhere are not what they should be. The message says what is wrong; it never quotes contents. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
}

/** Protobuf's wire types; the others are not used here. */
export const varintType = 0;
export const bytesType = 2;

const nothing = new Uint8Array(0);

/** Reads protobuf fields in place and trusts no length: whatever is wrong is a `DecodeError`. */
export class WireReader {
  bytes: Uint8Array = nothing;
  position = 0;
  end = 0;

  start(bytes: Uint8Array, from = 0, to = bytes.length): this {
    this.bytes = bytes;
    this.position = from;
    this.end = to;
    return this;
  }

  get more(): boolean {
    return this.position < this.end;
  }

  /** An unsigned integer up to 2^53-1. */
  varint(): number {
    const first = this.position < this.end ? this.bytes[this.position]! : 0x80;
    if (first < 0x80) {
      this.position++;
      return first;
    }
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 10; i++) {
      if (this.position >= this.end) throw new DecodeError('the message ends within a number');
      const byte = this.bytes[this.position++]!;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        if (value > Number.MAX_SAFE_INTEGER) throw new DecodeError('an integer above 2^53-1');
        return value;
      }
      scale *= 128;
    }
    throw new DecodeError('a number of more than 10 bytes');
  }

  uint32(): number {
    const value = this.varint();
    if (value > 0xffffffff) throw new DecodeError('an integer above 2^32-1 in a 32-bit field');
    return value;
  }

  /** Field number and wire type: `number * 8 + type`. */
  tag(): number {
    const tag = this.varint();
    if (tag < 8 || tag > 0xffffffff) throw new DecodeError('a field number out of range');
    return tag;
  }

  /** Goes past a length-delimited field and gives where it begins; it ends at the new `position`. */
  span(): number {
    const length = this.varint();
    const from = this.position;
    if (length > this.end - from) throw new DecodeError('a field is longer than its message');
    this.position = from + length;
    return from;
  }

  /** A view, not a copy. */
  view(): Uint8Array {
    const from = this.span();
    return this.bytes.subarray(from, this.position);
  }

  boolean(): boolean {
    return this.varint() !== 0;
  }

  /** Text of at most `maxBytes`; invalid UTF-8 is refused. */
  text(maxBytes: number): string {
    const from = this.span();
    if (this.position - from > maxBytes) throw new DecodeError(`a text of more than ${maxBytes} bytes`);
    try {
      return utf8.decode(this.bytes.subarray(from, this.position));
    } catch {
      throw new DecodeError('a text that is not UTF-8');
    }
  }

  /** One subject token: 1 to 32 of a-z, 0-9 and the hyphen. */
  token(): string {
    const token = this.text(32);
    if (!isToken(token)) throw new DecodeError('a name that is not 1 to 32 of a-z, 0-9 and -');
    return token;
  }

  skip(type: number): void {
    if (type === varintType) this.skipVarint();
    else if (type === bytesType) this.span();
    else if (type === 1 || type === 5) this.skipFixed(type === 1 ? 8 : 4);
    else throw new DecodeError(`wire type ${type}`);
  }

  private skipVarint(): void {
    for (let i = 0; i < 10; i++) {
      if (this.position >= this.end) break;
      if (this.bytes[this.position++]! < 0x80) return;
    }
    throw new DecodeError('a number without end');
  }

  private skipFixed(bytes: number): void {
    if (this.end - this.position < bytes) throw new DecodeError('a field is longer than its message');
    this.position += bytes;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What may stand between two dots of a subject. */
export function isToken(text: string): boolean {
  return /^[a-z0-9-]{1,32}$/.test(text);
}
