import type { Msg } from '@nats-io/transport-node';
import type { Address } from '@synod/actor';
import { connectAs } from './connect.js';
import type { ConnectOptions } from './connect.js';
import type { Connection, Listening } from './connection.js';
import type { ConnectionStatistics } from './connection-status.js';
import { NatsTransport } from './nats-transport.js';
import type { GroupOptions, RefusalReason } from './nats-transport.js';
import { ELDER_ANSWERS_MS } from './process-mark.js';
import { SelfProbe } from './self-probe.js';
import { BULK_ROOT, PROBE_GROUP, ROOT, SubjectReader, requireGroup, requireToken } from './subjects.js';
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
  /** Something was not delivered. `from` is empty when the subject did not tell. */
  readonly refused?: (from: Address, reason: RefusalReason) => void;
  /** An older process in this replica's name was found after `requireNoElder`: this one must end. */
  readonly onElder?: (error: Error) => void;
}

const defaultAskedKinds = [...CLIENT_KINDS, ...ADMIN_KINDS];

/** Of each connection since it was made. */
type Statistics = { readonly [Name in 'peers' | 'clients']: Readonly<ConnectionStatistics> } & {
  readonly bulk?: Readonly<ConnectionStatistics>;
};

/**
 * One replica's place on the bus: up to three connections as one user. The groups that it hosts `join`; for each it subscribes
 * to the kinds of peers on one connection; to what it is asked, in whatever group, on another, so that what clients flood is in
 * no peer's way, here nor in the broker; to what is bulky on a third.
 */
export class ReplicaConnection {
  readonly self: Address;
  private readonly groups = new Map<string, NatsTransport>();
  private readonly subjects = new SubjectReader();
  private readonly running: readonly Listening[];
  private readonly maxPayloadBytes: number;
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
    this.askedKinds = options.askedKinds ?? defaultAskedKinds;
    this.running = [
      ...this.listen(clients, this.own(ROOT), this.askedKinds),
      ...(bulk ? this.listen(bulk, this.own(BULK_ROOT), ['>']) : []),
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

  /** Of the connection that heartbeats use, of the one to clients, and of the one that snapshots use, if any. */
  get statistics(): Statistics {
    const { peers, clients, bulk } = this;
    return { peers: peers.statistics, clients: clients.statistics, ...(bulk && { bulk: bulk.statistics }) };
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
    await Promise.all([this.peers.close(), this.clients.close(), this.bulk?.close()]);
  }

  /** What belongs to a group: peers' kinds to us and to everyone, what is asked of everyone. */
  private listenTo({ group, everyone, peerKinds }: GroupOptions): readonly Listening[] {
    const { cluster } = this.options;
    const multicast = `${ROOT}.${cluster}.${group}.*.${everyone}`;
    return [
      ...this.listen(this.peers, this.own(ROOT, group), [...peerKinds]),
      ...[...peerKinds].map((kind) => this.peers.subscribe(`${multicast}.${kind}`, this.receive)),
      ...this.askedKinds.map((kind) => this.clients.subscribe(`${multicast}.${kind}`, this.receive)),
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
    const ours = `${this.self}.${this.self}.${kind === '>' ? 'probe' : kind}`;
    const subject = `${root}.${cluster}.${group === '*' ? PROBE_GROUP : group}.${ours}`;
    const probe = new SelfProbe(connection, subject, () => this.foundElder());
    const heard = (message: Msg): void => {
      probe.heard(message);
      this.receive(message);
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

  private readonly receive = (message: Msg): void => {
    const subject = this.subjects.read(message.subject);
    if (!subject) return this.refuse('', 'malformed-subject');
    // Our own multicasts, and the probe.
    if (subject.from === this.self) return;
    const group = this.groups.get(subject.group);
    if (!group) return this.refuse(subject.from, 'unknown-group');
    if (message.data.length > this.maxPayloadBytes) return this.refuse(subject.from, 'too-large');
    const reason = group.receive(subject, message);
    if (reason) this.refuse(subject.from, reason);
  };

  private refuse(from: Address, reason: RefusalReason): void {
    this.options.refused?.(from, reason);
  }
}
