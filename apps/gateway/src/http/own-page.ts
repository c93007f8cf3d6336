import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.js';

/** Methods by which nothing is changed (RFC 9110 §9.2.1). */
const safe = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * A browser sends what any page asks it to, to this machine too, with the answer kept from the page but everything done. It says from
 * where: in Sec-Fetch-Site, or if it is old, in Origin. Who is no browser says neither.
 */
export function requireOwnPage({ method = '', headers }: Pick<IncomingMessage, 'method' | 'headers'>): void {
  if (safe.has(method)) return;
  const site = headers['sec-fetch-site'];
  if (site === undefined ? isOwn(headers) : site === 'same-origin' || site === 'none') return;
  throw new Problem('cross-site', `a page of another site (${headers.origin ?? site}) may not ask for that here`);
}

function isOwn({ origin, host }: IncomingMessage['headers']): boolean {
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host?.toLowerCase());
}
