import { Group, digestOfRead, leafOf, requestDigest, rootFrom } from '@synod/pbft-core';
import type { Cryptography, Digest, Reply, Signed } from '@synod/pbft-core';
import type { ReplyCertificate } from './certificates.js';
import { pureDigests, signedBytes } from './cryptography.js';
import type { VerifierParts } from './verify.js';

export type Asked = ReplyCertificate['asked'];
export type Result = Extract<Reply['answer'], { readonly kind: 'results' }>;

/**
 * What clients check of one member's answer: that the member said it, and to what was asked. How many of them are enough is the
 * group's: `weak` alike for what was ordered, a `quorum` for a read in one round trip.
 *
 * @paper PBFT §4.1
 */
export class Answers {
  readonly group: Group;
  private readonly cryptography: Cryptography;
  /** By member the claim that was verified last: the answers to all that one batch held came under one signature. */
  private readonly verified = new Map<string, Signed>();

  constructor(
    private readonly parts: Pick<VerifierParts, 'keys' | 'sha256' | 'verify'> & { members: readonly string[] },
  ) {
    this.group = new Group(parts.members);
    this.cryptography = pureDigests(parts.sha256);
  }

  /** What an answer names the question by. */
  digestOf(asked: Asked): Digest {
    return asked.kind === 'read'
      ? digestOfRead(this.cryptography, asked.queries)
      : requestDigest(this.cryptography, asked.signed);
  }

  isGenuine(from: string, { signed, place, path, index, results }: Result, asked: Digest): boolean {
    const { signer, statement } = signed;
    if (signer !== from || !this.group.has(from)) return false;
    const leaf = leafOf(this.cryptography, { asked, index, results });
    if (rootFrom(this.cryptography, leaf, place, statement.count, path) !== statement.root) return false;
    return this.isSigned(from, signed);
  }

  private isSigned(from: string, signed: Signed): boolean {
    const before = this.verified.get(from);
    if (before !== undefined && isSame(before.bytes, signed.bytes) && isSame(before.signature, signed.signature)) {
      return true;
    }
    const key = this.parts.keys.replica(from);
    if (key === undefined || !this.parts.verify(key, signedBytes(signed.bytes), signed.signature)) return false;
    this.verified.set(from, signed);
    return true;
  }
}

/** A number that at least one correct member has reached, of those that `weak` - 1 faulty ones may have made up. */
export function vouchedFor(numbers: readonly number[], weak: number): number {
  return [...numbers].sort((a, b) => b - a)[weak - 1] ?? 0;
}

/** What `weak` members say alike; 0, as who does not remember says it, when there is nothing such. */
export function sharedBy(numbers: readonly number[], weak: number): number {
  return numbers.find((number) => numbers.filter((other) => other === number).length >= weak) ?? 0;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
