import type { Digest, Signed, Statement } from './statements.js';

/**
 * What a core needs of cryptography; synchronous, injected. Verifying is not among it: what others signed is verified
 * before it comes here, embedded signatures included, so whatever a core is handed is genuine and only its content is in
 * question. An authenticator that uses MACs for votes has the same two methods.
 */
export interface Cryptography {
  /** SHA-256 over the parts, one directly after the other. */
  digest(...parts: readonly Uint8Array[]): Digest;
  /** Encodes what this replica says, in its name, for its cluster, group and epoch, and signs it. */
  sign<S extends Statement>(statement: S): Signed<S>;
}
