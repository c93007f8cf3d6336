import type { RegisterKeys } from './replica-kind.js';

/** Of keys of at most 128 bytes in an answer. */
const pageBytes = 64 * 1024;

/**
 * Which registers this member holds, a page of them, and what it is: clients can ask for a register only by its key, and whoever saves a group
 * must know them all. Whether anything is decided in one, and what, is for a round to find out; whether what is told here counts,
 * for who asks, since a member that lost its disk tells of none in good faith.
 */
export function registerKeysIn(
  service: Partial<RegisterKeys> | undefined,
  replica: string,
  question: unknown,
  state: Readonly<Record<string, unknown>> | undefined,
): unknown {
  if (service?.after === undefined) throw new Error(`${replica} holds no registers`);
  const { after = '' } = question as { after?: unknown };
  if (typeof after !== 'string') throw new Error('after must be a key');
  const { registers, isLast } = service.after(after, pageBytes);
  const { standing, disk, registersEpoch, isRestoring } = state ?? {};
  return { replica, keys: registers.map(({ key }) => key), isLast, standing, disk, registersEpoch, isRestoring };
}
