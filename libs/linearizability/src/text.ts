import { createHash } from 'node:crypto';

/** Longer values are told by their beginning, length and digest: a history only asks whether two are the same. */
const longest = 64;

/** A key as histories have it: one character per byte. */
export function keyOf(bytes: Uint8Array | string): string {
  return bufferOf(bytes).toString('latin1');
}

/** A value as histories have it: like a key, or a digest of a long one, which keeps equality but not order. */
export function valueOf(bytes: Uint8Array | string): string {
  const buffer = bufferOf(bytes);
  if (buffer.length <= longest) return buffer.toString('latin1');
  const digest = createHash('sha1').update(buffer).digest('base64url');
  return `${buffer.toString('latin1', 0, 16)}…${buffer.length} bytes, sha1 ${digest}`;
}

function bufferOf(bytes: Uint8Array | string): Buffer {
  return typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
