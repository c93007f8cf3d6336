import type { Digest } from './statements.js';

/** Before anything was executed. */
export const zeroDigest: Digest = '0'.repeat(64);

export const digestBytes = 32;

export function isDigest(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

/** The 32 bytes of each, one after the other. */
export function bytesOfDigests(digests: readonly Digest[]): Uint8Array {
  const bytes = new Uint8Array(digests.length * digestBytes);
  let at = 0;
  for (const digest of digests)
    for (let i = 0; i < 64; i += 2) bytes[at++] = nibble(digest, i) * 16 + nibble(digest, i + 1);
  return bytes;
}

function nibble(digest: Digest, place: number): number {
  const code = digest.charCodeAt(place);
  return code < 58 ? code - 48 : code - 87;
}
