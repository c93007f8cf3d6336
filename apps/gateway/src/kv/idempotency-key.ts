import { createHash } from 'node:crypto';
import { Problem } from '../http/problem.js';
import { shown } from '../http/target.js';

const longest = 255;

/**
 * The header's value: a Structured Fields string in quotes, as the IETF's draft says, or the same characters without them,
 * as many send it. Both are the same key.
 */
export function parseIdempotencyKey(header: string | readonly string[]): string {
  const text = (typeof header === 'string' ? header : header.join(', ')).trim();
  const key = /^"(?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])*"$/.test(text)
    ? text.slice(1, -1).replace(/\\(["\\])/g, '$1')
    : /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x7e]+$/.test(text)
      ? text
      : '';
  if (key.length >= 1 && key.length <= longest) return key;
  const right = `it must be 1 to ${longest} characters in quotes, such as "8e03978e-40d5-43e8-bc93-6894a57f9324"`;
  throw new Problem('invalid-idempotency-key', `Idempotency-Key is ${shown(text)}; ${right}`);
}

/** What makes two requests the same. */
export function fingerprint(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('base64');
}
