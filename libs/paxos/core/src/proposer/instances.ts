import { Queue } from '@synod/actor';
import type { Address } from '@synod/actor';
import type { EntryBatch } from '@synod/log';
import type { AcceptorSet } from '../acceptor-set.js';
import { isAmong } from '../acceptor-set.js';
import type { Slot } from '../messages.js';

/** Slots that were proposed together, until they are chosen. Their acceptors are one set, so they are decided together. */
export interface Instance {
  readonly batch: EntryBatch;
  readonly set: AcceptorSet;
  /** Who accepted the batch in our ballot: a set of acceptors, never a count of messages. */
  readonly acceptedBy: Set<Address>;
  chosen: boolean;
  sentAt: number;
}

/** The leader's instances of phase 2, in the order of their slots. */
export class Instances {
  bytes = 0;
  private readonly open = new Queue<Instance>();

  get size(): number {
    return this.open.size;
  }

  add(batch: EntryBatch, set: AcceptorSet, now: number): void {
    this.open.put({ batch, set, acceptedBy: new Set(), chosen: false, sentAt: now });
    this.bytes += batch.sizeBytes;
  }

  /** An acceptor's vote for all of these slots. Gives the instances that this vote completed. */
  vote(acceptor: Address, disk: number, first: Slot, last: Slot): readonly Instance[] {
    const completed: Instance[] = [];
    for (let at = 0; at < this.open.size; at++) {
      const instance = this.open.at(at)!;
      const { batch, set, acceptedBy } = instance;
      if (batch.last > last) break;
      if (batch.first < first || !isAmong(set, acceptor, disk)) continue;
      acceptedBy.add(acceptor);
      if (instance.chosen || acceptedBy.size < set.phase2) continue;
      instance.chosen = true;
      completed.push(instance);
    }
    return completed;
  }

  /** The next one in the order of slots, if it is chosen. */
  takeChosen(): Instance | undefined {
    if (this.open.peek()?.chosen !== true) return undefined;
    const instance = this.open.take()!;
    this.bytes -= instance.batch.sizeBytes;
    return instance;
  }

  at(place: number): Instance | undefined {
    return this.open.at(place);
  }
}
