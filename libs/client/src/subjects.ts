import { isToken } from '@synod/api';
import { SynodError } from './errors.js';

/** Subjects are `synod.<cluster>.<group>.<from>.<to>.<kind>`; the broker holds every user to its own `from` and `to`. */
export function requireToken(what: string, value: string): string {
  if (isToken(value)) return value;
  throw new SynodError('invalid', `${what} must be 1 to 32 of a-z, 0-9 and "-", but is ${JSON.stringify(value)}`);
}

/** All replies, of every group and replica, to this connection. */
export function replySubject(cluster: string, user: string, client: string): string {
  return `synod.${cluster}.*.*.${user}.reply.${client}`;
}

/** Who a reply is from, and for which group. */
export function parseReplySubject(subject: string): { group: string; from: string } {
  const [, , group = '', from = ''] = subject.split('.', 4);
  return { group, from };
}
