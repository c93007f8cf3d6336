import type { Address } from '@synod/actor';
import { connect } from '@synod/client';
import type { Client, ClientConnection, ClientOptions, Surroundings } from '@synod/client';
import type { Random } from '../random.js';
import type { Timeline } from '../timeline.js';
import type { Bus, Connection, Process } from './bus.js';

/**
 * A process that runs the production client. Whatever wakes it may settle promises, so the timeline lets those have their
 * turn before the next event.
 */
export class ClientProcess implements Process, Surroundings {
  private readonly connections: Connection[] = [];
  private ended = false;

  constructor(
    readonly address: Address,
    private readonly bus: Bus,
    private readonly timeline: Timeline,
    private readonly random: Random,
  ) {}

  /** A client of the cluster as the user that the process is named after. */
  connect(cluster: string, known: Pick<ClientOptions, 'trust'> = {}): Promise<Client> {
    const connection = this.bus.connect(this);
    this.connections.push(connection);
    const library = this.libraryFor(connection);
    return connect({ cluster, user: this.address, connection: library, surroundings: this, ...known });
  }

  /** As kill -9: what it was waiting for it will never learn. */
  kill(): void {
    this.ended = true;
    for (const connection of this.connections) connection.close();
  }

  read(take: () => void): void {
    this.awake(take);
  }

  later(delayMs: number, run: () => void): void {
    this.schedule(delayMs, run);
  }

  now(): number {
    return this.timeline.now;
  }

  schedule(delayMs: number, fire: () => void): () => void {
    const event = this.timeline.after(delayMs, () => this.awake(fire));
    return () => void (event.cancelled = true);
  }

  soon(run: () => void): void {
    this.schedule(0, run);
  }

  between(min: number, max: number): number {
    return this.random.between(min, max);
  }

  private awake(run: () => void): void {
    if (this.ended) return;
    run();
    this.timeline.promiseSettled();
  }

  /** What the client uses of nats.js. Headers are left out: nothing is traced here. */
  private libraryFor(connection: Connection): ClientConnection {
    const statuses = new Statuses();
    connection.onStatus = (type) => this.awake(() => statuses.tell({ type }));
    let closed = false;
    const library = {
      publish: (subject: string, payload: Uint8Array) => connection.publish(subject, payload),
      subscribe: (pattern: string, { callback }: { callback: (error: null, message: object) => void }) => {
        const receive = (subject: string, data: Uint8Array): void => callback(null, { subject, data });
        return { unsubscribe: connection.subscribe(pattern, receive), isClosed: () => closed };
      },
      flush: () => Promise.resolve(),
      isClosed: () => closed,
      close: async () => {
        closed = true;
        statuses.end();
        connection.close();
      },
      status: () => statuses,
    };
    return library as unknown as ClientConnection;
  }
}

/** What nats.js tells of a connection, as it happens. */
class Statuses implements AsyncIterable<object> {
  private readonly told: object[] = [];
  private ended = false;
  private wake: () => void = () => undefined;

  tell(status: object): void {
    this.told.push(status);
    this.wake();
  }

  end(): void {
    this.ended = true;
    this.wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<object> {
    while (!this.ended || this.told.length > 0) {
      const status = this.told.shift();
      if (status !== undefined) yield status;
      else await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}
