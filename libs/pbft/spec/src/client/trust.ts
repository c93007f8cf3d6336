import type { Address } from '@synod/actor';
import type { Trust } from '@synod/client';
import { domain, sha256 } from '../keys.js';
import type { KeyRing } from '../keys.js';

/** So many openings in a millisecond have numbers of their own, as in production. */
const numbersInMs = 4096;
/** When the virtual clock stands at 0: no number of an opening is one of a read. */
const beganAtMs = 1_000_000;

/** What each user of a simulated group knows of it, and his own key. Whichever process opens a session, its number is higher. */
export function trustOf(ring: KeyRing, members: readonly Address[], now: () => number): (user: Address) => Trust {
  const keys = { ...ring.keys, ...domain, members };
  const numbers = new Map<Address, number>();
  return (user) => ({
    ...{ keys, sha256, verify: ring.verify, sign: ring.signOf('user', user) },
    openingNumber: (from = 0) => {
      const byClock = Math.floor((beganAtMs + now()) * numbersInMs);
      const number = Math.max(byClock, (numbers.get(user) ?? 0) + 1, from);
      numbers.set(user, number);
      return number;
    },
  });
}
