import { SynodError } from '@synod/client';
import type { SessionPlace, WriteOptions } from '@synod/client';
import type { Answer, GatewayRequest } from '../http/operation.js';
import { Problem } from '../http/problem.js';
import { unknownOutcome, writeFailure } from './failure.js';
import { fingerprint, parseIdempotencyKey } from './idempotency-key.js';
import type { SessionPool } from './session-pool.js';

/** Per group. Beyond, what came first is forgotten, and its key would be taken as new. */
export const idempotencyLimits = { keys: 10_000, answerBytes: 16_777_216, ageMs: 86_400_000 };

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
  /** The group has forgotten the session: nobody can tell any more. */
  lost: boolean;
}

type Execute = (options: WriteOptions) => Promise<Answer>;

/**
 * Idempotency keys of one group. A key is a place in a session of the group, so that a retry after an unknown outcome asks
 * for the same write and not for another. The table is this process's memory: when the gateway restarts it is gone, and a
 * retry that comes then is a new write; what must hold even so needs If-Match.
 */
export class Idempotency {
  private readonly entries = new Map<string, Entry>();
  private answerBytes = 0;

  constructor(
    private readonly sessions: SessionPool,
    private readonly limits = idempotencyLimits,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get size(): number {
    return this.entries.size;
  }

  /** Without a key, executes. One's keys are nobody else's. `identity` is all of the request that must be the same in a retry. */
  async run(
    { headers, rights }: Pick<GatewayRequest, 'headers' | 'rights'>,
    identity: readonly (string | Uint8Array)[],
    options: WriteOptions,
    execute: Execute,
  ): Promise<Answer> {
    try {
      const header = headers['idempotency-key'];
      if (header === undefined) return await execute(options);
      return await this.once(`${rights.name}/${parseIdempotencyKey(header)}`, fingerprint(identity), options, execute);
    } catch (error) {
      throw writeFailure(error);
    }
  }

  private async once(key: string, print: string, options: WriteOptions, execute: Execute): Promise<Answer> {
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
    try {
      const answer = await this.execute(entry, options, execute);
      this.keep(entry, answer);
      return answer;
    } catch (error) {
      if (error instanceof SynodError && error.mayHaveTakenEffect) entry.uncertain = true;
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
      entry.place ??= await this.sessions.take(options);
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

  private add(key: string, print: string): Entry {
    const { keys } = this.limits;
    this.forget(keys - 1);
    if (this.entries.size >= keys) {
      throw Problem.retryable('overloaded', 'too many requests with an Idempotency-Key are under way', 1000);
    }
    const entry: Entry = {
      fingerprint: print,
      since: this.now(),
      place: undefined,
      running: undefined,
      answer: undefined,
      uncertain: false,
      lost: false,
    };
    this.entries.set(key, entry);
    return entry;
  }

  private keep(entry: Entry, answer: Answer): void {
    entry.answer = answer;
    this.answerBytes += sizeOf(answer);
    this.settle(entry);
    this.forget(this.limits.keys);
  }

  private settle(entry: Entry): void {
    if (entry.place !== undefined) this.sessions.settle(entry.place);
    entry.place = undefined;
  }

  private remove(key: string, entry: Entry): void {
    this.settle(entry);
    if (entry.answer !== undefined) this.answerBytes -= sizeOf(entry.answer);
    this.entries.delete(key);
  }

  /** Oldest first; never one that is under way. */
  private forget(keysAtMost: number): void {
    const { answerBytes, ageMs } = this.limits;
    const oldest = this.now() - ageMs;
    for (const [key, entry] of this.entries) {
      if (this.entries.size <= keysAtMost && this.answerBytes <= answerBytes && entry.since >= oldest) return;
      if (entry.running === undefined) this.remove(key, entry);
    }
  }
}

function replayed(answer: Answer): Answer {
  return { ...answer, headers: { ...answer.headers, 'synod-replayed': 'true' } };
}

function lostOutcome(): Problem {
  const detail = 'the group does not know any more whether this write took effect';
  return new Problem('unknown-outcome', `${detail}; read, then decide, and use a new Idempotency-Key`);
}

function sizeOf({ body }: Answer): number {
  return 512 + (body === undefined ? 0 : Buffer.byteLength(body));
}
