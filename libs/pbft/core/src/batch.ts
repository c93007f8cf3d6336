import type { Cryptography } from './cryptography.js';
import { bytesOfDigests } from './digests.js';
import type { Command, Digest, Signed } from './statements.js';

/** What a batch and each of its requests are known by. */
export interface Identity {
  readonly digest: Digest;
  readonly requests: readonly Digest[];
}

/**
 * Requests that get one place in the order. Immutable. Without requests it is the null request, which fills a gap and whose
 * execution is a no-op (§4.4).
 */
export class Batch {
  /** Encoded form, the same bytes in message and journal; filled by the codec, opaque here. */
  wire: Uint8Array | undefined;
  private known: Identity | undefined;

  constructor(
    readonly requests: readonly Signed<Command>[],
    readonly sizeBytes: number = sizeOf(requests),
  ) {}

  /** Requests that change nothing, and whose answers may be large. */
  get queries(): number {
    return this.requests.reduce((sum, { statement }) => sum + (statement.holds === 'queries' ? 1 : 0), 0);
  }

  get isNull(): boolean {
    return this.requests.length === 0;
  }

  /**
   * The digest covers the requests as their clients signed them, signatures included, and nothing else: neither view nor
   * sequence, so a batch that is proposed again in another view keeps its identity.
   */
  identity(cryptography: Cryptography): Identity {
    return (this.known ??= identify(cryptography, this.requests));
  }
}

export const nullBatch = new Batch([]);

export function requestDigest(cryptography: Cryptography, { bytes, signature }: Signed<Command>): Digest {
  return cryptography.digest(bytes, signature);
}

function identify(cryptography: Cryptography, requests: readonly Signed<Command>[]): Identity {
  const digests = requests.map((request) => requestDigest(cryptography, request));
  return { digest: cryptography.digest(bytesOfDigests(digests)), requests: digests };
}

/** What a request counts for against the limits: its bytes and a constant for its frame. */
export function requestBytes({ bytes, signature }: Signed<Command>): number {
  return bytes.length + signature.length + 16;
}

function sizeOf(requests: readonly Signed<Command>[]): number {
  let bytes = 16;
  for (const request of requests) bytes += requestBytes(request);
  return bytes;
}
