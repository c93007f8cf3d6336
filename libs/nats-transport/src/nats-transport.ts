import type { Msg } from '@nats-io/transport-node';
import type { Address } from '@synod/actor';
import type { Deliver, TraceContext, Transport } from '@synod/actor-host';
import type { Connection } from './connection.js';
import { BULK_ROOT, ROOT, SubjectWriter } from './subjects.js';
import type { Subject } from './subjects.js';
import { readTrace } from './trace-headers.js';

export interface GroupOptions {
  readonly group: string;
  /** The name under which all members of the group are addressed at once. */
  readonly everyone: Address;
  /** Who may send `peerKinds`. Asked for each message, so the caller's set may change. */
  readonly members: ReadonlySet<Address>;
  /** Kinds that only members may send; the server keeps clients from it, too. */
  readonly peerKinds: ReadonlySet<string>;
}

/** Why a message was not delivered; of low cardinality, so that it can label a metric. */
export type RefusalReason =
  /** Not of the form that all our subjects have. */
  | 'malformed-subject'
  | 'unknown-group'
  /** Longer than this replica reads. */
  | 'too-large'
  /** A kind that only members of the group may send. */
  | 'not-a-member'
  /** Nobody listens yet, or to this kind. */
  | 'not-listening'
  /** Unread, as too much of what its sender sent just before was refused. */
  | 'flood';

/** What a group needs of a connection; a simulation brings its own. */
export type Outlet = Pick<Connection, 'publish' | 'refuseToSend'>;

/** What a group needs of its replica's connections. */
export interface Post {
  readonly self: Address;
  readonly cluster: string;
  readonly peers: Outlet;
  readonly clients: Outlet;
  readonly bulk: Outlet;
  readonly bulkKinds: ReadonlySet<string>;
  readonly leave: () => void;
  /** Who sent what is not genuine there is not read for a while. */
  readonly abused?: (heardAt: Outlet, from: Address, bytes: number) => void;
  /** The way for a reply of so many bytes; without it `clients` is. */
  readonly repliesTo?: (client: Address, bytes: number) => Outlet;
}

/** The transport of one replica in one group; made by `ReplicaConnection.join`. */
export class NatsTransport implements Transport {
  private readonly writer: SubjectWriter;
  private readonly bulkWriter: SubjectWriter;
  private readonly byKind = new Map<string, Deliver>();
  private deliver: Deliver | undefined;

  constructor(
    private readonly options: GroupOptions,
    private readonly post: Post,
  ) {
    this.writer = new SubjectWriter(ROOT, post.cluster, options.group, post.self);
    this.bulkWriter = new SubjectWriter(BULK_ROOT, post.cluster, options.group, post.self);
  }

  /** `payload` must not change before the next turn of the event loop. What cannot be sent is counted, never thrown. */
  publish(to: Address, kind: string, payload: Uint8Array, context?: TraceContext): void {
    const { post, options } = this;
    const bulk = post.bulkKinds.has(kind);
    const subject = (bulk ? this.bulkWriter : this.writer).write(to, kind);
    const outlet = bulk ? post.bulk : options.peerKinds.has(kind) ? post.peers : this.outletFor(to, payload.length);
    if (subject === undefined) outlet.refuseToSend();
    else outlet.publish(subject, payload, context);
  }

  abused(from: Address, kind: string, bytes: number): void {
    const { post, options } = this;
    const isPeers = options.peerKinds.has(kind);
    post.abused?.(post.bulkKinds.has(kind) ? post.bulk : isPeers ? post.peers : post.clients, from, bytes);
  }

  private outletFor(client: Address, bytes: number): Outlet {
    return this.post.repliesTo?.(client, bytes) ?? this.post.clients;
  }

  /** Set once. What arrives before is refused. */
  listen(deliver: Deliver): void {
    this.deliver = deliver;
  }

  /** Messages of `kind` go to `deliver` instead: what is for the process around the actor, such as `status`. */
  listenTo(kind: string, deliver: Deliver): void {
    this.byKind.set(kind, deliver);
  }

  /** Leaves the group; the connections belong to the replica and stay. */
  close(): Promise<void> {
    this.post.leave();
    this.deliver = undefined;
    this.byKind.clear();
    return Promise.resolve();
  }

  /**
   * Called for each message to this group that is not our own. Gives the reason when it is not delivered; `not-taken` when
   * whoever listens has refused it, and counted it.
   */
  receive(subject: Subject, message: Pick<Msg, 'data' | 'headers'>): RefusalReason | 'not-taken' | undefined {
    const { from, to, kind } = subject;
    if (this.options.peerKinds.has(kind) && !this.options.members.has(from)) return 'not-a-member';
    const deliver = this.byKind.get(kind) ?? this.deliver;
    if (!deliver) return 'not-listening';
    const context = readTrace(message);
    const payload = message.data;
    const taken = deliver(context ? { from, to, kind, payload, context } : { from, to, kind, payload });
    return taken === false ? 'not-taken' : undefined;
  }
}
