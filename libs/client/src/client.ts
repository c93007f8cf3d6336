import { errors, headers, type Msg, type NatsConnection, type Subscription } from '@nats-io/transport-node';
import { destroySocket, openConnection, type ServerOptions } from './connection.js';
import type { Line } from './carrier.js';
import { SynodError } from './errors.js';
import { KeyValueGroup } from './key-value-group.js';
import { defaultLimits, type ClientLimits } from './limits.js';
import { trustFor, type Trust } from './pbft/trust.js';
import { parseReplySubject, replySubject, requireToken } from './subjects.js';
import { processSurroundings, randomToken, type Surroundings } from './surroundings.js';
import type { ClientTracing, TraceContext } from './tracing.js';

/** What a client uses of a NATS connection. */
export type ClientConnection = Pick<
  NatsConnection,
  'publish' | 'subscribe' | 'flush' | 'isClosed' | 'close' | 'status'
>;

export interface ClientOptions extends ServerOptions {
  /** An open connection of the same user, instead of `servers`; it stays open when the client closes. */
  readonly connection?: ClientConnection;
  /** The cluster's name in all subjects. */
  readonly cluster: string;
  /** Of calls that name none, in milliseconds; default 5000. */
  readonly timeoutMs?: number;
  readonly limits?: Partial<ClientLimits>;
  readonly tracing?: ClientTracing;
  /**
   * Of groups whose replicas are believed by their signatures (PBFT), by group: the public keys, and this user's own secret.
   * Asked once per group, when it is first used. Other groups need none.
   */
  readonly trust?: (group: string) => Trust | undefined;
  /** For simulations, together with `connection`; default: the process's own clock, event loop and randomness. */
  readonly surroundings?: Surroundings;
}

/** Connects as one NATS user. Throws a `SynodError` that says what is wrong when that is not possible. */
export async function connect(options: ClientOptions): Promise<Client> {
  requireToken('cluster', options.cluster);
  requireToken('user', options.user);
  const connection = options.connection ?? (await openConnection(options, `synod-client-${options.user}`));
  const client = new Client(options, connection);
  try {
    await client.ready();
    return client;
  } catch (error) {
    await client.close({ drainMs: 0 });
    throw error;
  }
}

/** One NATS connection of one user; any number of groups. */
export class Client {
  /** Names this connection in requests and reply subjects; kept through reconnects, so that a retry is the same bytes. */
  private readonly token: string;
  private readonly surroundings: Surroundings;
  private readonly groups = new Map<string, KeyValueGroup>();
  private replies: Subscription;
  private readonly watching: Promise<void>;
  private connected = true;
  private closing = false;
  private subscriptionError: Error | undefined;
  /** Replies that could not be read, or for a group that was never asked for. */
  malformedReplies = 0;

  /** Use `connect`. */
  constructor(
    private readonly options: ClientOptions,
    private readonly connection: ClientConnection,
  ) {
    this.surroundings = options.surroundings ?? processSurroundings;
    this.token = randomToken(this.surroundings);
    this.replies = this.subscribe();
    this.watching = this.watch();
  }

  /** The broker has the subscription and allows it. */
  async ready(): Promise<void> {
    await this.connection.flush();
    if (this.subscriptionError === undefined) return;
    const { cluster, user } = this.options;
    const message = `user ${user} may not receive replies in cluster ${cluster}: ${this.subscriptionError.message}`;
    throw new SynodError('unauthorized', message);
  }

  /** The group with this name; the same object for the same name. */
  group(name: string): KeyValueGroup {
    if (this.closing) throw new SynodError('closed', 'the client is closed');
    let group = this.groups.get(requireToken('group', name));
    if (group === undefined) {
      const { timeoutMs = 5000, limits, tracing } = this.options;
      const { surroundings } = this;
      const trust = trustFor(this.options, name);
      const settings = { limits: { ...defaultLimits, ...limits }, timeoutMs, tracing, surroundings, trust };
      group = new KeyValueGroup(name, this.lineTo(name), settings);
      this.groups.set(name, group);
    }
    return group;
  }

  /** Takes no more calls, waits up to `drainMs` (default 2000) for those under way, fails the rest, and disconnects. */
  async close({ drainMs = 2000 }: { readonly drainMs?: number } = {}): Promise<void> {
    this.closing = true;
    const groups = [...this.groups.values()];
    for (const group of groups) group.stopAccepting();
    const { surroundings } = this;
    const end = surroundings.now() + drainMs;
    while (surroundings.now() < end && groups.some((group) => !group.isIdle)) {
      await new Promise<void>((resolve) => surroundings.schedule(5, resolve));
    }
    for (const group of groups) group.stop();
    this.replies.unsubscribe();
    if (this.options.connection !== undefined) return;
    await this.connection.close();
    await this.watching;
  }

  private subscribe(): Subscription {
    const { cluster, user } = this.options;
    return this.connection.subscribe(replySubject(cluster, user, this.token), {
      callback: (error, message) => this.receive(error, message),
    });
  }

  private lineTo(group: string): Line {
    const isConnected = () => this.connected && !this.connection.isClosed();
    const { cluster, user } = this.options;
    const prefix = `synod.${cluster}.${group}.${user}`;
    return {
      user,
      client: this.token,
      get isConnected() {
        return isConnected();
      },
      publish: (to, kind, bytes, context) => this.publish(`${prefix}.${to}.${kind}`, bytes, context),
    };
  }

  /** What the broker or the library refuses is as good as lost; the courier sends again until a deadline. */
  private publish(subject: string, bytes: Uint8Array, context: TraceContext | undefined): void {
    try {
      if (context === undefined) return this.connection.publish(subject, bytes);
      this.connection.publish(subject, bytes, { headers: headersOf(context) });
    } catch {
      this.connected = !this.connection.isClosed();
    }
  }

  /** Nothing may leave this callback as an exception: the library would not call it again. */
  private receive(error: Error | null, message: Msg): void {
    if (error !== null) {
      this.subscriptionError = error;
      return;
    }
    try {
      const { group, from } = parseReplySubject(message.subject);
      const known = this.groups.get(group);
      if (known === undefined) this.malformedReplies++;
      else known.receive(from, message.data);
    } catch {
      this.malformedReplies++;
    }
  }

  private async watch(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (this.closing && this.options.connection !== undefined) return;
      if (status.type === 'disconnect') this.connected = false;
      else if (status.type === 'reconnect') this.reconnected();
      else if (status.type === 'staleConnection') destroySocket(this.connection);
      else if (status.type === 'error') this.refused(status.error);
    }
    this.connected = false;
  }

  private reconnected(): void {
    this.connected = true;
    // A server that comes back with another configuration may have refused it, which ends it for the library.
    if (this.replies.isClosed()) this.replies = this.subscribe();
    for (const group of this.groups.values()) group.reconnected();
  }

  private refused(error: Error): void {
    if (!(error instanceof errors.PermissionViolationError) || error.operation !== 'publish') return;
    const [, cluster, name = '', , to = ''] = error.subject.split('.');
    if (cluster !== this.options.cluster) return;
    this.groups.get(name)?.denied(to, `user ${this.options.user} may not publish to ${error.subject}`);
  }
}

function headersOf({ traceparent, tracestate }: TraceContext) {
  const fields = headers();
  fields.set('traceparent', traceparent);
  if (tracestate !== undefined) fields.set('tracestate', tracestate);
  return fields;
}
