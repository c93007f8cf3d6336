import { SynodError } from '@synod/client';
import type { KeyValueGroup, Session, WriteAnswer } from '@synod/client';

/** After these the same place of the session is tried again. */
const passing: ReadonlySet<string> = new Set(['unknownOutcome', 'unavailable', 'noQuorum', 'overloaded']);

/**
 * A put that is repeated at its place of a session until it is answered: one operation, executed once, however often it is
 * sent. `patienceMs` has one entry per attempt.
 */
export async function persistentPut(
  group: KeyValueGroup,
  place: { readonly session: Session; readonly sequence: number },
  key: string,
  value: string,
  patienceMs: readonly number[],
): Promise<WriteAnswer> {
  let mayHaveTakenEffect = false;
  let last: unknown;
  for (const timeoutMs of patienceMs) {
    try {
      return await group.put(key, value, { once: place, timeoutMs });
    } catch (error) {
      last = error;
      if (!(error instanceof SynodError)) throw error;
      mayHaveTakenEffect ||= error.mayHaveTakenEffect;
      if (!passing.has(error.code)) break;
    }
  }
  if (last instanceof SynodError && mayHaveTakenEffect && !last.mayHaveTakenEffect)
    throw new SynodError(last.code, last.message, { mayHaveTakenEffect });
  throw last;
}
