import { createHash } from 'node:crypto';

/** Longer values are told by their beginning, length and digest: a history only asks whether two are the same. */
const longest = 64;

/** A key or value as histories have it. Digests keep equality, not order. */
export function textOf(bytes: Uint8Array | string): string {
  const buffer =
    typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (buffer.length <= longest) return buffer.toString('latin1');
  const digest = createHash('sha1').update(buffer).digest('base64url');
  return `${buffer.toString('latin1', 0, 16)}…${buffer.length} bytes, sha1 ${digest}`;
}
