import { createHash, createHmac } from 'node:crypto';
import type { Cryptography, Message, Signed, Statement } from '@synod/pbft-core';

/** Bytes that mean a statement; any closed encoding does for the rules. */
function encode(signer: string, statement: Statement): Uint8Array {
  const plain = (_key: string, value: unknown): unknown =>
    value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
  return Uint8Array.from(Buffer.from(JSON.stringify([signer, statement], plain)));
}

const signatureOf = (signer: string, bytes: Uint8Array): Uint8Array =>
  Uint8Array.from(createHmac('sha256', `the key of ${signer}`).update(bytes).digest());

/** Nobody has another's: who lies, lies in his own name. */
export function cryptographyOf(signer: string): Cryptography {
  return {
    digest(...parts) {
      const hash = createHash('sha256');
      for (const part of parts) hash.update(part);
      return hash.digest('hex');
    },
    sign<S extends Statement>(statement: S): Signed<S> {
      const bytes = encode(signer, statement);
      return { statement, signer, bytes, signature: signatureOf(signer, bytes) };
    },
  };
}

/** What the authenticator before the mailbox sees to: every signature in a message is its signer's, and says what it says. */
export function isGenuine(message: Message): boolean {
  return allGenuine(message);
}

/** Verified once: nothing of a message is ever changed in place. */
const verified = new WeakSet<object>();

function allGenuine(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || verified.has(value)) return true;
  if (!Object.values(value).every(allGenuine)) return false;
  if ('statement' in value && 'signature' in value && !isSound(value as Signed)) return false;
  verified.add(value);
  return true;
}

function isSound({ signer, statement, bytes, signature }: Signed): boolean {
  const says = Buffer.from(bytes).equals(Buffer.from(encode(signer, statement)));
  return says && Buffer.from(signature).equals(Buffer.from(signatureOf(signer, bytes)));
}
