import { Problem } from '../http/problem.js';
import { shown } from '../http/target.js';

/** Bytes in JSON: always as base64, and as text where they are UTF-8. */
export interface JsonBytes {
  readonly base64: string;
  readonly text?: string;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function toJsonBytes(bytes: Uint8Array): JsonBytes {
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  const text = utf8Text(bytes);
  return text === undefined ? { base64 } : { base64, text };
}

/** Undefined when the bytes are not UTF-8. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** `"text"`, `{"text": …}` or `{"base64": …}`; what an answer gave may be sent back as it is. */
export function fromJsonBytes(value: unknown, where: string): Uint8Array {
  if (typeof value === 'string') return textBytes(value, where);
  if (typeof value === 'object' && value !== null) {
    const { base64, text } = value as { readonly base64?: unknown; readonly text?: unknown };
    if (typeof base64 === 'string') return base64Bytes(base64, where);
    if (typeof text === 'string' && base64 === undefined) return textBytes(text, where);
  }
  throw new Problem('invalid-body', `${where} must be a text, {"text": "…"} or {"base64": "…"}`);
}

/** Half of a surrogate pair has no UTF-8; storing something else in its place would change what was sent. */
function textBytes(text: string, where: string): Uint8Array {
  if (!/\p{Surrogate}/u.test(text)) return Buffer.from(text);
  throw new Problem('invalid-body', `${where} has half a surrogate pair, which is not a character; use base64`);
}

function base64Bytes(text: string, where: string): Uint8Array {
  if (text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    const bytes = Buffer.from(text, 'base64');
    if (bytes.toString('base64') === text) return bytes;
  }
  throw new Problem('invalid-body', `${where}: ${shown(text)} is not base64 with its padding (RFC 4648 §4)`);
}
