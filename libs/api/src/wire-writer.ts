/** Writes protobuf fields into bytes of a size known beforehand: one allocation per message. */
export class WireWriter {
  private position = 0;

  /** `bytes`: memory of that size to write into; every byte of it must be written. */
  constructor(
    size: number,
    readonly bytes: Uint8Array = new Uint8Array(size),
  ) {}

  varint(value: number): void {
    const { bytes } = this;
    let rest = checked(value);
    while (rest >= 0x80) {
      bytes[this.position++] = rest % 0x80 | 0x80;
      rest = rest > 0x7fffffff ? Math.floor(rest / 0x80) : rest >>> 7;
    }
    bytes[this.position++] = rest;
  }

  /** Nothing for 0, as protobuf has it. */
  number(field: number, value: number): void {
    if (value === 0) return;
    this.varint(field * 8);
    this.varint(value);
  }

  /** Also when empty. */
  blob(field: number, value: Uint8Array): void {
    this.varint(field * 8 + 2);
    this.varint(value.length);
    const { bytes, position } = this;
    // A call of set costs more than a short loop.
    if (value.length > 48) bytes.set(value, position);
    else for (let i = 0; i < value.length; i++) bytes[position + i] = value[i]!;
    this.position = position + value.length;
  }

  /** A length-delimited field whose contents are written next. Gives where they begin. */
  open(field: number, length: number): number {
    this.varint(field * 8 + 2);
    this.varint(length);
    return this.position;
  }

  optionalBlob(field: number, value: Uint8Array): void {
    if (value.length > 0) this.blob(field, value);
  }
}

/** Never more than protobuf's ten: what is infinite is refused when it is written, and must not be counted for ever before. */
export function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 0x80 && size < 10; rest = Math.floor(rest / 0x80)) size++;
  return size;
}

/** Fields up to 15 have tags of one byte. */
export function numberSize(value: number): number {
  return value === 0 ? 0 : 1 + varintSize(value);
}

export function blobSize(value: Uint8Array): number {
  return 1 + varintSize(value.length) + value.length;
}

export function optionalBlobSize(value: Uint8Array): number {
  return value.length === 0 ? 0 : blobSize(value);
}

/** A number that protobuf would silently write as another one is a mistake of ours. */
function checked(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is no integer from 0 to 2^53-1`);
  return value;
}
