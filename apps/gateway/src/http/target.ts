import { Problem } from './problem.js';

/** A request's target, its path still in percent-encoding: what a part means is for who knows the route. */
export interface Target {
  readonly path: string;
  readonly query: string;
}

/** Of `req.url`: a path with a query, or a whole URL, as proxies send it. */
export function parseTarget(url: string): Target {
  const origin = /^https?:\/\/[^/?]*/i.exec(url)?.[0] ?? '';
  const rest = url.slice(origin.length);
  const mark = rest.indexOf('?');
  const path = mark < 0 ? rest : rest.slice(0, mark);
  if (!path.startsWith('/')) {
    if (origin !== '' && path === '') return { path: '/', query: mark < 0 ? '' : rest.slice(mark + 1) };
    throw new Problem('malformed-request', `the request target ${shown(url)} is not a path; it must begin with "/"`);
  }
  return { path, query: mark < 0 ? '' : rest.slice(mark + 1) };
}

/** Percent-encoding to bytes, strictly; `+` is a plus. Node gives bytes above 0x7f as characters of Latin-1. */
export function decodePercent(text: string, what: string): Buffer {
  const bytes = Buffer.allocUnsafe(text.length);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code === 0x25) {
      code = hexPair(text, i + 1);
      if (code < 0) {
        const wrong = shown(text.slice(i, i + 3));
        throw new Problem('malformed-request', `${what}: ${wrong} is not percent-encoding; write % itself as %25`);
      }
      i += 2;
    } else if (code > 0xff) {
      throw new Problem('malformed-request', `${what}: ${shown(text[i]!)} must be percent-encoded as UTF-8`);
    }
    bytes[length++] = code;
  }
  return bytes.subarray(0, length);
}

function hexPair(text: string, at: number): number {
  const pair = text.slice(at, at + 2);
  return /^[0-9a-fA-F]{2}$/.test(pair) ? parseInt(pair, 16) : -1;
}

/** The inverse: every byte but the unreserved characters is encoded. */
export function encodePercent(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    text += /[A-Za-z0-9._~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return text;
}

/** For messages to people: quoted, and not long. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
