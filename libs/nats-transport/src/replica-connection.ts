import type { Msg } from '@nats-io/transport-node';
import type { Address } from '@synod/actor';
import { connectAs } from './connect.js';
import type { ConnectOptions } from './connect.js';
import type { Connection, Listening } from './connection.js';
import type { ConnectionStatistics } from './connection-status.js';
import { NatsTransport } from './nats-transport.js';
import type { GroupOptions, RefusalReason } from './nats-transport.js';
import { ELDER_ANSWERS_MS } from './process-mark.js';
import { ReplyLines } from './reply-lines.js';
import { SelfProbe } from './self-probe.js';
import type { Sluice } from './sluice.js';
import { BULK_ROOT, PROBE_GROUP, ROOT, SubjectReader, requireGroup, requireToken } from './subjects.js';
import type { Subject } from './subjects.js';
import { MAX_PAYLOAD_BYTES } from './server-configuration.js';
import { ADMIN_KINDS, CLIENT_KINDS } from './identities.js';

export interface ReplicaOptions extends ConnectOptions {
  readonly cluster: string;
  /** Kinds that travel on a connection of their own, so that a snapshot does not delay a heartbeat. Without any there is none. */
  readonly bulkKinds?: ReadonlySet<string>;
  /** What is asked of this replica by others than peers; the server may forbid an acceptor to listen to more. */
  readonly askedKinds?: readonly string[];
  /** Longer messages are refused; the server's own limit by default. */
  readonly maxPayloadBytes?: number;
  /** Something was not delivered, `count` times. */
  readonly refused?: (from: Address, reason: RefusalReason, count?: number) => void;
  /** An older process in this replica's name was found after `requireNoElder`: this one must end. */
  readonly onElder?: (error: Error) => void;
}

/** What the server may owe us a sign of having taken, for replies to one client; a client that reads owes less. */
const MAX_PENDING_REPLY_BYTES = 4_194_304;

const defaultAskedKinds = [...CLIENT_KINDS, ...ADMIN_KINDS];

/** Of each connection since it was made; of all those for replies together. */
type Statistics = { readonly [Name in 'peers' | 'clients' | 'replies']: Readonly<ConnectionStatistics> } & {
  readonly bulk?: Readonly<ConnectionStatistics>;
};

/**
 * One replica's place on the bus: up to three connections as one user, and one more for each client that takes much. The groups
 * that it hosts `join`; for each it subscribes to the kinds of peers on one connection; to what it is asked, in whatever group, on
 * another, so that what clients flood is in no peer's way, here nor in the broker; to what is bulky on a third.
 */
export class ReplicaConnection {
  readonly self: Address;
  private readonly groups = new Map<string, NatsTransport>();
  private readonly subjects = new SubjectReader();
  private readonly running: readonly Listening[];
  private readonly maxPayloadBytes: number;
  /** Of each connection: what a client floods is kept from the other clients, and what a peer floods from the other peers. */
  private readonly sluices: ReadonlyMap<Connection, Sluice>;
  private readonly replies: ReplyLines;
  private readonly askedKinds: readonly string[];
  private elder: Error | undefined;
  private takesPart = false;

  private constructor(
    private readonly options: ReplicaOptions,
    private readonly peers: Connection,
    private readonly clients: Connection,
    private readonly bulk: Connection | undefined,
  ) {
    this.self = options.credentials.user;
    this.maxPayloadBytes = options.maxPayloadBytes ?? MAX_PAYLOAD_BYTES;
    const dropped = (from: Address, count: number): void => options.refused?.(from, 'flood', count);
    const sluice = (connection: Connection, root: string): [Connection, Sluice] => [
      connection,
      connection.sluice(`${root}.${options.cluster}.`, dropped),
    ];
    this.sluices = new Map([
      ...[peers, clients].map((connection) => sluice(connection, ROOT)),
      ...(bulk ? [sluice(bulk, BULK_ROOT)] : []),
    ]);
    this.replies = new ReplyLines(clients, (user, signal) => this.replyLine(user, signal));
    this.askedKinds = options.askedKinds ?? defaultAskedKinds;
    this.running = [
      ...this.listen(clients, this.own(ROOT), this.askedKinds),
      ...(bulk ? this.listen(bulk, this.own(BULK_ROOT), [...(options.bulkKinds ?? [])]) : []),
    ];
  }

  /** Waits for a server as `connectAs` does. `credentials.user` is the replica's name. */
  static async connect(options: ReplicaOptions): Promise<ReplicaConnection> {
    requireToken(options.cluster, 'cluster');
    requireToken(options.credentials.user, 'replica name');
    const made: Connection[] = [];
    try {
      for (const what of ['', ' clients', ...(options.bulkKinds?.size ? [' bulk'] : [])]) {
        made.push(await connectAs({ ...options, name: options.name + what }));
      }
    } catch (error) {
      for (const connection of made) await connection.close();
      throw error;
    }
    const [peers, clients, bulk] = made;
    return new ReplicaConnection(options, peers!, clients!, bulk);
  }

  private replyLine(user: Address, signal: AbortSignal): Promise<Connection> {
    const { options } = this;
    const maxPendingBytes = Math.min(options.maxPendingBytes ?? Infinity, MAX_PENDING_REPLY_BYTES);
    return connectAs({ ...options, name: `${options.name} replies ${user}`, maxPendingBytes, signal });
  }

  /**
   * To be awaited before this process takes part. Throws when another one in our name lives and is reachable: over a copy of
   * its data directory we would vote a second time. One that is found later is told to `onElder`.
   */
  async requireNoElder(): Promise<void> {
    if (this.elder === undefined) await new Promise((resolve) => setTimeout(resolve, ELDER_ANSWERS_MS));
    if (this.elder !== undefined) throw this.elder;
    this.takesPart = true;
  }

  get connected(): boolean {
    return this.peers.connected && this.clients.connected;
  }

  /**
   * Of the connection that heartbeats use, of the one to clients, of those for replies to some of them, and of the one that
   * snapshots use, if any.
   */
  get statistics(): Statistics {
    const { peers, clients, replies, bulk } = this;
    const common = { peers: peers.statistics, clients: clients.statistics, replies: replies.statistics };
    return { ...common, ...(bulk && { bulk: bulk.statistics }) };
  }

  /** Bytes that the server is not known to have taken, but those of replies over lines of their own. */
  get pendingBytes(): number {
    const { peers, clients, bulk } = this;
    return peers.pendingBytes + clients.pendingBytes + (bulk?.pendingBytes ?? 0);
  }

  join(options: GroupOptions): NatsTransport {
    const group = requireGroup(options.group);
    if (this.groups.has(group)) throw new Error(`${this.self} has already joined group "${group}"`);
    const everyone = requireToken(options.everyone, 'multicast name');
    if (everyone === this.self) throw new Error(`"${everyone}" is this replica's own name; a multicast needs another`);
    const listening = this.listenTo({ ...options, group, everyone });
    const transport = new NatsTransport(options, {
      self: this.self,
      cluster: this.options.cluster,
      peers: this.peers,
      clients: this.clients,
      bulk: this.bulk ?? this.peers,
      bulkKinds: this.options.bulkKinds ?? new Set(),
      abused: (heardAt, from, bytes) => this.sluices.get(heardAt as Connection)?.abused(from, bytes),
      repliesTo: (client, bytes) => this.replies.outletFor(client, bytes),
      leave: () => {
        for (const subscription of listening) subscription.stop();
        this.groups.delete(group);
      },
    });
    this.groups.set(group, transport);
    return transport;
  }

  async close(): Promise<void> {
    for (const listening of this.running) listening.stop();
    await Promise.all([this.peers.close(), this.clients.close(), this.bulk?.close(), this.replies.close()]);
  }

  /** What belongs to a group: peers' kinds to us and to everyone, what is asked of everyone. */
  private listenTo({ group, everyone, peerKinds }: GroupOptions): readonly Listening[] {
    const { cluster } = this.options;
    const multicast = `${ROOT}.${cluster}.${group}.*.${everyone}`;
    // What is bulky is heard where all that is bulky is, and nowhere else.
    const kinds = [...peerKinds].filter((kind) => !this.options.bulkKinds?.has(kind));
    const hear = (connection: Connection, kind: string): Listening =>
      connection.subscribe(`${multicast}.${kind}`, (message) => this.receive(connection, message));
    return [
      ...this.listen(this.peers, this.own(ROOT, group), kinds),
      ...kinds.map((kind) => hear(this.peers, kind)),
      ...this.askedKinds.map((kind) => hear(this.clients, kind)),
    ];
  }

  /** All that is addressed to us alone. */
  private own(root: string, group = '*'): string {
    return `${root}.${this.options.cluster}.${group}.*.${this.self}`;
  }

  /** Subscribes to these kinds, and probes that what is said to ourselves arrives. */
  private listen(connection: Connection, place: string, kinds: readonly string[]): readonly Listening[] {
    const [root, cluster, group] = place.split('.');
    const [kind = ''] = kinds;
    const ours = `${this.self}.${this.self}.${kind}`;
    const subject = `${root}.${cluster}.${group === '*' ? PROBE_GROUP : group}.${ours}`;
    const probe = new SelfProbe(connection, subject, () => this.foundElder());
    const heard = (message: Msg): void => {
      probe.heard(message);
      this.receive(connection, message);
    };
    const subscriptions = kinds.map((each) => connection.subscribe(`${place}.${each}`, heard));
    probe.ask();
    return [probe, ...subscriptions];
  }

  private foundElder(): void {
    if (this.elder !== undefined) return;
    this.elder = new Error(
      `another process runs as ${this.self} in cluster ${this.options.cluster}: stop it before this one is started, and never start a copy of a data directory`,
    );
    if (this.takesPart) this.options.onElder?.(this.elder);
  }

  /** Whoever is refused is refused where it was heard: a subject says of its kind, and of its root, what its sender likes. */
  private receive(connection: Connection, message: Msg): void {
    const subject = this.subjects.read(message.subject);
    // Our own multicasts, and the probe.
    if (subject?.from === this.self) return;
    const reason = subject ? this.deliver(subject, message) : 'malformed-subject';
    if (!reason) return;
    const from = subject?.from ?? senderOf(message.subject);
    if (reason !== 'not-taken') this.options.refused?.(from, reason);
    this.sluices.get(connection)?.refused(from, message.data.length);
  }

  private deliver(subject: Subject, message: Msg): RefusalReason | 'not-taken' | undefined {
    const group = this.groups.get(subject.group);
    if (!group) return 'unknown-group';
    if (message.data.length > this.maxPayloadBytes) return 'too-large';
    return group.receive(subject, message);
  }
}

/** Whatever else is wrong with a subject, the server has seen to it that this is who published it. */
function senderOf(subject: string): Address {
  return subject.split('.', 4)[3] ?? '';
}
