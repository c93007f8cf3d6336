import type { ReplicatedService } from '@synod/state-machine';

/** What a request was answered that was executed before; `index` is 0 when its position is not kept. */
export interface Recalled {
  readonly results: Uint8Array;
  readonly index: number;
}

/** What committed requests are applied to: sessions around a state machine, which know what was executed before. */
export interface PbftService extends ReplicatedService {
  /** Undefined for a request that must be ordered to be answered. Changes nothing. */
  recall(user: string, request: Uint8Array): Recalled | undefined;
}
