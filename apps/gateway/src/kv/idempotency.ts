import type { WriteOptions } from '@synod/client';
import type { Answer, GatewayRequest } from '../http/operation.js';
import { writeFailure } from './failure.js';
import { fingerprint, parseIdempotencyKey } from './idempotency-key.js';
import { IdempotencyTable, tableLimits } from './idempotency-table.js';
import type { Execute } from './idempotency-table.js';
import type { SessionPool } from './session-pool.js';

/** `allBytes`: of all principals in one group. Beyond, who has most loses what came first of his. */
export const idempotencyLimits = { ...tableLimits, allBytes: 67_108_864 };

/**
 * Idempotency keys of one group, each principal's by themselves: with sessions, a number and bytes of his own, so that nobody
 * pushes out another's keys or is in the way of his writes.
 */
export class Idempotency {
  private readonly tables = new Map<string, IdempotencyTable>();

  constructor(
    private readonly sessions: () => SessionPool,
    private readonly limits = idempotencyLimits,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get size(): number {
    return this.sum(({ size }) => size);
  }

  /** Without a key, executes. One's keys are nobody else's. `identity` is all of the request that must be the same in a retry. */
  async run(
    { headers, rights }: Pick<GatewayRequest, 'headers' | 'rights'>,
    identity: readonly (string | Uint8Array)[],
    options: WriteOptions,
    execute: Execute,
  ): Promise<Answer> {
    try {
      const header = headers['idempotency-key'];
      if (header === undefined) return await execute(options);
      const key = parseIdempotencyKey(header);
      return await this.tableOf(rights.name).once(key, fingerprint(identity), options, execute);
    } catch (error) {
      throw writeFailure(error);
    } finally {
      this.shrink();
    }
  }

  private tableOf(principal: string): IdempotencyTable {
    const known = this.tables.get(principal);
    if (known !== undefined) return known;
    // Names come and go with the file of tokens: who is new comes for those of whom nothing is remembered any more.
    for (const [name, table] of this.tables) if (table.isEmpty()) this.tables.delete(name);
    const table = new IdempotencyTable(this.sessions(), this.limits, this.now);
    this.tables.set(principal, table);
    return table;
  }

  private shrink(): void {
    while (this.sum(({ bytes }) => bytes) > this.limits.allBytes) {
      const largest = [...this.tables.values()].reduce((most, table) => (table.bytes > most.bytes ? table : most));
      if (!largest.forgetOldest()) return;
    }
  }

  private sum(of: (table: IdempotencyTable) => number): number {
    let sum = 0;
    for (const table of this.tables.values()) sum += of(table);
    return sum;
  }
}
