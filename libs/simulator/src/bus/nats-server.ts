import type { Pipe } from './pipe.js';
import type { Receive } from './bus.js';
import { Subscriptions } from './subscriptions.js';

/** A TCP connection between a process and a server, as the server sees it. */
export interface Channel {
  readonly up: Pipe;
  readonly down: Pipe;
  /** The server closed it, or knows it to be gone. */
  severed(): void;
  deliver(subject: string, payload: Uint8Array, receive: Receive): void;
}

interface Subscriber {
  readonly channel: Channel;
  readonly receive: Receive;
}

/** What a message takes beside subject and payload: verb, sizes, line ends. */
const overheadBytes = 32;

export const sizeOf = (subject: string, payload: Uint8Array): number => subject.length + payload.length + overheadBytes;

/** A nats-server: matches subjects, remembers nothing. */
export class NatsServer {
  up = true;
  /** Stopped, as by SIGSTOP: its sockets take bytes, and nothing happens. */
  frozen = false;
  /** To the other servers of its cluster. */
  readonly routes = new Map<NatsServer, Pipe>();
  private readonly channels = new Map<Channel, Set<() => void>>();
  private subscriptions = new Subscriptions<Subscriber>();

  constructor(readonly name: string) {}

  accept(channel: Channel): void {
    this.channels.set(channel, new Set());
  }

  /** Returns the way to end it. Without effect on a channel that is not there any more. */
  subscribe(channel: Channel, pattern: string, receive: Receive): () => void {
    const own = this.channels.get(channel);
    if (own === undefined) return () => undefined;
    const remove = this.subscriptions.add(pattern, { channel, receive });
    own.add(remove);
    return () => {
      own.delete(remove);
      remove();
    };
  }

  /** From a client of its own: to its subscribers, and one hop on. */
  publish(channel: Channel, subject: string, payload: Uint8Array): void {
    if (!this.channels.has(channel)) return;
    this.deliver(subject, payload);
    for (const [other, route] of this.routes) {
      route.send(sizeOf(subject, payload), () => {
        if (other.up) other.deliver(subject, payload);
      });
    }
  }

  /** The channel ends here: what it subscribed to is forgotten. */
  release(channel: Channel): void {
    for (const remove of this.channels.get(channel) ?? []) remove();
    this.channels.delete(channel);
  }

  /** All that is in flight is lost, in both directions. */
  kill(): void {
    this.up = false;
    this.frozen = false;
    const channels = [...this.channels.keys()];
    this.channels.clear();
    this.subscriptions = new Subscriptions();
    for (const [other, route] of this.routes) {
      route.clear();
      other.routes.get(this)?.clear();
    }
    for (const channel of channels) {
      channel.up.clear();
      channel.down.clear();
      channel.severed();
    }
  }

  start(): void {
    this.up = true;
  }

  freeze(): void {
    this.frozen = true;
  }

  thaw(): void {
    this.frozen = false;
  }

  /** What waits on the ways to here may come, also from connections that their clients have given up. */
  flow(): void {
    for (const channel of this.channels.keys()) channel.up.flow();
    for (const other of this.routes.keys()) other.routes.get(this)?.flow();
  }

  private deliver(subject: string, payload: Uint8Array): void {
    for (const { channel, receive } of this.subscriptions.of(subject)) channel.deliver(subject, payload, receive);
  }
}
