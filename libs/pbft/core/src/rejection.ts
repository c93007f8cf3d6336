import type { Address } from '@synod/actor';
import type { Pbft } from './state.js';

/** A peer's or client's message that a correct one would not have sent now. `reason` is one of a fixed list, for a counter. */
export function reject(pbft: Pbft, from: Address, reason: string): void {
  pbft.statistics.rejected++;
  pbft.out.observe({ kind: 'rejected', from, reason });
}
