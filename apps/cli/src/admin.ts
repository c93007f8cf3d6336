import { randomBytes } from 'node:crypto';
import { REPORT, connectAs, formatSubject, parseSubject } from '@synod/nats-transport';
import type { Connection, ConnectionStatus } from '@synod/nats-transport';
import { credentialsFor } from './cluster.js';
import type { Cluster, Role } from './cluster.js';
import type { Call } from './command.js';
import { CommandError } from './exit-codes.js';
import { printable } from './output.js';

/** A connection as one of the broker's users; the error says what is wrong with it. */
export async function connectTo(
  call: Call,
  cluster: Cluster,
  role: Role,
  onStatus: (status: ConnectionStatus) => void = () => undefined,
): Promise<Connection> {
  const credentials = credentialsFor(call, cluster, role);
  try {
    const { servers, tls } = cluster;
    return await connectAs({ servers, credentials, tls, name: `synod ${credentials.user}`, timeoutMs: 0, onStatus });
  } catch (error) {
    const { message, cause } = error as Error;
    throw new CommandError(
      (cause as Error | undefined)?.name === 'AuthorizationError' ? 'failed' : 'noCluster',
      message,
    );
  }
}

export type Question = 'status' | 'fault' | 'evidence' | 'log-level' | 'registers';
/** What replicas answer to the admin as to a client. */
export type Request = 'member';

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
    const answers = new Map<string, unknown>();
    const client = newToken();
    const payload = Buffer.from(JSON.stringify({ ...question, client }));
    await this.exchange({ to, kind, payload, answeredAs: REPORT, client, timeoutMs }, (from, bytes) => {
      const answer = parse(bytes);
      if (answer !== undefined) answers.set(from, answer);
      return isComplete(answers);
    });
    if (answers.size === 0 && this.refused !== undefined)
      throw new CommandError('failed', this.refused, 'unauthorized');
    return answers;
  }

  /** Sends a request to one replica; undefined when it does not answer in time. `encode` is told the token to answer to. */
  async request(
    to: string,
    kind: Request,
    encode: (client: string) => Uint8Array,
    timeoutMs: number,
  ): Promise<Uint8Array | undefined> {
    let answer: Uint8Array | undefined;
    const client = newToken();
    const asked = { to, kind, payload: encode(client), answeredAs: 'reply', client, timeoutMs };
    await this.exchange(asked, (from, bytes) => {
      if (from === to) answer ??= new Uint8Array(bytes);
      return answer !== undefined;
    });
    if (answer === undefined && this.refused !== undefined) {
      throw new CommandError('failed', this.refused, 'unauthorized');
    }
    return answer;
  }

  private async exchange(asked: Asked, take: (from: string, bytes: Uint8Array) => boolean): Promise<void> {
    const { name, group } = this.cluster;
    const { to, kind, payload, answeredAs, client, timeoutMs } = asked;
    const done = new Promise<void>((resolve) => {
      const timer = setTimeout(finish, timeoutMs);
      const subject = `synod.${name}.${group}.*.${this.user}.${answeredAs}.${client}`;
      const listening = this.connection!.subscribe(subject, (message) => {
        const from = parseSubject(message.subject)?.from;
        if (from !== undefined && take(from, message.data)) finish();
      });
      const refusal = setInterval(() => this.refused !== undefined && finish(), 20);
      function finish(): void {
        clearTimeout(timer);
        clearInterval(refusal);
        listening.stop();
        resolve();
      }
    });
    this.connection!.publish(formatSubject({ cluster: name, group, from: this.user, to, kind }), payload);
    await done;
  }

  close(): Promise<void> {
    return this.connection!.close();
  }

  private onStatus(status: ConnectionStatus): void {
    if (status.kind !== 'permissionViolation') return;
    this.refused = `user ${this.user} may not ask replicas as the admin does: the broker refuses to ${status.operation} ${status.subject}`;
  }
}

interface Asked {
  readonly to: string;
  readonly kind: Question | Request;
  readonly payload: Uint8Array;
  /** `report` or `reply`. */
  readonly answeredAs: string;
  readonly client: string;
  readonly timeoutMs: number;
}

function newToken(): string {
  return randomBytes(12).toString('hex');
}

function parse(bytes: Uint8Array): unknown {
  try {
    // Shown on terminals, and a replica may have been taken over.
    return JSON.parse(Buffer.from(bytes).toString(), (_, value: unknown) =>
      typeof value === 'string' ? printable(value) : value,
    );
  } catch {
    return undefined;
  }
}
