import type { Random } from '../random.js';
import { handOver, requirePayload } from './bus.js';
import type { Connection, ConnectionStatus, Process, Receive } from './bus.js';
import type { NatsBus } from './nats-bus.js';
import { sizeOf } from './nats-server.js';
import type { Channel, NatsServer } from './nats-server.js';
import { Pipe } from './pipe.js';

/** As `libs/nats-transport` and `libs/client` set it: 50 to 100 ms between attempts; three pings 500 ms apart unanswered. */
const reconnectWaitMs = [50, 100] as const;
const pingPatienceMs = [1500, 2000] as const;
/** A server writes to a dead peer, or pings it, before it forgets it. */
const halfOpenMs = [500, 20_000] as const;

interface Subscription {
  readonly pattern: string;
  readonly receive: Receive;
  end: (() => void) | undefined;
}

/** A client library's connection to one of `servers`; the next in turn when that fails. */
export class NatsConnection implements Connection {
  onStatus: (status: ConnectionStatus) => void = () => undefined;
  private tcp: TcpConnection | undefined;
  private closed = false;
  private turn = 0;
  private readonly subscriptions = new Set<Subscription>();

  constructor(
    readonly bus: NatsBus,
    readonly process: Process,
    private readonly servers: readonly NatsServer[],
    readonly random: Random,
  ) {
    const server = this.nextServer();
    if (bus.reaches(process, server)) this.open(server);
    else this.tryLater();
  }

  get connected(): boolean {
    return this.tcp !== undefined;
  }

  /** Which server it is connected to. */
  get server(): NatsServer | undefined {
    return this.tcp?.server;
  }

  publish(subject: string, payload: Uint8Array): void {
    requirePayload(subject, payload);
    const { tcp } = this;
    if (this.closed) return;
    if (tcp === undefined) return this.bus.counters.count('published while reconnecting');
    const copy = new Uint8Array(payload);
    tcp.up.send(sizeOf(subject, payload), () => tcp.server.publish(tcp, subject, copy));
  }

  subscribe(pattern: string, receive: Receive): () => void {
    const subscription: Subscription = { pattern, receive, end: undefined };
    this.subscriptions.add(subscription);
    this.tcp?.subscribe(subscription);
    return () => {
      this.subscriptions.delete(subscription);
      this.tcp?.unsubscribe(subscription);
    };
  }

  /** A second, overlapping subscription for these subjects, as a careless program has it: each message comes twice. */
  overlap(isDoubled: (subject: string) => boolean): () => void {
    const ends = [...this.subscriptions].map(({ pattern, receive }) =>
      this.subscribe(pattern, (subject, payload) => {
        if (isDoubled(subject)) receive(subject, payload);
      }),
    );
    return () => ends.forEach((end) => end());
  }

  close(): void {
    this.closed = true;
    this.tcp?.abandon();
    this.tcp = undefined;
    this.bus.closed(this);
  }

  /** For its TCP connection: it is gone. */
  lost(tcp: TcpConnection): void {
    if (this.tcp !== tcp) return;
    this.tcp = undefined;
    this.bus.counters.count('connections lost');
    this.tryLater();
    this.onStatus('disconnect');
  }

  /** The way to the server changed: what it holds may come now, and a dead connection is noticed in a while. */
  wayChanged(): void {
    this.tcp?.wayChanged();
  }

  private nextServer(): NatsServer {
    return this.servers[this.turn++ % this.servers.length]!;
  }

  private tryLater(): void {
    this.process.later(this.random.between(...reconnectWaitMs), () => this.dial());
  }

  private dial(): void {
    const server = this.nextServer();
    if (this.closed) return;
    if (!this.bus.reaches(this.process, server)) return this.tryLater();
    // Two round trips of greetings.
    this.process.later(4 * this.bus.delayMs(this.random), () => {
      if (this.closed) return;
      if (!this.bus.reaches(this.process, server)) return this.tryLater();
      this.open(server);
      this.bus.counters.count('reconnects');
      this.onStatus('reconnect');
    });
  }

  private open(server: NatsServer): void {
    this.tcp = new TcpConnection(this, server);
    for (const subscription of this.subscriptions) this.tcp.subscribe(subscription);
  }
}

interface Unread {
  readonly size: number;
}

/** One TCP connection of a client library to its server, until either end gives it up. */
class TcpConnection implements Channel {
  readonly up: Pipe;
  readonly down: Pipe;
  /** By the client's end. */
  private givenUp = false;
  /** By the server's end. */
  private ended = false;
  private brokenSince: number | undefined;
  /** Arrived at the process's machine, in order. */
  private readonly unread = new Set<Unread>();
  private unreadBytes = 0;

  constructor(
    private readonly owner: NatsConnection,
    readonly server: NatsServer,
  ) {
    const { bus, process, random } = owner;
    const delay = (): number => bus.delayMs(random);
    this.up = new Pipe(bus.timeline, delay, () => server.frozen || bus.links.blocks(process.address, server.name));
    this.down = new Pipe(bus.timeline, delay, () => bus.links.blocks(server.name, process.address));
    server.accept(this);
  }

  subscribe(subscription: Subscription): void {
    const { pattern, receive } = subscription;
    this.up.send(pattern.length, () => (subscription.end = this.server.subscribe(this, pattern, receive)));
  }

  unsubscribe(subscription: Subscription): void {
    this.up.send(0, () => subscription.end?.());
  }

  deliver(subject: string, payload: Uint8Array, receive: Receive): void {
    const { bus } = this.owner;
    if (this.givenUp) return bus.counters.count('sent into half-open connections');
    const size = sizeOf(subject, payload);
    if (this.down.isShut() && this.isTooMuch(this.down.pendingBytes + size)) return this.cutOff();
    this.down.send(size, () => this.arrive({ size }, receive, subject, payload));
  }

  /** It lies in the socket, or still with the server, until the process reads. */
  private arrive(unread: Unread, receive: Receive, subject: string, payload: Uint8Array): void {
    if (this.isTooMuch(unread.size)) return this.cutOff();
    this.unread.add(unread);
    this.unreadBytes += unread.size;
    this.owner.process.read(() => {
      if (!this.unread.delete(unread)) return;
      this.unreadBytes -= unread.size;
      if (!this.givenUp) handOver(receive, subject, payload);
    });
  }

  /** The server is gone. The client's machine answers for a dead process, but nobody answers across a cut. */
  severed(): void {
    this.ended = true;
    if (this.isBroken) return;
    this.owner.process.later(this.owner.bus.delayMs(this.owner.random), () => this.giveUp());
  }

  wayChanged(): void {
    this.down.flow();
    if (!this.isBroken) {
      this.brokenSince = undefined;
      if (this.ended && this.down.pendingBytes === 0) this.severed();
      return;
    }
    if (this.brokenSince !== undefined) return;
    const { bus, process, random } = this.owner;
    const since = (this.brokenSince = bus.timeline.now);
    process.later(random.between(...pingPatienceMs), () => {
      if (this.brokenSince !== since) return;
      bus.counters.count('dead connections noticed by ping');
      this.giveUp();
    });
  }

  /** The process closes it or ends. A killed process's last words still travel; a machine without power says no more. */
  abandon(): void {
    const { bus, random } = this.owner;
    this.givenUp = true;
    this.down.clear();
    if (random.chance(0.5)) return this.finish();
    this.up.clear();
    bus.timeline.after(random.between(...halfOpenMs), () => this.server.release(this));
  }

  /** The client's end sees no sense in it any more. Its kernel goes on sending what it was given, if it can. */
  private giveUp(): void {
    if (this.givenUp) return;
    this.givenUp = true;
    this.down.clear();
    if (this.owner.random.chance(0.5)) this.up.clear();
    this.finish();
    this.owner.lost(this);
  }

  private finish(): void {
    this.up.send(0, () => this.server.release(this));
  }

  /** A slow consumer: what its own socket holds it will still read, then it sees the end; the rest is gone. */
  private cutOff(): void {
    if (this.ended) return;
    const { bus } = this.owner;
    this.server.release(this);
    this.ended = true;
    bus.counters.count('slow consumers cut off');
    let room = bus.weather.socketBytes;
    for (const unread of this.unread) if ((room -= unread.size) < 0) this.unread.delete(unread);
    this.unreadBytes = [...this.unread].reduce((sum, { size }) => sum + size, 0);
    this.down.dropBeyond(Math.max(room, 0));
    this.down.send(1, () => this.owner.process.read(() => this.giveUp()));
  }

  private isTooMuch(moreBytes: number): boolean {
    const { socketBytes, pendingBytes } = this.owner.bus.weather;
    return this.unreadBytes + moreBytes > socketBytes + pendingBytes;
  }

  private get isBroken(): boolean {
    return !this.owner.bus.reaches(this.owner.process, this.server, true);
  }
}
