import type { Address } from '@synod/actor';
import { BULK_ROOT, CLIENT_KINDS, MEMBER_KIND, NatsTransport, ROOT, SubjectReader } from '@synod/nats-transport';
import type { Outlet, ProcessMark, RefusalReason } from '@synod/nats-transport';
import type { LifeTransport } from '../network.js';
import { maxPayloadBytes } from './bus.js';
import type { Bus, Connection, Process } from './bus.js';

export interface Membership {
  readonly cluster: string;
  readonly group: string;
  readonly self: Address;
  /** The multicast name of all members. */
  readonly everyone: Address;
  readonly members: ReadonlySet<Address>;
  /** Hears no clients. */
  readonly silent?: boolean;
  readonly peerKinds: ReadonlySet<string>;
  /** Kinds that have a connection of their own. */
  readonly bulkKinds: ReadonlySet<string>;
  /** Tells this process from others in its name. */
  readonly mark: ProcessMark;
  /** An older process in our name has answered: this one must end. */
  readonly onElder: () => void;
  readonly refused?: (from: Address, reason: RefusalReason | 'malformed-subject') => void;
}

/** What clients and the admin ask, of one protocol or another. */
const askingKinds = [...CLIENT_KINDS, MEMBER_KIND, 'decide'];

/** The production transport of a group, over simulated connections; subscribed as `ReplicaConnection` does. */
export function joinGroup(bus: Bus, process: Process, membership: Membership): LifeTransport {
  const { cluster, group, self, everyone, members, peerKinds, bulkKinds, silent } = membership;
  const [peers, clients, bulk] = [bus.connect(process), bus.connect(process), bus.connect(process)];
  const sever = (): void => {
    for (const connection of [peers, clients, bulk]) connection.close();
  };
  const transport = new NatsTransport(
    { group, everyone, members, peerKinds },
    {
      ...{ self, cluster, bulkKinds, leave: sever },
      ...{ peers: outletOf(peers), clients: outletOf(clients), bulk: outletOf(bulk) },
    },
  );
  const probe = probeOn(bulk, membership);
  const subjects = new SubjectReader();
  const receive = (text: string, payload: Uint8Array): void => {
    const subject = subjects.read(text);
    if (subject === undefined) return membership.refused?.('', 'malformed-subject');
    if (subject.from === self) return;
    const reason = transport.receive(subject, { data: payload });
    if (reason !== undefined && reason !== 'not-taken') membership.refused?.(subject.from, reason);
  };
  for (const to of [self, everyone]) {
    for (const kind of peerKinds)
      if (!bulkKinds.has(kind)) peers.subscribe(`${ROOT}.${cluster}.${group}.*.${to}.${kind}`, receive);
    for (const kind of silent ? [] : askingKinds)
      clients.subscribe(`${ROOT}.${cluster}.${group}.*.${to}.${kind}`, receive);
  }
  bulk.subscribe(probe.pattern, (text, payload) => {
    if (!probe.heard(text, payload)) receive(text, payload);
  });
  return {
    publish: (to, kind, payload) => transport.publish(to, kind, payload),
    listen: (deliver) => transport.listen(deliver),
    close: () => transport.close(),
    ask: () => probe.ask(),
    sever,
  };
}

/** What a process does before it takes part: it asks, once, for others in its name. Returns the way to leave. */
export function askForElder(bus: Bus, process: Process, membership: Probing): () => void {
  const bulk = bus.connect(process);
  const probe = probeOn(bulk, membership);
  bulk.subscribe(probe.pattern, (text, payload) => void probe.heard(text, payload));
  probe.ask();
  return () => bulk.close();
}

type Probing = Pick<Membership, 'cluster' | 'self' | 'mark' | 'onElder'>;

/** As production's `SelfProbe` on the bulk connection, which has a second one elsewhere; its echo is of no use here. */
function probeOn(connection: Connection, { cluster, self, mark, onElder }: Probing) {
  const subject = `${BULK_ROOT}.${cluster}.probe.${self}.${self}.probe`;
  return {
    pattern: `${BULK_ROOT}.${cluster}.*.*.${self}.>`,
    ask: (): void => connection.publish(subject, mark.question()),
    heard: (text: string, payload: Uint8Array): boolean => {
      if (text !== subject) return false;
      const kind = mark.read(payload);
      if (kind === 'question') connection.publish(subject, mark.answerTo(payload));
      else if (kind === 'elder') onElder();
      return true;
    },
  };
}

/** What is too large is not sent: production looks before the library throws. */
function outletOf(connection: Connection): Outlet {
  return {
    publish: (subject, payload) => {
      if (payload.length > maxPayloadBytes) return false;
      connection.publish(subject, payload);
      return connection.connected;
    },
    refuseToSend: () => false,
  };
}
