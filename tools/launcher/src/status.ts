import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { REPORT, connectAs, credentialsPath, readCredentials } from '@synod/nats-transport';
import type { Connection } from '@synod/nats-transport';
import { everyone } from '@synod/topology';
import type { StackGroup } from './groups.js';
import type { Stack } from './stack.js';

/** What the launcher and the demo show of a member's answer; what its protocol or role does not have is missing. */
export interface MemberStatus {
  readonly replica: string;
  readonly state: MemberState;
}

export interface MemberState {
  readonly role: string;
  readonly standing: string;
  readonly leader?: string;
  /** Raft's. */
  readonly term?: number;
  /** A proposer's. */
  readonly ballot?: number;
  /** A PBFT replica's. */
  readonly view?: number;
  readonly primary?: string;
  readonly lastExecuted?: number;
  readonly lastApplied?: number;
  readonly stateHash?: string;
  readonly [more: string]: unknown;
}

export type Answers = ReadonlyMap<string, MemberStatus>;

/** The admin's line to the members of all groups. */
export class AdminLine {
  private readonly token = randomBytes(6).toString('hex');
  private answers: ((from: string, answer: unknown) => void) | undefined;

  private constructor(
    private readonly cluster: string,
    private readonly connection: Connection,
  ) {
    connection.subscribe(`synod.${cluster}.*.*.admin.${REPORT}.${this.token}`, ({ subject, data }) => {
      const from = subject.split('.')[3]!;
      this.answers?.(from, JSON.parse(Buffer.from(data).toString()));
    });
  }

  static async open({ cluster, directory, ports }: Stack): Promise<AdminLine> {
    const credentials = readCredentials(credentialsPath(join(directory, 'credentials'), 'admin'));
    const servers = `nats://127.0.0.1:${ports.broker}`;
    return new AdminLine(cluster, await connectAs({ servers, credentials, name: 'launcher', timeoutMs: 10_000 }));
  }

  /** By member; those that do not answer in time are missing. */
  async status({ name, services }: StackGroup, withinMs = 500): Promise<Answers> {
    const found = new Map<string, MemberStatus>();
    await this.ask(name, everyone, 'status', {}, withinMs, services.length, (from, answer) =>
      found.set(from, answer as MemberStatus),
    );
    return found;
  }

  /** By member, the files that it keeps as evidence. */
  async evidence({ name, services }: StackGroup, withinMs = 500): Promise<ReadonlyMap<string, readonly string[]>> {
    const found = new Map<string, readonly string[]>();
    await this.ask(name, everyone, 'evidence', {}, withinMs, services.length, (from, answer) =>
      found.set(from, (answer as { readonly files: readonly string[] }).files),
    );
    return found;
  }

  /** Cuts the named members off from all others of their group; nobody when there are none. */
  async partition(group: StackGroup, alone: readonly string[]): Promise<void> {
    const names = group.services.map(({ name }) => name);
    for (const name of names) {
      const cutOff = names.filter((other) => other !== name && alone.includes(other) !== alone.includes(name));
      await this.ask(group.name, name, 'fault', { cutOff }, 1000, 1, () => undefined);
    }
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  private ask(
    group: string,
    to: string,
    kind: string,
    question: object,
    withinMs: number,
    enough: number,
    each: (from: string, answer: unknown) => void,
  ): Promise<void> {
    return new Promise((resolve) => {
      let heard = 0;
      const timer = setTimeout(resolve, withinMs);
      this.answers = (from, answer) => {
        each(from, answer);
        if (++heard < enough) return;
        clearTimeout(timer);
        resolve();
      };
      const payload = Buffer.from(JSON.stringify({ client: this.token, ...question }));
      this.connection.publish(`synod.${this.cluster}.${group}.admin.${to}.${kind}`, payload);
    });
  }
}
