import type { CallOptions, KeyValueGroup, Session, SessionPlace } from '@synod/client';
import { Problem } from '../http/problem.js';

/** The group keeps results of so many sequences above the acknowledged one. */
const window = 32;
/** So many writes with an Idempotency-Key may be under way or unknown in one group: 32 times 32. */
const mostSessions = 32;

/** One session of the group, its sequences given to one write each. */
class PooledSession {
  private last = 0;
  private through = 0;
  private readonly settled = new Set<number>();

  constructor(private readonly session: Session) {}

  get hasRoom(): boolean {
    return this.last < this.through + window;
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

/** Places for writes that must be executed once, in as few sessions as they fit in. */
export class SessionPool {
  private readonly sessions = new Map<Session, PooledSession>();
  private opening: Promise<void> | undefined;

  constructor(private readonly group: () => KeyValueGroup) {}

  /** A place that nobody had before. Throws 429 when all sessions are full of writes whose outcome nobody knows. */
  async take(options: CallOptions): Promise<SessionPlace> {
    for (;;) {
      for (const pooled of this.sessions.values()) if (pooled.hasRoom) return pooled.take();
      if (this.sessions.size >= mostSessions) {
        throw Problem.retryable('overloaded', 'too many writes with an Idempotency-Key are under way', 1000);
      }
      this.opening ??= this.open(options).finally(() => (this.opening = undefined));
      await this.opening;
    }
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
