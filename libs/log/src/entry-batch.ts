import type { Address } from '@synod/actor';

/** A position in the log; the first entry is 1, 0 is the empty log. */
export type LogIndex = number;

export type Entry =
  /** Fills a position: proposed by a new leader. */
  | { readonly kind: 'noOp' }
  /** A client's batch; `from` is the authenticated user. */
  | { readonly kind: 'request'; readonly from: Address; readonly bytes: Uint8Array }
  /** A change of the group's configuration, opaque here. */
  | { readonly kind: 'configuration'; readonly bytes: Uint8Array };

/** Entries of one era at contiguous positions; immutable. A leader's batch, a message's content and a journal frame alike. */
export class EntryBatch {
  /** Encoded form, the same bytes in message and journal; filled by the codec, opaque here. */
  wire: Uint8Array | undefined;

  constructor(
    /** The leader's term or ballot. */
    readonly era: number,
    readonly first: LogIndex,
    readonly entries: readonly Entry[],
    readonly sizeBytes: number,
  ) {}

  get last(): LogIndex {
    return this.first + this.entries.length - 1;
  }

  /** The part from position `index` on. */
  from(index: LogIndex): EntryBatch {
    if (index <= this.first) return this;
    const entries = this.entries.slice(index - this.first);
    return new EntryBatch(this.era, index, entries, sizeOf(entries));
  }

  /** The part before position `index`. */
  before(index: LogIndex): EntryBatch {
    if (index > this.last) return this;
    const entries = this.entries.slice(0, index - this.first);
    return new EntryBatch(this.era, this.first, entries, sizeOf(entries));
  }
}

/** What an entry counts for against the limits: its bytes and a constant for its frame. */
export function sizeOf(entries: readonly Entry[]): number {
  let bytes = 0;
  for (const entry of entries) bytes += entry.kind === 'noOp' ? 16 : entry.bytes.length + 48;
  return bytes;
}
