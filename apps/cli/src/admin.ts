import { randomBytes } from 'node:crypto';
import { REPORT, connectAs, formatSubject, parseSubject } from '@synod/nats-transport';
import type { Connection, ConnectionStatus } from '@synod/nats-transport';
import { credentialsFor } from './cluster.js';
import type { Cluster, Role } from './cluster.js';
import type { Call } from './command.js';
import { CommandError } from './exit-codes.js';

/** A connection as one of the broker's users; the error says what is wrong with it. */
export async function connectTo(
  call: Call,
  cluster: Cluster,
  role: Role,
  onStatus: (status: ConnectionStatus) => void = () => undefined,
): Promise<Connection> {
  const credentials = credentialsFor(call, cluster, role);
  try {
    const { servers } = cluster;
    return await connectAs({ servers, credentials, name: `synod ${credentials.user}`, timeoutMs: 0, onStatus });
  } catch (error) {
    const { message, cause } = error as Error;
    throw new CommandError(
      (cause as Error | undefined)?.name === 'AuthorizationError' ? 'failed' : 'noCluster',
      message,
    );
  }
}

export type Question = 'status' | 'fault';

/** Asks replicas what only the admin may ask. */
export class Admin {
  private refused: string | undefined;

  private constructor(
    private readonly cluster: Cluster,
    private readonly user: string,
  ) {}

  private connection: Connection | undefined;

  static async connect(call: Call, cluster: Cluster): Promise<Admin> {
    const { user } = credentialsFor(call, cluster, 'admin');
    const admin = new Admin(cluster, user);
    admin.connection = await connectTo(call, cluster, 'admin', (status) => admin.onStatus(status));
    return admin;
  }

  /**
   * Sends `question` to a replica or to everyone, and gathers answers by replica until `isComplete` or the time is over.
   * An answer that is not JSON counts as none.
   */
  async ask(
    to: string,
    kind: Question,
    question: object,
    isComplete: (answers: ReadonlyMap<string, unknown>) => boolean,
    timeoutMs: number,
  ): Promise<ReadonlyMap<string, unknown>> {
    const { name, group } = this.cluster;
    const client = randomBytes(12).toString('hex');
    const answers = new Map<string, unknown>();
    const done = new Promise<void>((resolve) => {
      const timer = setTimeout(finish, timeoutMs);
      const listening = this.connection!.subscribe(
        `synod.${name}.${group}.*.${this.user}.${REPORT}.${client}`,
        (message) => {
          const from = parseSubject(message.subject)?.from;
          const answer = parse(message.data);
          if (from !== undefined && answer !== undefined) answers.set(from, answer);
          if (isComplete(answers)) finish();
        },
      );
      const refusal = setInterval(() => this.refused !== undefined && finish(), 20);
      function finish(): void {
        clearTimeout(timer);
        clearInterval(refusal);
        listening.stop();
        resolve();
      }
    });
    const subject = formatSubject({ cluster: name, group, from: this.user, to, kind });
    this.connection!.publish(subject, Buffer.from(JSON.stringify({ ...question, client })));
    await done;
    if (answers.size === 0 && this.refused !== undefined)
      throw new CommandError('failed', this.refused, 'unauthorized');
    return answers;
  }

  close(): Promise<void> {
    return this.connection!.close();
  }

  private onStatus(status: ConnectionStatus): void {
    if (status.kind !== 'permissionViolation') return;
    this.refused = `user ${this.user} may not ask replicas for their status: the broker refuses to ${status.operation} ${status.subject}`;
  }
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return undefined;
  }
}
