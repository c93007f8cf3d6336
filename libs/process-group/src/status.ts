import { randomBytes } from 'node:crypto';
import { REPORT, connectAs } from '@synod/nats-transport';
import type { Connection } from '@synod/nats-transport';
import type { Broker, BrokerServer } from './broker.js';
import { pause } from './polling.js';

/** What a member says of itself, as far as it is read here; what its protocol or role does not have is missing. */
export interface ReplicaStatus {
  readonly role: string;
  /** `active` when it is a full member. */
  readonly standing: string;
  readonly term?: number;
  readonly ballot?: number;
  readonly view?: number;
  /** In the order of a PBFT replica's execution. */
  readonly lastExecuted?: number;
  readonly leader: string | undefined;
  readonly lastIndex: number;
  readonly commitIndex: number;
  readonly lastApplied: number;
  readonly firstIndex: number;
  readonly snapshotIndex: number;
  readonly stateHash: string;
  /** An acceptor's own. */
  readonly disk?: number;
  /** Those whose votes a proposer counts. */
  readonly acceptors?: {
    readonly acceptors: readonly { readonly address: string; readonly disk: number }[];
  };
}

const ANSWER_WITHIN_MS = 400;

/** Asks members how they are, each through every server: one of them is the member's own. */
export class StatusDesk {
  private readonly connections = new Map<BrokerServer, Connection>();
  private readonly answers = new Map<string, Map<string, ReplicaStatus>>();
  private readonly token = randomBytes(6).toString('hex');

  constructor(
    private readonly broker: Broker,
    private readonly cluster: string,
    private readonly group: string,
  ) {}

  /** The states of those that answer in time. */
  async ask(names: readonly string[]): Promise<ReadonlyMap<string, ReplicaStatus>> {
    await Promise.all(this.broker.servers.map((server) => this.open(server)));
    const round = `${this.token}${randomBytes(4).toString('hex')}`;
    const states = new Map<string, ReplicaStatus>();
    this.answers.set(round, states);
    const question = Buffer.from(JSON.stringify({ client: round }));
    for (const connection of this.connections.values()) {
      connection.publish(`synod.${this.cluster}.${this.group}.admin.replicas.status`, question);
    }
    for (let waited = 0; waited < ANSWER_WITHIN_MS && states.size < names.length; waited += 10) await pause(10);
    this.answers.delete(round);
    return states;
  }

  /** A server that is down now is asked once it is back. */
  private async open(server: BrokerServer): Promise<void> {
    if (this.connections.has(server) || !server.isAlive) return;
    const credentials = this.broker.credentials('admin');
    const connecting = connectAs({ servers: server.url, credentials, name: 'status', timeoutMs: 1000 });
    const connection = await connecting.catch(() => undefined);
    if (!connection) return;
    this.connections.set(server, connection);
    connection.subscribe(`synod.${this.cluster}.${this.group}.*.admin.${REPORT}.*`, ({ subject, data }) => {
      const [, , , name = '', , , round = ''] = subject.split('.');
      const { state } = JSON.parse(Buffer.from(data).toString()) as { state?: ReplicaStatus };
      if (state) this.answers.get(round)?.set(name, state);
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.connections.values()].map((connection) => connection.close()));
  }
}
