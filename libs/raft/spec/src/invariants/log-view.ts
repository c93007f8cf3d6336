import { readRequestHeader } from '@synod/api';
import type { EntryBatch, LogIndex } from '@synod/log';
import type { HardState, Record, Term } from '@synod/raft-core';

export interface EntryPrint {
  readonly term: Term;
  /** Hash of who asked and what: entries with the same print are the same entry. */
  readonly print: number;
  /** What its client calls it, if it is a batch of a session: `sequence 3 of session 7 of c1`. */
  readonly batch: string | undefined;
}

/** A log and hard state as a sequence of records makes them; kept apart from the core's own bookkeeping on purpose. */
export class LogView {
  hardState: HardState | undefined;
  snapshotIndex: LogIndex = 0;
  snapshotTerm: Term = 0;
  /** Position of `entries[0]`. */
  private first: LogIndex = 1;
  private entries: EntryPrint[] = [];
  /** No mark and no beginning was seen before the first entry. */
  private provisional = false;

  static of(records: Iterable<Record>): LogView {
    const view = new LogView();
    for (const record of records) view.add(record);
    return view;
  }

  copy(): LogView {
    const copy = Object.assign(new LogView(), this);
    copy.entries = [...this.entries];
    return copy;
  }

  get lastIndex(): LogIndex {
    return Math.max(this.snapshotIndex, this.first + this.entries.length - 1);
  }

  get firstIndex(): LogIndex {
    return this.first;
  }

  at(index: LogIndex): EntryPrint | undefined {
    return this.entries[index - this.first];
  }

  termAt(index: LogIndex): Term | undefined {
    if (index === 0) return 0;
    return this.at(index)?.term ?? (index === this.snapshotIndex ? this.snapshotTerm : undefined);
  }

  /** Whether this log holds that entry, in a snapshot or as it is. */
  holds(index: LogIndex, term: Term): boolean {
    const entry = this.at(index);
    return entry === undefined ? index <= this.snapshotIndex : entry.term === term;
  }

  add(record: Record): void {
    switch (record.kind) {
      case 'hardState':
        this.hardState = record;
        return;
      case 'entries':
        return this.append(record.batch);
      case 'truncate':
        this.entries.length = Math.min(this.entries.length, Math.max(0, record.from - this.first));
        return;
      case 'snapshotMark':
        this.hardState = record.hardState;
        if (record.snapshot.index < this.snapshotIndex) return;
        this.snapshotIndex = record.snapshot.index;
        this.snapshotTerm = record.snapshot.era;
        if (this.at(record.snapshot.index)?.term === record.snapshot.era) return;
        // A cut journal may begin after this snapshot; the mark for which it was cut comes later.
        if (this.provisional && this.entries.length > 0 && this.first > record.snapshot.index) return;
        this.provisional = false;
        this.first = record.snapshot.index + 1;
        this.entries = [];
    }
  }

  private append(batch: EntryBatch): void {
    if (this.entries.length === 0 || batch.first > this.first + this.entries.length) {
      this.provisional = batch.first > this.snapshotIndex + 1 || (this.provisional && this.entries.length === 0);
      this.first = batch.first;
      this.entries = [];
    }
    this.entries.length = Math.max(0, batch.first - this.first);
    this.entries.push(...printsOf(batch));
  }
}

const known = new WeakMap<EntryBatch, readonly EntryPrint[]>();

/** Made once for each batch, since views are made anew with every life. */
function printsOf(batch: EntryBatch): readonly EntryPrint[] {
  let prints = known.get(batch);
  if (prints === undefined) {
    const { era: term, entries } = batch;
    prints = entries.map((entry) =>
      entry.kind === 'request'
        ? { term, print: printOf(entry.from, entry.bytes), batch: nameOf(entry.from, entry.bytes) }
        : { term, print: 0, batch: undefined },
    );
    known.set(batch, prints);
  }
  return prints;
}

/** A session is its user's, whichever of his connections a copy came over. */
function nameOf(user: string, bytes: Uint8Array): string | undefined {
  try {
    const { session, sequence } = readRequestHeader(bytes);
    return session === 0 ? undefined : `sequence ${sequence} of session ${session} of ${user}`;
  } catch {
    return undefined;
  }
}

function printOf(from: string, bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < from.length; i++) hash = Math.imul(hash ^ from.charCodeAt(i), 0x01000193);
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash;
}
