import type { Event, Group, Record, Sequence } from '@synod/pbft-core';
import { Batch } from '@synod/pbft-core';
import type { Cryptography } from '@synod/pbft-core';
import { fail } from './claims.js';
import type { WatchedReplica } from './replica-view.js';
import type { StatementsSaid } from './statements-said.js';

type Prepared = Extract<Event, { kind: 'prepared' }>;

/** §4.2: what prepares, what commits, and what each rests on. */
export class Ordering {
  /** By view and sequence, what prepared at any correct replica. */
  private readonly prepared = new Map<string, { readonly digest: string; readonly at: string }>();

  constructor(
    private readonly group: Group,
    private readonly cryptography: Cryptography,
    private readonly said: StatementsSaid,
    private readonly logSize: number,
  ) {}

  observed(replica: WatchedReplica, event: Event): void {
    if (event.kind === 'prepared') this.hasPrepared(replica, event);
    else if (event.kind === 'committed') this.hasCommitted(replica, event);
  }

  /** `low`: its water mark as the step leaves it. */
  persisted({ address }: WatchedReplica, record: Record, low: Sequence): void {
    if (record.kind !== 'accepted') return;
    const { view, sequence, digest } = record.proposal.statement;
    const own = new Batch(record.batch.requests).identity(this.cryptography).digest;
    if (own !== digest)
      fail('digest', `${address} accepts as ${short(digest)} at ${view}.${sequence} what has the digest ${short(own)}`);
    if (sequence > low + this.logSize)
      fail('waterMarks', `${address} accepts a proposal at ${sequence}; it has ${this.logSize} places above ${low}`);
  }

  private hasPrepared({ address }: WatchedReplica, { view, sequence, digest }: Prepared): void {
    const primary = this.group.primary(view);
    if (!this.said.proposals(view, sequence, digest).has(primary))
      fail('prepared', `${short(digest)} prepared at ${address} in ${view}.${sequence}; ${primary} did not propose it`);
    const backups = [...this.said.prepares(view, sequence, digest)].filter((member) => member !== primary);
    if (backups.length < this.group.quorum - 1)
      fail('prepared', `${short(digest)} prepared at ${address} in ${view}.${sequence} by ${primary} and ${backups.join(' ') || 'nobody'}`); // prettier-ignore
    const key = `${view} ${sequence}`;
    const known = this.prepared.get(key);
    if (known !== undefined && known.digest !== digest)
      fail('onePrepared', `${short(known.digest)} prepared at ${known.at} and ${short(digest)} at ${address}, both in ${view}.${sequence}`); // prettier-ignore
    this.prepared.set(key, { digest, at: address });
  }

  private hasCommitted({ address }: WatchedReplica, event: Extract<Event, { kind: 'committed' }>): void {
    const { view, sequence, digest } = event;
    const members = this.said.commits(view, sequence, digest);
    if (members.size < this.group.quorum)
      fail('committed', `${short(digest)} is committed at ${address} in ${view}.${sequence} by ${[...members].join(' ') || 'nobody'}`); // prettier-ignore
    if (this.prepared.get(`${view} ${sequence}`)?.digest !== digest)
      fail('committed', `${short(digest)} is committed at ${address} in ${view}.${sequence}, where it did not prepare`);
  }
}

export function short(digest: string): string {
  return digest.slice(0, 8);
}
