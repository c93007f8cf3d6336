import type { Address } from '@synod/actor';

/** Raft's logical clock; starts at 0, every election raises it. */
export type Term = number;
/** A position in the log; the first entry is 1, 0 is the empty log. */
export type LogIndex = number;

export type Entry =
  /** Proposed by every new leader (thesis §6.4, step 1). */
  | { readonly kind: 'noOp' }
  /** A client's batch; `from` is the authenticated user. */
  | { readonly kind: 'request'; readonly from: Address; readonly bytes: Uint8Array };

/** Entries of one term at contiguous positions; immutable. A leader's batch, a message's content and a journal frame alike. */
export class EntryBatch {
  /** Encoded form, the same bytes in message and journal; filled by the codec, opaque here. */
  wire: Uint8Array | undefined;

  constructor(
    readonly term: Term,
    readonly first: LogIndex,
    readonly entries: readonly Entry[],
    readonly sizeBytes: number,
  ) {}

  get last(): LogIndex {
    return this.first + this.entries.length - 1;
  }
}
