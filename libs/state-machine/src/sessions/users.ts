import type { Session } from './session.js';

/** One user's sessions, in the order of their last use. */
class User {
  readonly sessions = new Map<number, Session>();
  keptBytes = 0;

  get count(): number {
    return this.sessions.size;
  }
}

/** Who has how many sessions, and how much is kept for them. */
export class Users {
  private readonly users = new Map<string, User>();

  /** The one that its user used last. */
  add(session: Session): void {
    let user = this.users.get(session.user);
    if (user === undefined) this.users.set(session.user, (user = new User()));
    user.sessions.set(session.id, session);
    user.keptBytes += session.keptBytes;
  }

  remove(session: Session): void {
    const user = this.users.get(session.user)!;
    user.sessions.delete(session.id);
    user.keptBytes -= session.keptBytes;
    if (user.count === 0) this.users.delete(session.user);
  }

  /**
   * Of the user with the most, the session that was used longest ago; of two with as much, of the one whose name comes first,
   * because replicas that were restored know users in another order. Users of whom only `inUse` is left do not count.
   */
  oldestOfLargest(by: 'count' | 'keptBytes', inUse: Session): Session | undefined {
    let largest: string | undefined;
    let most = -1;
    for (const [name, user] of this.users) {
      if (user.count === 1 && user.sessions.has(inUse.id)) continue;
      if (user[by] < most || (user[by] === most && name > largest!)) continue;
      largest = name;
      most = user[by];
    }
    if (largest === undefined) return undefined;
    for (const session of this.users.get(largest)!.sessions.values()) if (session !== inUse) return session;
    return undefined;
  }
}
