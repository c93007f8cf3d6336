import type { Address } from '@synod/actor';
import type { TraceContext } from '@synod/actor-host';
import type { Connection } from './connection.js';
import { emptyStatistics } from './connection-status.js';
import type { ConnectionStatistics } from './connection-status.js';
import type { Outlet } from './nats-transport.js';

/** Whoever is answered with more than this in a second gets a line: every active client, and none that asks now and then. */
export const MUCH_BYTES = 65_536;
export const WITHIN_MS = 1000;
/** Lines at once; who comes later shares one. */
export const LINES_MOST = 8;
/** A line that carried nothing for so long is closed. */
export const IDLE_MS = 30_000;
export const SWEEP_MS = 10_000;
/** Users without a line whose bytes are remembered. */
const REMEMBERED = 1024;

/** What waits for a line to be opened; what does not fit is dropped, and asked for again. */
export const OPENING_MOST_BYTES = 4_194_304;

/** What a line needs of its connection. */
export type ReplyConnection = Outlet & Pick<Connection, 'close' | 'statistics'>;

/** A connection for some users' replies. It is opened for the first of them, whose replies wait meanwhile. */
class Line implements Outlet {
  private connection: ReplyConnection | undefined;
  private waiting: Parameters<Outlet['publish']>[] = [];
  private waitingBytes = 0;
  usedAt = 0;

  opened(connection: ReplyConnection): void {
    this.connection = connection;
    for (const message of this.waiting) connection.publish(...message);
    this.waiting = [];
  }

  publish(subject: string, payload: Uint8Array, context?: TraceContext): boolean {
    // One that is down is not replaced by another: this user may be why it is down.
    if (this.connection) return this.connection.publish(subject, payload, context);
    if (this.waitingBytes + payload.length > OPENING_MOST_BYTES) return false;
    this.waitingBytes += payload.length;
    // The payload may change after this turn.
    this.waiting.push([subject, payload.slice(), context]);
    return true;
  }

  refuseToSend(): false {
    return this.connection?.refuseToSend() ?? false;
  }

  get statistics(): Readonly<ConnectionStatistics> | undefined {
    return this.connection?.statistics;
  }

  async close(): Promise<void> {
    await this.connection?.close();
  }
}

interface User {
  bytes: number;
  since: number;
  line: Line | undefined;
}

/**
 * Replies to those who take much go over connections of their own. A server holds up whoever publishes to a reader that is
 * behind (nats-server before 2.10.26: a tenth of a second and more for each message), and with it all that this connection has
 * still to say: who asks for much and does not read it would silence us for everybody. This way he holds up what is for him.
 */
export class ReplyLines {
  private readonly users = new Map<Address, User>();
  private readonly lines: Line[] = [];
  private readonly former = emptyStatistics();
  private readonly sweeper: NodeJS.Timeout;
  private turn = 0;
  private readonly ended = new AbortController();

  constructor(
    private readonly shared: Outlet,
    /** For what is said to `user`, and perhaps to others. */
    private readonly open: (user: Address, ended: AbortSignal) => Promise<ReplyConnection>,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.sweeper = setInterval(() => this.sweep(), SWEEP_MS);
    this.sweeper.unref();
  }

  /** Where a reply of so many bytes to `to` goes. */
  outletFor(to: Address, bytes: number): Outlet {
    const now = this.now();
    const user = this.users.get(to) ?? this.add(to);
    if (user.line === undefined) {
      if (now - user.since >= WITHIN_MS) Object.assign(user, { bytes: 0, since: now });
      user.bytes += bytes;
      if (user.bytes <= MUCH_BYTES) return this.shared;
      user.line = this.lineFor(to);
    }
    user.line.usedAt = now;
    return user.line;
  }

  /** Of all lines that ever were, together. */
  get statistics(): Readonly<ConnectionStatistics> {
    const sum = { ...this.former };
    for (const line of this.lines) addTo(sum, line.statistics);
    return sum;
  }

  async close(): Promise<void> {
    this.ended.abort();
    clearInterval(this.sweeper);
    await Promise.all(this.lines.map((line) => line.close()));
  }

  private add(to: Address): User {
    if (this.users.size >= REMEMBERED) this.forget((user) => user.line === undefined);
    const user: User = { bytes: 0, since: -Infinity, line: undefined };
    this.users.set(to, user);
    return user;
  }

  private lineFor(user: Address): Line {
    if (this.lines.length >= LINES_MOST) return this.lines[this.turn++ % this.lines.length]!;
    const line = new Line();
    this.lines.push(line);
    this.open(user, this.ended.signal).then(
      (connection) => this.opened(line, connection),
      () => this.remove(line),
    );
    return line;
  }

  private opened(line: Line, connection: ReplyConnection): void {
    if (this.ended.signal.aborted || !this.lines.includes(line)) return void connection.close();
    line.opened(connection);
  }

  private sweep(): void {
    const now = this.now();
    for (const line of this.lines.filter(({ usedAt }) => now - usedAt >= IDLE_MS)) {
      this.remove(line);
      addTo(this.former, line.statistics);
      void line.close();
    }
  }

  private remove(line: Line): void {
    const place = this.lines.indexOf(line);
    if (place >= 0) this.lines.splice(place, 1);
    this.forget((user) => user.line === line);
  }

  private forget(which: (user: User) => boolean): void {
    for (const [name, user] of this.users) if (which(user)) this.users.delete(name);
  }
}

function addTo(sum: ConnectionStatistics, more: Readonly<ConnectionStatistics> | undefined): void {
  if (!more) return;
  for (const key of Object.keys(sum) as (keyof ConnectionStatistics)[]) sum[key] += more[key];
}
