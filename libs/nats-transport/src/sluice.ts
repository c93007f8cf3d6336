import type { Address } from '@synod/actor';
import { Sieve } from './sieve.js';
import type { Held } from './sieve.js';

/** Bytes are given on in pieces; after each, the clock is asked, and whom to hold. */
const PIECE_BYTES = 16_384;
/**
 * What one connection may take of a turn of the event loop before the other sockets have theirs: so many bytes, and then so much
 * of the processor's time. By the clock a busy machine would end a turn with nothing done, and a new program takes ten times as
 * long for a byte as one that is warm. What is dropped unread does not count.
 */
export const TURN_BYTES = 32_768;
export const TURN_CPU_MS = 4;
/** For so long somebody's refusals are counted together. */
export const HELD_MS = 20;
/** Of whom so many messages were refused in a slot, or so many bytes, the rest of that slot's are dropped unread. */
export const DROPPED_AFTER = 32;
export const DROPPED_AFTER_BYTES = 262_144;
/**
 * Who says what no honest sender says, as what is not genuine, is held at once, and a millisecond longer for so many bytes of it, which cost some tenths of a millisecond to
 * read and to verify. Not for long: whoever has stolen a user's key silences that user by it.
 */
export const ABUSED_BYTES_A_MS = 512;
/** Senders held at once. More flood with more users than anybody should give one program. */
const HELD_MOST = 64;

export interface SluiceParts {
  /** What all subjects begin with: `synod.<cluster>.` */
  readonly prefix: string;
  readonly now: () => number;
  /** Milliseconds of the processor that this process has used. */
  readonly usedMs: () => number;
  /** Calls at the next turn of the event loop. */
  readonly soon: (run: () => void) => void;
  /** The socket is to bring nothing, or to bring more. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** The parser threw: this connection is of no use any more. */
  readonly broken: (error: unknown) => void;
  readonly dropped: (from: Address, count: number) => void;
}

/**
 * Between a socket and the parser of its connection. Node gives two megabytes of one socket before it looks at another, half a
 * second's work in small messages: here one turn takes a few milliseconds of it. And who sends so much that it must be refused
 * again and again is not read for a moment, so that the socket is empty and nobody else waits in it behind him.
 */
export class Sluice {
  private parse: (bytes: Uint8Array) => void = () => undefined;
  private sieve: Sieve;
  private waiting: Uint8Array[] = [];
  /** What this turn has given on; undefined before it has begun. */
  private turnBytes: number | undefined;
  /** The processor's time when that was so much that it is watched. */
  private watchedFrom: number | undefined;
  private paused = false;
  private readonly senders: HeldSenders;

  constructor(private readonly parts: SluiceParts) {
    this.senders = new HeldSenders(parts);
    this.sieve = this.newSieve();
  }

  /** For a new connection: what the last one left is void. Gives what is to get its bytes. */
  begin(parse: (bytes: Uint8Array) => void): (bytes: Uint8Array) => void {
    this.parse = parse;
    this.sieve = this.newSieve();
    this.waiting = [];
    this.paused = false;
    return (bytes) => {
      if (this.parse === parse) this.take(bytes);
    };
  }

  /** A message of `from` was refused, and had been read for it: large ones cost by their size. */
  refused(from: Address, bytes: number): void {
    this.senders.refused(from, bytes);
  }

  /** It was read, decoded and verified before that was known. */
  abused(from: Address, bytes: number): void {
    this.senders.abused(from, bytes);
  }

  private newSieve(): Sieve {
    return new Sieve(this.parts.prefix, this.senders);
  }

  private take(bytes: Uint8Array): void {
    this.waiting.push(bytes);
    if (this.turnBytes === undefined) this.beginTurn();
    if (!this.paused) this.giveOn();
  }

  private beginTurn(): void {
    this.turnBytes = 0;
    this.watchedFrom = undefined;
    this.parts.soon(() => this.endTurn());
  }

  private endTurn(): void {
    this.turnBytes = undefined;
    if (!this.paused) return;
    this.beginTurn();
    if (!this.giveOn()) return;
    this.paused = false;
    this.parts.resume();
  }

  /** Gives on what waits, for as long as the turn lasts. Tells whether that was all. */
  private giveOn(): boolean {
    const { waiting, senders } = this;
    while (waiting.length > 0) {
      const bytes = waiting[0]!;
      const piece = bytes.subarray(0, PIECE_BYTES);
      if (piece.length === bytes.length) waiting.shift();
      else waiting[0] = bytes.subarray(PIECE_BYTES);
      senders.release();
      if (!this.parsed(piece)) return false;
      if (waiting !== this.waiting) return false;
      if (this.hasEnough) return this.hold();
    }
    return true;
  }

  private get hasEnough(): boolean {
    if (this.turnBytes! < TURN_BYTES) return false;
    const usedMs = this.parts.usedMs();
    this.watchedFrom ??= usedMs;
    return usedMs - this.watchedFrom >= TURN_CPU_MS;
  }

  private hold(): false {
    if (!this.paused) this.parts.pause();
    this.paused = true;
    return false;
  }

  private parsed(piece: Uint8Array): boolean {
    try {
      for (const part of this.sieve.sift(piece)) {
        this.turnBytes! += part.length;
        this.parse(part);
      }
      return true;
    } catch (error) {
      this.waiting = [];
      this.parts.broken(error);
      return false;
    }
  }
}

interface HeldSender {
  readonly from: Address;
  /** `<from>.` */
  readonly token: Uint8Array;
  until: number;
  dropped: number;
}

/** Whose messages were refused in this slot, and who is held for the rest of it, or longer. */
class HeldSenders implements Held {
  private held: HeldSender[] = [];
  /** What was refused of each, as a part of what has him held. */
  private readonly refusals = new Map<Address, number>();
  private slotEnds = 0;

  constructor(private readonly parts: Pick<SluiceParts, 'now' | 'dropped'>) {}

  get isEmpty(): boolean {
    return this.held.length === 0;
  }

  drops(bytes: Uint8Array, at: number): boolean {
    for (const sender of this.held) {
      if (!isAt(bytes, at, sender.token)) continue;
      sender.dropped++;
      return true;
    }
    return false;
  }

  refused(from: Address, bytes: number): void {
    this.release();
    if (this.refusals.size === 0) this.slotEnds = this.parts.now() + HELD_MS;
    const before = this.refusals.get(from) ?? 0;
    const after = before + Math.max(1 / DROPPED_AFTER, bytes / DROPPED_AFTER_BYTES);
    this.refusals.set(from, after);
    if (before < 1 && after >= 1) this.hold(from, this.slotEnds);
  }

  abused(from: Address, bytes: number): void {
    this.release();
    this.hold(from, this.parts.now() + HELD_MS + bytes / ABUSED_BYTES_A_MS);
  }

  private hold(from: Address, until: number): void {
    const known = this.held.find((sender) => sender.from === from);
    if (known !== undefined) known.until = Math.max(known.until, until);
    else if (this.held.length < HELD_MOST) this.held.push({ from, token: Buffer.from(`${from}.`), until, dropped: 0 });
  }

  /** Whose time is over is read again. */
  release(): void {
    if (this.refusals.size === 0 && this.held.length === 0) return;
    const now = this.parts.now();
    if (now >= this.slotEnds) this.refusals.clear();
    if (this.held.every(({ until }) => until > now)) return;
    const over = this.held.filter(({ until }) => until <= now);
    this.held = this.held.filter(({ until }) => until > now);
    for (const { from, dropped } of over) if (dropped > 0) this.parts.dropped(from, dropped);
  }
}

function isAt(bytes: Uint8Array, at: number, what: Uint8Array): boolean {
  for (let i = 0; i < what.length; i++) if (bytes[at + i] !== what[i]) return false;
  return true;
}
