import type { JournalTail, Token, Vocabulary } from '@synod/actor';
import type { Random } from './random.js';
import type { RecordStorage, StoredRecord } from './record-storage.js';

/** One persisted record on the simulated disk. */
export interface Slot<V extends Vocabulary> {
  /** Which life of the machine wrote it; a token means something only within its life. */
  readonly life: number;
  readonly token: Token;
  readonly record: V['record'];
  readonly stored: StoredRecord;
}

/**
 * A journal that survives its machine's lives. What is appended is first buffered, then under way in a sync, then durable;
 * a crash keeps all that is durable and any prefix of the rest, as a log of checksummed frames would be recovered.
 */
export class Disk<V extends Vocabulary> {
  durable: Slot<V>[] = [];
  syncing: Slot<V>[] = [];
  buffered: Slot<V>[] = [];
  private life = 0;
  private tail: JournalTail = 'clean';
  /** Slot that holds each log position, present log, durable or not. */
  private positions: Slot<V>[] = [];
  private firstPosition = 1;
  /** A truncation cut into these: their positions from here on are void. */
  private voidFrom = new Map<Slot<V>, number>();

  constructor(private readonly storage: RecordStorage<V>) {}

  get empty(): boolean {
    return this.durable.length === 0;
  }

  /** A new life of the machine: what recovery streams. */
  recover(): { readonly records: readonly V['record'][]; readonly tail: JournalTail } {
    this.life++;
    const tail = this.tail;
    this.tail = 'clean';
    return { records: this.durable.map((slot) => this.storage.read(slot.stored)), tail };
  }

  append(token: Token, record: V['record']): Slot<V> {
    const slot: Slot<V> = { life: this.life, token, record, stored: this.storage.write(record) };
    this.buffered.push(slot);
    this.index(slot);
    return slot;
  }

  /** One sync at a time takes all that is buffered. False when there is nothing to do. */
  startSync(): boolean {
    if (this.syncing.length > 0 || this.buffered.length === 0) return false;
    this.syncing = this.buffered;
    this.buffered = [];
    return true;
  }

  finishSync(): readonly Slot<V>[] {
    const synced = this.syncing;
    this.syncing = [];
    for (const slot of synced) this.durable.push(slot);
    return synced;
  }

  /** Power is cut. Of what was not synced, a prefix may have reached the platter; without a `random`, nothing has. */
  crash(random?: Random): void {
    const unsynced = [...this.syncing, ...this.buffered];
    const kept = random?.below(unsynced.length + 1) ?? 0;
    this.durable.push(...unsynced.slice(0, kept));
    this.tail = kept < unsynced.length && random?.chance(0.5) ? 'torn' : 'clean';
    this.syncing = [];
    this.buffered = [];
    this.reindex();
  }

  wipe(): void {
    this.durable = [];
    this.syncing = [];
    this.buffered = [];
    this.tail = 'clean';
    this.reindex();
  }

  /** Whole batches that hold positions `from`…`through`, at least one when there is any. */
  read(from: number, through: number, maxBytes: number): V['batch'][] {
    const batches: V['batch'][] = [];
    let bytes = 0;
    let last: Slot<V> | undefined;
    if (from < this.firstPosition) return batches;
    for (let position = from; position <= through; position++) {
      const slot = this.positions[position - this.firstPosition];
      if (slot === undefined) break;
      if (slot === last) continue;
      if (batches.length > 0 && bytes + slot.stored.sizeBytes > maxBytes) break;
      bytes += slot.stored.sizeBytes;
      batches.push(this.storage.batch(slot.stored, this.voidFrom.get(slot)));
      last = slot;
    }
    return batches;
  }

  /** As segments do it: drops some prefix of the slots that are needed no more. */
  cut(through: number, keep: Token, random: Random): void {
    let droppable = 0;
    for (const slot of this.durable) {
      const older = slot.life < this.life || slot.token < keep;
      const log = slot.stored.log;
      if (!older || (log !== undefined && log.first + log.count - 1 > through)) break;
      droppable++;
    }
    this.durable.splice(0, random.below(droppable + 1));
    this.reindex();
  }

  private reindex(): void {
    this.positions = [];
    this.firstPosition = 1;
    this.voidFrom.clear();
    for (const slots of [this.durable, this.syncing, this.buffered]) for (const slot of slots) this.index(slot);
  }

  private index(slot: Slot<V>): void {
    const { log, truncateFrom } = slot.stored;
    if (truncateFrom !== undefined) this.truncate(truncateFrom);
    if (log === undefined) return;
    const end = this.firstPosition + this.positions.length;
    if (log.first > end || log.first < this.firstPosition || this.positions.length === 0) {
      this.positions = [];
      this.firstPosition = log.first;
    } else {
      this.positions.length = log.first - this.firstPosition;
    }
    for (let i = 0; i < log.count; i++) this.positions.push(slot);
  }

  private truncate(from: number): void {
    const kept = Math.max(0, from - this.firstPosition);
    if (kept >= this.positions.length) return;
    const last = this.positions[kept - 1];
    if (last !== undefined && last === this.positions[kept]) this.voidFrom.set(last, from);
    this.positions.length = kept;
  }
}
