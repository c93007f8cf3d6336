import type { Msg } from '@nats-io/transport-node';
import type { Address } from '@synod/actor';
import { connectAs } from './connect.js';
import type { ConnectOptions } from './connect.js';
import type { Connection, Listening } from './connection.js';
import type { ConnectionStatistics } from './connection-status.js';
import { NatsTransport } from './nats-transport.js';
import type { GroupOptions, RefusalReason } from './nats-transport.js';
import { SelfProbe } from './self-probe.js';
import { BULK_ROOT, ROOT, SubjectReader, requireToken } from './subjects.js';
import { MAX_PAYLOAD_BYTES } from './server-configuration.js';

export interface ReplicaOptions extends ConnectOptions {
  readonly cluster: string;
  /** Kinds that travel on the second connection, so that a snapshot does not delay a heartbeat. */
  readonly bulkKinds?: ReadonlySet<string>;
  /** Longer messages are refused; the server's own limit by default. */
  readonly maxPayloadBytes?: number;
  /** Something was not delivered. `from` is empty when the subject did not tell. */
  readonly refused?: (from: Address, reason: RefusalReason) => void;
}

/**
 * One replica's place on the bus: two connections as one user, one subscription for all that is addressed to it, whatever
 * the group. The groups that it hosts `join`.
 */
export class ReplicaConnection {
  readonly self: Address;
  private readonly groups = new Map<string, NatsTransport>();
  private readonly subjects = new SubjectReader();
  private readonly running: readonly Listening[];
  private readonly maxPayloadBytes: number;

  private constructor(
    private readonly options: ReplicaOptions,
    private readonly main: Connection,
    private readonly bulk: Connection,
  ) {
    this.self = options.credentials.user;
    this.maxPayloadBytes = options.maxPayloadBytes ?? MAX_PAYLOAD_BYTES;
    this.running = [...this.listenOn(main, ROOT), ...this.listenOn(bulk, BULK_ROOT)];
  }

  /** Waits for a server as `connectAs` does. `credentials.user` is the replica's name. */
  static async connect(options: ReplicaOptions): Promise<ReplicaConnection> {
    requireToken(options.cluster, 'cluster');
    requireToken(options.credentials.user, 'replica name');
    const main = await connectAs(options);
    try {
      return new ReplicaConnection(options, main, await connectAs({ ...options, name: `${options.name} bulk` }));
    } catch (error) {
      await main.close();
      throw error;
    }
  }

  get connected(): boolean {
    return this.main.connected;
  }

  /** Of the connection that heartbeats use, and of the one that snapshots use. */
  get statistics(): { readonly main: Readonly<ConnectionStatistics>; readonly bulk: Readonly<ConnectionStatistics> } {
    return { main: this.main.statistics, bulk: this.bulk.statistics };
  }

  join(options: GroupOptions): NatsTransport {
    const { cluster, bulkKinds } = this.options;
    const group = requireToken(options.group, 'group');
    if (this.groups.has(group)) throw new Error(`${this.self} has already joined group "${group}"`);
    const everyone = requireToken(options.everyone, 'multicast name');
    if (everyone === this.self) throw new Error(`"${everyone}" is this replica's own name; a multicast needs another`);
    const multicast = this.main.subscribe(`${ROOT}.${cluster}.${group}.*.${everyone}.>`, this.receive);
    const transport = new NatsTransport(options, {
      self: this.self,
      cluster,
      main: this.main,
      bulk: this.bulk,
      bulkKinds: bulkKinds ?? new Set(),
      leave: () => {
        multicast.stop();
        this.groups.delete(group);
      },
    });
    this.groups.set(group, transport);
    return transport;
  }

  async close(): Promise<void> {
    for (const listening of this.running) listening.stop();
    await Promise.all([this.main.close(), this.bulk.close()]);
  }

  /** What is addressed to us; the probe makes sure that it still arrives. */
  private listenOn(connection: Connection, root: string): readonly Listening[] {
    const { cluster } = this.options;
    const probe = new SelfProbe(connection, `${root}.${cluster}.probe.${this.self}.${this.self}.probe`);
    const own = connection.subscribe(`${root}.${cluster}.*.*.${this.self}.>`, (message) => {
      probe.heard();
      this.receive(message);
    });
    return [probe, own];
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
