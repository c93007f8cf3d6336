import type { Address } from '@synod/actor';
import type { Request } from './messages.js';
import type { Leader, Proposer } from './state.js';

/**
 * A client that gets no answer in time sends the same bytes again. Sessions see to it that they are executed once, but each copy
 * would be an entry: just when a group is too slow for its clients, it would write everything several times. The one that waits
 * already will be answered.
 */
export function waitsAlready({ asked }: Leader, from: Address, request: Request): boolean {
  const first = asked.get(nameOf(request));
  return first !== undefined && first.from === from && areEqual(first.request.bytes, request.bytes);
}

export function asks({ asked }: Leader, proposer: Proposer): void {
  asked.set(nameOf(proposer.request), proposer);
}

export function answered({ asked }: Leader, proposer: Proposer): void {
  const name = nameOf(proposer.request);
  if (asked.get(name) === proposer) asked.delete(name);
}

/** More sequences of a session never wait at the same time. */
const sequencesApart = 64;

/** A number, for a number is cheap. Two that share one, which takes ill will, only lose what is spared here. */
function nameOf({ client, session, sequence }: Request): number | string {
  return session === 0 ? `${client} ${sequence}` : session * sequencesApart + (sequence % sequencesApart);
}

/** The same sequence with other bytes is an error, which the session gives: it needs its entry. */
function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
