import type { Register } from './messages.js';

/** What two acceptors together promised for a register. Who raised the promise by an accept does not know to which life. */
export function higherPromise(one: Register, other: Register): Pick<Register, 'promised' | 'life'> {
  if (one.promised === other.promised) return { promised: one.promised, life: one.life || other.life };
  const { promised, life } = one.promised > other.promised ? one : other;
  return { promised, life };
}
