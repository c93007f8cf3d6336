import type { Client, KeyValueGroup } from '@synod/client';
import type { GatewayRequest } from './http/operation.js';
import { Problem } from './http/problem.js';
import { shown } from './http/target.js';
import { Idempotency } from './kv/idempotency.js';
import { SessionPool } from './kv/session-pool.js';

/** The groups that this gateway opens to HTTP. */
export class Groups {
  private readonly tables = new Map<string, Idempotency>();
  private client: Pick<Client, 'group'> | undefined;

  constructor(readonly names: readonly string[]) {
    for (const name of names) this.tables.set(name, new Idempotency(() => new SessionPool(() => this.open(name))));
  }

  /** From now on requests are served. */
  connected(client: Pick<Client, 'group'>): void {
    this.client = client;
  }

  /** The name in the path; throws 404. */
  nameIn({ parts }: GatewayRequest): string {
    const name = parts['group']!;
    if (this.tables.has(name)) return name;
    throw new Problem(
      'unknown-group',
      `this gateway does not serve group ${shown(name)}, but ${this.names.join(', ')}`,
    );
  }

  /** Throws 404, or 503 as long as there is no connection. */
  of(request: GatewayRequest): KeyValueGroup {
    return this.open(this.nameIn(request));
  }

  idempotencyOf(name: string): Idempotency {
    return this.tables.get(name)!;
  }

  open(name: string): KeyValueGroup {
    if (this.client !== undefined) return this.client.group(name);
    throw Problem.retryable('unavailable', 'the gateway is not connected to NATS yet', 1000);
  }
}
