import type { Principal } from '@synod/keys';
import { Problem } from '../http/problem.js';

/** What an operation needs of who asks, beside rights to keys, which the operation itself looks at. */
export type Need =
  /** Nothing at all, not even a token: says nothing of groups and their data. */
  | 'nothing'
  | 'status'
  /** Of all groups at once. */
  | 'metrics'
  | 'ledger-read'
  | 'ledger-write'
  /** A token of somebody who may do something in this group. */
  | 'keys';

/** What who asks may do. Every refusal is a 403, and says what is missing. */
export interface Rights {
  /** Part of what an idempotency key is remembered under: nobody is answered what another has asked. */
  readonly name: string;
  has(group: string): boolean;
  mayRead(key: Uint8Array): boolean;
  /** `group` where the operation is about one. */
  require(need: Need, group: string | undefined): void;
  requireRead(key: Uint8Array): void;
  /** That all keys may be read that begin so. */
  requireList(prefix: Uint8Array): void;
  requireWrite(key: Uint8Array): void;
}

/** Of a gateway without tokens, which only this machine reaches. */
export const everyRight: Rights = {
  name: '',
  has: () => true,
  mayRead: () => true,
  require: () => undefined,
  requireRead: () => undefined,
  requireList: () => undefined,
  requireWrite: () => undefined,
};

export function rightsOf({ name, groups, read, write, ledger, status }: Principal): Rights {
  const [readable, writable] = [read.map(toBytes), write.map(toBytes)];
  const has = (group: string): boolean => groups === undefined || groups.includes(group);
  const mayRead = (key: Uint8Array): boolean => readable.some((prefix) => begins(key, prefix));
  const refuse = (what: string): never => {
    throw new Problem('not-allowed', `${name} may not ${what}`);
  };
  const mayDo: Readonly<Record<Need, boolean>> = {
    nothing: true,
    status,
    metrics: status && groups === undefined,
    'ledger-read': ledger.includes('read'),
    'ledger-write': ledger.includes('write'),
    keys: read.length + write.length > 0,
  };
  return {
    name,
    has,
    require: (need, group) => {
      if (need === 'nothing') return;
      if (group !== undefined && !has(group)) refuse('do anything in this group');
      if (!mayDo[need]) refuse(saidOf[need]);
    },
    mayRead,
    requireRead: (key) => {
      if (!mayRead(key)) refuse(`read this key, but ${shownPrefixes(read)}`);
    },
    requireList: (wanted) => {
      if (!readable.some((prefix) => begins(wanted, prefix))) {
        refuse(`list all keys that begin so; "prefix" may begin with one of those: ${shownPrefixes(read)}`);
      }
    },
    requireWrite: (key) => {
      if (!writable.some((prefix) => begins(key, prefix))) refuse(`write this key, but ${shownPrefixes(write)}`);
    },
  };
}

const saidOf: Readonly<Record<Need, string>> = {
  nothing: 'do this',
  status: 'see how groups are',
  metrics: 'see how all groups are',
  'ledger-read': 'read the ledger',
  'ledger-write': 'write to the ledger',
  keys: 'read or write any key',
};

function shownPrefixes(prefixes: readonly string[]): string {
  return prefixes.length === 0 ? 'none' : prefixes.map((prefix) => JSON.stringify(`${prefix}…`)).join(', ');
}

function toBytes(text: string): Buffer {
  return Buffer.from(text);
}

function begins(key: Uint8Array, prefix: Uint8Array): boolean {
  return key.length >= prefix.length && Buffer.compare(key.subarray(0, prefix.length), prefix) === 0;
}
