import type { CallOptions, KeyValueGroup, Session, SessionPlace } from '@synod/client';
import { Problem } from '../http/problem.js';

/** The group keeps results of so many sequences above the acknowledged one. */
const window = 32;
/**
 * Of one principal in one group, so that nobody takes all there are: 8 times 32 writes of his may be under way or unknown. As
 * many principals as a file of tokens can name, 1,024, stay with that below the 10,000 sessions that a group keeps.
 */
const mostSessions = 8;

/** One session of the group, its sequences given to one write each. */
class PooledSession {
  private last = 0;
  private through = 0;
  private readonly settled = new Set<number>();

  constructor(private readonly session: Session) {}

  get hasRoom(): boolean {
    return this.last < this.through + window;
  }

  /** Until this one is settled, nothing can be acknowledged. */
  isFirst(sequence: number): boolean {
    return sequence === this.through + 1;
  }

  take(): SessionPlace {
    return { session: this.session, sequence: ++this.last };
  }

  /** Its result is not asked for any more; the group hears so with the session's next write. */
  settle(sequence: number): void {
    this.settled.add(sequence);
    while (this.settled.delete(this.through + 1)) this.through++;
    this.session.acknowledge(this.through);
  }
}

/** Places for one principal's writes that must be executed once, in as few sessions as they fit in. */
export class SessionPool {
  private readonly sessions = new Map<Session, PooledSession>();
  private opening: Promise<void> | undefined;

  constructor(private readonly group: () => KeyValueGroup) {}

  /**
   * A place that nobody had before. When all sessions are full, `makeRoom` may settle what `holdsUp` one and say true;
   * otherwise it throws 429.
   */
  async take(options: CallOptions, makeRoom: () => boolean): Promise<SessionPlace> {
    for (;;) {
      for (const pooled of this.sessions.values()) if (pooled.hasRoom) return pooled.take();
      if (this.sessions.size < mostSessions) {
        this.opening ??= this.open(options).finally(() => (this.opening = undefined));
        await this.opening;
      } else if (!makeRoom()) {
        const detail =
          'too many writes of this caller with an Idempotency-Key are under way, or unknown for less than 30 seconds';
        throw Problem.retryable('overloaded', detail, 1000);
      }
    }
  }

  /** That its session has room again as soon as this place is settled, and not before. */
  holdsUp({ session, sequence }: SessionPlace): boolean {
    return this.sessions.get(session)?.isFirst(sequence) ?? false;
  }

  settle({ session, sequence }: SessionPlace): void {
    this.sessions.get(session)?.settle(sequence);
  }

  /** The group has evicted it. */
  drop(session: Session): void {
    this.sessions.delete(session);
  }

  private async open({ timeoutMs }: CallOptions): Promise<void> {
    const session = await this.group().openSession(timeoutMs === undefined ? {} : { timeoutMs });
    this.sessions.set(session, new PooledSession(session));
  }
}
