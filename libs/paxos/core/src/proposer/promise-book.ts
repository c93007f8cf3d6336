import type { Address } from '@synod/actor';
import type { Entry } from '@synod/log';
import type { AcceptorSet, AcceptorSets } from '../acceptor-set.js';
import type { Ballot } from '../ballot.js';
import type { Promised, Slot } from '../messages.js';

/** One acceptor's promise for our ballot, and for which slots it has told us what it accepted. */
interface Told {
  readonly disk: number;
  /** Told for from…through; infinite after the last page, for there is nothing beyond. */
  from: Slot;
  through: Slot;
  /** The last slot in which it has accepted anything. */
  last: Slot;
}

/** What phase 1 has learned so far: who promised, and of each slot the value of the highest ballot. */
export class PromiseBook {
  private readonly told = new Map<Address, Told>();
  /** So far somebody who promised has trimmed: so many proposers had it on disk then. */
  trimmedThrough: Slot = 0;
  private readonly found = new Map<Slot, { readonly ballot: Ballot; readonly entry: Entry }>();

  /** A page. False when it is nothing new, or leaves a gap after what this acceptor told before. */
  take(acceptor: Address, { disk, from, through, last, trimmedThrough, batches }: Promised, above: Slot): boolean {
    const complete = through >= last ? Number.POSITIVE_INFINITY : through;
    const before = this.told.get(acceptor);
    if (before?.disk === disk) {
      if (from > before.through + 1 || (from >= before.from && complete <= before.through)) return false;
      // With a gap below what it told first, of later slots, that will be told again: slots are opened upwards.
      const meets = complete + 1 >= before.from;
      before.through = meets ? Math.max(before.through, complete) : complete;
      before.from = Math.min(before.from, from);
      before.last = Math.max(before.last, last);
    } else this.told.set(acceptor, { disk, from, through: complete, last });
    this.trimmedThrough = Math.max(this.trimmedThrough, trimmedThrough);
    for (const { era, first, entries } of batches) {
      entries.forEach((entry, i) => first + i > above && this.find(first + i, era, entry));
    }
    return true;
  }

  /** P2c: "the highest-numbered proposal among all proposals … accepted by the acceptors" of the quorum. */
  private find(slot: Slot, ballot: Ballot, entry: Entry): void {
    const known = this.found.get(slot);
    if (known === undefined || known.ballot < ballot) this.found.set(slot, { ballot, entry });
  }

  /** What must be proposed in this slot, once it is open; undefined when nothing was accepted in it, so that anything may. */
  valueAt(slot: Slot): Entry | undefined {
    return this.found.get(slot)?.entry;
  }

  forget(slot: Slot): void {
    this.found.delete(slot);
  }

  hasPromised(acceptor: Address, disk: number): boolean {
    return this.told.get(acceptor)?.disk === disk;
  }

  /**
   * From where on this acceptor is to be asked so that it tells of this slot; beyond it when it has. It may have been asked of later
   * slots first: when only those were not open.
   */
  untoldFrom(slot: Slot, acceptor: Address, disk: number): Slot {
    const told = this.told.get(acceptor);
    return told?.disk === disk && told.from <= slot ? told.through + 1 : slot;
  }

  /** The last slot in which anyone who promised has accepted anything. */
  get last(): Slot {
    let last = 0;
    for (const told of this.told.values()) last = Math.max(last, told.last);
    return last;
  }

  /** A phase-1 quorum of the slot's acceptors has promised and told of it: there we may propose. */
  isOpen(slot: Slot, set: AcceptorSet): boolean {
    let count = 0;
    for (const { address, disk } of set.acceptors) {
      const told = this.told.get(address);
      if (told?.disk === disk && told.from <= slot && slot <= told.through) count++;
    }
    return count >= set.phase1;
  }

  /** The last slot of the open stretch that begins here; one less when it is not open. */
  openThrough(slot: Slot, sets: AcceptorSets): Slot {
    let at = slot;
    for (;;) {
      const set = sets.at(at);
      if (!this.isOpen(at, set)) return at - 1;
      const through = Math.min(this.toldByQuorum(at, set), sets.lastSlotOf(at));
      if (through === Number.POSITIVE_INFINITY) return through;
      at = through + 1;
    }
  }

  /** How far a phase-1 quorum has told, of those that told of this slot. */
  private toldByQuorum(slot: Slot, { acceptors, phase1 }: AcceptorSet): Slot {
    const told = acceptors.flatMap(({ address, disk }) => {
      const by = this.told.get(address);
      return by?.disk === disk && by.from <= slot && slot <= by.through ? [by.through] : [];
    });
    return told.sort((a, b) => b - a)[phase1 - 1]!;
  }
}
