import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { sha256, verifyEd25519 } from './cryptography.js';
import { groupKeysPath, readGroupKeys } from './group-keys.js';
import type { GroupKeys } from './group-keys.js';
import { readSecretKey, secretKeyPath } from './secret-key.js';

/** What a client of a group must know whose replicas are believed by their signatures; `@synod/client` takes it as it is. */
export interface Trust {
  readonly keys: GroupKeys;
  readonly sha256: typeof sha256;
  readonly verify: typeof verifyEd25519;
  /** Signs as the client's user. */
  readonly sign: (bytes: Uint8Array) => Uint8Array;
  /**
   * Numbers the sessions that a user opens: each above all before, whichever process of that user opens it. `from`: the group has seen
   * numbers of a clock that is ahead, and this is the least that is new.
   */
  readonly openingNumber: (from?: number) => number;
}

/** As `user`, from the files that `makeKeys` wrote; undefined when there are none of this group, or none of this user. */
export function trustIn(directory: string, group: string, user: string): Trust | undefined {
  const [publicPath, secretPath] = [
    groupKeysPath(directory, group),
    secretKeyPath(directory, group, { role: 'user', name: user }),
  ];
  if (!existsSync(publicPath) || !existsSync(secretPath)) return undefined;
  const keys = readGroupKeys(publicPath);
  const { sign } = readSecretKey(secretPath, keys, { role: 'user', name: user }, verifyEd25519);
  return { keys, sha256, verify: verifyEd25519, sign, openingNumber: openingNumbers() };
}

/** More openings in a millisecond than there are numbers borrow from the next one. */
const numbersInMs = 4096;
/** Counted from here, they are exact numbers (below 2^53) until 2094. */
const firstMs = Date.UTC(2025, 0, 1);
/** Processes that are told the same number set themselves apart by so much: a quarter of a second of clock. */
const numbersBeyond = 2 ** 20;

/** The clock makes numbers of later processes higher; chance sets those apart that open at the same time. */
function openingNumbers(): Trust['openingNumber'] {
  const salt = randomInt(numbersInMs);
  let last = 0;
  return (from = 0) => {
    const told = from === 0 ? 0 : from + randomInt(numbersBeyond);
    return (last = Math.max(last + 1, (Date.now() - firstMs) * numbersInMs + salt, told));
  };
}
