import { Queue } from '@synod/actor';
import type { Address, Vocabulary } from '@synod/actor';
import type { Quota } from './limits.js';
import type { TraceContext } from './ports.js';

/** What a waiting message costs in memory beside its payload: objects, strings, queue slots. */
const overheadBytes = 256;
/** What one message costs in turns beside its payload: stepping and answering take about as long as a kilobyte of contents. */
const turnOverheadBytes = 1024;
/** What a sender may take in one turn before the next one's turn comes. */
const turnBytes = 16 * 1024;
/**
 * Refusals that one sender is told between two of his turns; who sends thousands meanwhile does not read thousands. Those who
 * have nothing here have no turns: between two of anybody's so many for all of them.
 */
const toldMost = 16;
/** Part of the common quota that only those get who have nothing waiting. */
const reserved = 1 / 8;
/** Senders without anything waiting that are remembered, so that a steady one costs no new objects. */
const idleMost = 256;

/** A message of another, decoded, and counted in its sender's quota until it is taken. */
export interface Letter<V extends Vocabulary> {
  readonly from: Address;
  readonly message: V['message'];
  readonly context: TraceContext | undefined;
  readonly payloadBytes: number;
  readonly lane: Lane<V>;
  readonly lanes: Lanes<V>;
}

/** What one sender has here. */
export interface Lane<V extends Vocabulary> {
  /** Admitted and not yet taken: those in `letters` and those whose signatures are being verified. */
  count: number;
  bytes: number;
  readonly letters: Queue<Letter<V>>;
  /** What it may still take in this turn. */
  credit: number;
  told: number;
}

export type Room = 'free' | 'tight' | 'senderFull' | 'allFull';

/**
 * What one class of senders (peers, or clients) has waiting: a lane each, bounded, taken from in turns by size. Who floods
 * fills his own lane and waits behind himself.
 */
export class Lanes<V extends Vocabulary> {
  private readonly lanes = new Map<Address, Lane<V>>();
  /** Those with letters, in the order of their turns. */
  private readonly line = new Queue<Lane<V>>();
  private count = 0;
  private bytes = 0;
  private letterCount = 0;
  private readonly outside = { count: 0, told: 0 };

  constructor(
    private readonly perSender: Quota,
    private readonly together: Quota,
  ) {}

  /** Of messages that were admitted and not taken, what they cost in memory. */
  get heldBytes(): number {
    return this.bytes;
  }

  /** Letters that may be taken. */
  get waiting(): number {
    return this.letterCount;
  }

  /**
   * Whether one more message of this size may come. Nobody may hold more than what is still free, and the last of it is for
   * those who have nothing: however many flood, there is room for one more.
   */
  room(from: Address, payloadBytes: number): Room {
    const size = payloadBytes + overheadBytes;
    const { count, bytes } = this.lanes.get(from) ?? nothing;
    const part = count > 0 ? 1 - reserved : 1;
    const freeCount = this.together.count * part - this.count;
    const freeBytes = this.together.bytes * part - this.bytes;
    if (count + 1 > this.perSender.count || bytes + size > this.perSender.bytes) return 'senderFull';
    if (count + 1 > freeCount || bytes + size > freeBytes) return count > 0 ? 'senderFull' : 'allFull';
    const half = exceedsHalf(count + 1, bytes + size, this.perSender);
    return half || exceedsHalf(this.count + 1, this.bytes + size, this.together) ? 'tight' : 'free';
  }

  /** Messages of this sender that were admitted and not taken. */
  countOf(from: Address): number {
    return this.lanes.get(from)?.count ?? 0;
  }

  /** Counts a message; `release` must follow, or `put` and `take`. */
  admit(from: Address, message: V['message'], context: TraceContext | undefined, payloadBytes: number): Letter<V> {
    let lane = this.lanes.get(from);
    if (!lane) this.lanes.set(from, (lane = { count: 0, bytes: 0, letters: new Queue(), credit: 0, told: 0 }));
    this.add(lane, 1, payloadBytes + overheadBytes);
    return { from, message, context, payloadBytes, lane, lanes: this };
  }

  release({ from, lane, payloadBytes }: Letter<V>): void {
    this.add(lane, -1, -payloadBytes - overheadBytes);
    if (lane.count === 0 && this.lanes.size > idleMost) this.lanes.delete(from);
  }

  put(letter: Letter<V>): void {
    const { lane } = letter;
    if (lane.letters.size === 0) {
      lane.credit = turnBytes;
      this.line.put(lane);
    }
    lane.letters.put(letter);
    this.letterCount++;
  }

  /** The next letter: deficit round robin, so that turns are fair by size whatever the sizes. */
  take(): Letter<V> | undefined {
    for (let lane = this.line.peek(); lane; lane = this.line.peek()) {
      const letter = lane.letters.peek()!;
      const cost = letter.payloadBytes + turnOverheadBytes;
      if (cost <= lane.credit) return this.takeFrom(lane, letter, cost);
      lane.credit += turnBytes;
      this.line.take();
      this.line.put(lane);
    }
    return undefined;
  }

  /** What a sender is answered counts in his turns as what he says does: small questions may have large answers. */
  charge(to: Address, payloadBytes: number): void {
    const lane = this.lanes.get(to);
    if (lane) lane.credit -= payloadBytes;
  }

  /** Whether this sender is to be told that his message is refused. */
  mayTell(from: Address): boolean {
    const lane = this.lanes.get(from) ?? this.outside;
    return (lane.count > 0 ? lane : this.outside).told++ < toldMost;
  }

  clear(): void {
    while (this.take() !== undefined);
  }

  private takeFrom(lane: Lane<V>, letter: Letter<V>, cost: number): Letter<V> {
    lane.credit -= cost;
    lane.told = this.outside.told = 0;
    lane.letters.take();
    this.letterCount--;
    if (lane.letters.size === 0) this.line.take();
    this.release(letter);
    return letter;
  }

  private add(lane: Lane<V>, count: number, bytes: number): void {
    lane.count += count;
    lane.bytes += bytes;
    this.count += count;
    this.bytes += bytes;
  }
}

const nothing = { count: 0, bytes: 0 };

function exceedsHalf(count: number, bytes: number, quota: Quota): boolean {
  return count * 2 > quota.count || bytes * 2 > quota.bytes;
}
