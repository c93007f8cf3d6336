import { DecodeError } from '@synod/api';
import type { Digest } from '@synod/pbft-core';

const digestBytes = 32;

export function bytesOfDigest(digest: Digest): Uint8Array {
  return Buffer.from(digest, 'hex');
}

export function digestOf(bytes: Uint8Array | null | undefined): Digest {
  if (bytes?.length !== digestBytes) throw new DecodeError(`a digest of ${bytes?.length ?? 0} bytes`);
  return hex(bytes, 0, digestBytes);
}

export function joinDigests(digests: readonly Digest[]): Uint8Array {
  return Buffer.from(digests.join(''), 'hex');
}

/** `bytes` are digests, one after the other. */
export function splitDigests(bytes: Uint8Array | null | undefined, most: number): readonly Digest[] {
  const length = bytes?.length ?? 0;
  if (length % digestBytes !== 0) throw new DecodeError(`${length} bytes are not a number of digests`);
  if (length / digestBytes > most) throw new DecodeError(`more than ${most} digests`);
  return Array.from({ length: length / digestBytes }, (_, place) =>
    hex(bytes!, place * digestBytes, (place + 1) * digestBytes),
  );
}

function hex(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('hex');
}
