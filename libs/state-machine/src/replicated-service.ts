import type { SnapshotSource } from './state-machine.js';

/**
 * What a protocol core applies committed client batches to: sessions (exactly-once) around a state machine.
 * Total and deterministic, like the state machine.
 */
export interface ReplicatedService extends SnapshotSource {
  /**
   * Executes one client batch, the whole message as the client sent it; gives what the client is to be told, encoded.
   * `request` may be reused afterwards.
   */
  apply(index: number, user: string, request: Uint8Array): Uint8Array;
  /** Answers one batch of queries, the whole message as well; changes nothing. */
  query(user: string, queries: Uint8Array): Uint8Array;
  /** Hash over sessions and state. */
  hash(): string;
}
