import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { REPORT, connectAs, credentialsPath, readCredentials } from '@synod/nats-transport';
import type { Connection } from '@synod/nats-transport';
import type { Stack } from './stack.js';
import { group } from './stack.js';

/** What the launcher and the demo show of a replica's answer. */
export interface ReplicaStatus {
  readonly replica: string;
  readonly state: {
    readonly role: string;
    readonly standing: string;
    readonly term: number;
    readonly commitIndex: number;
    readonly lastApplied: number;
    readonly lastIndex: number;
    readonly stateHash: string;
    readonly leader?: string;
  };
}

/** The admin's line to the replicas. */
export class AdminLine {
  private readonly token = randomBytes(6).toString('hex');
  private answers: ((from: string, answer: unknown) => void) | undefined;

  private constructor(
    private readonly stack: Stack,
    private readonly connection: Connection,
  ) {
    connection.subscribe(`synod.${stack.cluster}.*.*.admin.${REPORT}.${this.token}`, ({ subject, data }) => {
      const from = subject.split('.')[3]!;
      this.answers?.(from, JSON.parse(Buffer.from(data).toString()));
    });
  }

  static async open(stack: Stack): Promise<AdminLine> {
    const credentials = readCredentials(credentialsPath(join(stack.directory, 'credentials'), 'admin'));
    const servers = `nats://127.0.0.1:${stack.ports.broker}`;
    return new AdminLine(stack, await connectAs({ servers, credentials, name: 'launcher', timeoutMs: 10_000 }));
  }

  /** By replica; those that do not answer in time are missing. */
  async status(withinMs = 500): Promise<ReadonlyMap<string, ReplicaStatus>> {
    const found = new Map<string, ReplicaStatus>();
    await this.ask('replicas', 'status', {}, withinMs, this.stack.replicas.length, (from, answer) =>
      found.set(from, answer as ReplicaStatus),
    );
    return found;
  }

  /** Cuts the named replicas off from all others; nobody when there are none. */
  async partition(alone: readonly string[]): Promise<void> {
    const names = this.stack.replicas.map(({ name }) => name);
    for (const name of names) {
      const cutOff = names.filter((other) => other !== name && alone.includes(other) !== alone.includes(name));
      await this.ask(name, 'fault', { cutOff }, 1000, 1, () => undefined);
    }
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  private ask(
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
      this.connection.publish(`synod.${this.stack.cluster}.${group}.admin.${to}.${kind}`, payload);
    });
  }
}

/** A line per replica, aligned; those that do not answer are shown as such. */
export function statusTable(names: readonly string[], found: ReadonlyMap<string, ReplicaStatus>): readonly string[] {
  const rows = names.map((name) => {
    const state = found.get(name)?.state;
    if (!state) return [name, 'no answer', '', '', '', ''];
    const role = state.standing === 'active' ? state.role : state.standing;
    return [name, role, String(state.term), String(state.commitIndex), String(state.lastApplied), state.stateHash];
  });
  const table = [['replica', 'role', 'term', 'commit', 'applied', 'state'], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  return table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
}
