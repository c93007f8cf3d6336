/**
 * By what a segment's frames are known: four bytes with which each begins, and four more inside its header. Recovery looks for them
 * where a header is lost, and must not find them in what a client has written.
 *
 * In an open segment they are `SFRM` and the segment's number, which anybody can write; so no frame is put there that holds these
 * letters. One that does goes into a segment with a secret: eight random bytes, in its header before any frame is, which are shown to
 * nobody. Who chooses bytes without seeing the disk meets them once in 2^63 tries, and a mebibyte has room for fewer than
 * 2^15. They are more than another beginning of the checksum would be: one of 32 bits is met by some hundred gibibytes.
 */
export interface Mark {
  /** Everybody knows it. */
  readonly isOpen: boolean;
  readonly first: number;
  readonly second: number;
  /** How a search finds `first`. */
  readonly bytes: Uint8Array;
}

/** `SFRM` */
const open: Uint8Array = Buffer.from('SFRM', 'latin1');

export function openMark(segment: number): Mark {
  return { isOpen: true, first: Buffer.from(open).readUInt32LE(), second: segment, bytes: open };
}

export const secretBytes = 8;

export function secretMark(secret: Uint8Array): Mark {
  const words = Buffer.from(secret);
  return { isOpen: false, first: words.readUInt32LE(0), second: words.readUInt32LE(4), bytes: words.subarray(0, 4) };
}

/** Drawn until no byte is zero: else a sector of zeros might be half of a mark. */
export function drawSecret(random: (bytes: number) => Uint8Array): Uint8Array {
  for (;;) {
    const secret = random(secretBytes);
    if (isSecret(secret)) return secret;
  }
}

export function isSecret(bytes: Uint8Array): boolean {
  return bytes.length === secretBytes && !bytes.includes(0);
}

/** Whether what open frames begin with is somewhere in these bytes, which will stand one part after another. */
export function holdsOpenMark(parts: readonly Uint8Array[]): boolean {
  let before: Uint8Array = new Uint8Array(0);
  for (const part of parts) {
    const border = before.length === 0 ? part : Buffer.concat([before, part.subarray(0, open.length - 1)]);
    if (holds(border) || holds(part)) return true;
    before = (part.length < open.length ? border : part).subarray(1 - open.length);
  }
  return false;
}

function holds(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(open) >= 0;
}
