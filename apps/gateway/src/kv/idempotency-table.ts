import { SynodError } from '@synod/client';
import type { SessionPlace, WriteOptions } from '@synod/client';
import type { Answer } from '../http/operation.js';
import { Problem } from '../http/problem.js';
import { unknownOutcome } from './failure.js';
import type { SessionPool } from './session-pool.js';

/**
 * Of one principal in one group. Beyond `keys`, `bytes` and `ageMs`, what came first is forgotten, and its key would be taken as new.
 * `repeatMs`: so long an unknown write keeps its place for a repeat, whoever needs room. `unknownMs`: so long after its last attempt
 * it is not forgotten, so that no copy of it is still under way when its key counts as new; with a principal's 256 places, each
 * given up after 30 seconds at the earliest, there are fewer than `keys` of them.
 */
export const tableLimits = {
  keys: 10_000,
  bytes: 16_777_216,
  ageMs: 86_400_000,
  repeatMs: 30_000,
  unknownMs: 600_000,
};

/** What is known of one key. */
interface Entry {
  readonly fingerprint: string;
  readonly since: number;
  /** Where the group executes it, once. */
  place: SessionPlace | undefined;
  running: Promise<Answer> | undefined;
  answer: Answer | undefined;
  /** Some copy of it may have taken effect. */
  uncertain: boolean;
  /** When the last attempt ended whose outcome is unknown. */
  tried: number;
  /** The group has forgotten the session, or the place was given up: nobody can tell any more. */
  lost: boolean;
}

export type Execute = (options: WriteOptions) => Promise<Answer>;

/**
 * Idempotency keys of one principal. A key is a place in a session of the group, so that a retry after an unknown outcome asks
 * for the same write and not for another. The table is this process's memory: when the gateway restarts it is gone, and a
 * retry that comes then is a new write; what must hold even so needs If-Match.
 */
export class IdempotencyTable {
  bytes = 0;
  private readonly entries = new Map<string, Entry>();
  /** Those that hold a place for a repeat, in the order of their last attempts. */
  private readonly waiting = new Set<Entry>();

  constructor(
    private readonly sessions: SessionPool,
    private readonly limits: typeof tableLimits,
    private readonly now: () => number,
  ) {}

  get size(): number {
    return this.entries.size;
  }

  /** That nothing is remembered, once what is too old is forgotten. */
  isEmpty(): boolean {
    this.forget(this.limits.keys);
    return this.entries.size === 0;
  }

  /** Whether there was one that may be forgotten. */
  forgetOldest(): boolean {
    for (const [key, entry] of this.entries) if (this.mayForget(entry)) return (this.remove(key, entry), true);
    return false;
  }

  async once(key: string, print: string, options: WriteOptions, execute: Execute): Promise<Answer> {
    const entry = this.entries.get(key) ?? this.add(key, print);
    if (entry.fingerprint !== print) {
      const detail = 'this Idempotency-Key came with another method, key, precondition, body or Accept; use a new one';
      throw new Problem('idempotency-key-reused', detail);
    }
    if (entry.answer !== undefined) return replayed(entry.answer);
    if (entry.running !== undefined) return replayed(await entry.running);
    entry.running = this.attempt(key, entry, options, execute);
    try {
      return await entry.running;
    } finally {
      entry.running = undefined;
    }
  }

  private async attempt(key: string, entry: Entry, options: WriteOptions, execute: Execute): Promise<Answer> {
    if (entry.lost) throw lostOutcome();
    this.waiting.delete(entry);
    try {
      const answer = await this.execute(entry, options, execute);
      this.keep(entry, answer);
      return answer;
    } catch (error) {
      if (error instanceof SynodError && error.mayHaveTakenEffect) entry.uncertain = true;
      if (entry.uncertain || entry.lost) this.hold(entry);
      if (entry.lost) throw lostOutcome();
      if (entry.uncertain) throw unknownOutcome((error as Error).message);
      // It had no effect and will have none: the key is as good as new.
      this.remove(key, entry);
      throw error;
    }
  }

  /** A session that the group evicted while it idled costs one more attempt. */
  private async execute(entry: Entry, options: WriteOptions, execute: Execute): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      entry.place ??= await this.sessions.take(options, () => this.giveUpOne());
      try {
        return await execute({ ...options, once: entry.place });
      } catch (error) {
        if (!(error instanceof SynodError) || error.code !== 'sessionExpired') throw error;
        this.sessions.drop(entry.place.session);
        entry.lost = entry.uncertain || error.mayHaveTakenEffect;
        entry.place = undefined;
        if (entry.lost || attempt === 2) throw error;
      }
    }
  }

  /** It may be repeated from now on. */
  private hold(entry: Entry): void {
    entry.tried = this.now();
    if (!entry.lost) this.waiting.add(entry);
  }

  /**
   * Others need room, which only the first of a session can give. It is lost, not executed at another place: the group refuses
   * what still comes of it once the session's next write says that it is settled.
   */
  private giveUpOne(): boolean {
    const latest = this.now() - this.limits.repeatMs;
    for (const entry of this.waiting) {
      if (entry.tried > latest) return false;
      if (entry.place === undefined || !this.sessions.holdsUp(entry.place)) continue;
      entry.lost = true;
      this.settle(entry);
      return true;
    }
    return false;
  }

  private add(key: string, print: string): Entry {
    const { keys } = this.limits;
    this.forget(keys - 1);
    if (this.entries.size >= keys) {
      const detail =
        'too many requests of this caller with an Idempotency-Key are under way, or unknown for less than ten minutes';
      throw Problem.retryable('overloaded', detail, 1000);
    }
    const entry: Entry = {
      fingerprint: print,
      since: this.now(),
      place: undefined,
      running: undefined,
      answer: undefined,
      uncertain: false,
      tried: 0,
      lost: false,
    };
    this.entries.set(key, entry);
    this.bytes += sizeOf(entry);
    return entry;
  }

  private keep(entry: Entry, answer: Answer): void {
    this.bytes -= sizeOf(entry);
    entry.answer = answer;
    this.bytes += sizeOf(entry);
    this.settle(entry);
    this.forget(this.limits.keys);
  }

  private settle(entry: Entry): void {
    if (entry.place !== undefined) this.sessions.settle(entry.place);
    entry.place = undefined;
    this.waiting.delete(entry);
  }

  private remove(key: string, entry: Entry): void {
    this.settle(entry);
    this.bytes -= sizeOf(entry);
    this.entries.delete(key);
  }

  /** Oldest first. */
  private forget(keysAtMost: number): void {
    const { bytes, ageMs } = this.limits;
    const oldest = this.now() - ageMs;
    for (const [key, entry] of this.entries) {
      if (this.entries.size <= keysAtMost && this.bytes <= bytes && entry.since >= oldest) return;
      if (this.mayForget(entry)) this.remove(key, entry);
    }
  }

  /** Never one that is under way, or may be. */
  private mayForget({ running, answer, tried }: Entry): boolean {
    return running === undefined && (answer !== undefined || tried <= this.now() - this.limits.unknownMs);
  }
}

function replayed(answer: Answer): Answer {
  return { ...answer, headers: { ...answer.headers, 'synod-replayed': 'true' } };
}

function lostOutcome(): Problem {
  const detail = 'whether this write took effect cannot be found out any more, and it is not executed again';
  return new Problem('lost-outcome', `${detail}; read, then decide, and use a new Idempotency-Key`);
}

function sizeOf({ answer }: Entry): number {
  return 512 + (answer?.body === undefined ? 0 : Buffer.byteLength(answer.body));
}
