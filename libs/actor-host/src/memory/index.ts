/**
 * The host's ports without a world: for tests and examples. Nothing here waits for real time.
 *
 * @packageDocumentation
 */
import type { Vocabulary } from '@synod/actor';
import type { SnapshotSource } from '@synod/state-machine';
import type { Dice, Observer } from '../ports.js';

export { MemoryLoop } from './loop.js';
export { MemoryNetwork } from './network.js';
export type { Parcel } from './network.js';
export { MemoryJournal } from './journal.js';
export { MemorySnapshots } from './snapshots.js';

/** Always the lower end. */
export const lowDice: Dice = { between: (min) => min };

/** Sees nothing. */
export const blindObserver: Observer<Vocabulary> = {
  received: () => undefined,
  event: () => undefined,
  persisting: () => undefined,
  durable: () => undefined,
  sending: () => undefined,
  refused: () => undefined,
};

/** For an actor that has nothing to freeze. */
export const stateless: SnapshotSource = {
  snapshot: () => [][Symbol.iterator](),
  restore: () => ({ page: () => undefined, finish: () => undefined }),
};
