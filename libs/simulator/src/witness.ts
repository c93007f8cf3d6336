import type { Address, Effect, Input, Vocabulary } from '@synod/actor';
import type { Slot } from './disk.js';
import type { Machine } from './machine.js';

/** Why a message did not arrive. */
export type Loss = 'lost' | 'partition' | 'down';

/** Who watches a world: transcripts, invariants, printers, counters. Watching changes nothing. */
export interface Witness<V extends Vocabulary> {
  /** Before the input is stepped. */
  stepping?(machine: Machine<V>, input: Input<V>): void;
  /** An effect was executed; a `persist` is only buffered then, a `send` may still be held back. */
  executed?(machine: Machine<V>, effect: Effect<V>): void;
  /** All effects of the step were executed. */
  stepped?(machine: Machine<V>, input: Input<V>): void;
  /** A message leaves: what it rests on is durable. `to` lists every recipient of a multicast. */
  left?(from: Address, to: readonly Address[], message: V['message']): void;
  lost?(from: Address, to: Address, message: V['message'], why: Loss): void;
  synced?(machine: Machine<V>, slots: readonly Slot<V>[]): void;
  /** A life begins, before its first input. */
  started?(machine: Machine<V>): void;
  crashed?(machine: Machine<V>): void;
  /** The process has ended in order: all that was persisted is durable. */
  stopped?(machine: Machine<V>): void;
  wiped?(machine: Machine<V>): void;
  /** A fault or its end, in words. */
  fault?(what: string): void;
}

/** Several witnesses as one; each hook calls only those that have it. What one throws is a complaint about the run. */
export class Witnesses<V extends Vocabulary> implements Required<Witness<V>> {
  private readonly all: Witness<V>[] = [];

  constructor(private readonly complain: (complaint: Error) => void) {}

  add(witness: Witness<V>): void {
    this.all.push(witness);
  }

  stepping(machine: Machine<V>, input: Input<V>): void {
    try {
      for (const witness of this.all) witness.stepping?.(machine, input);
    } catch (complaint) {
      this.complain(complaint as Error);
    }
  }
  executed(machine: Machine<V>, effect: Effect<V>): void {
    try {
      for (const witness of this.all) witness.executed?.(machine, effect);
    } catch (complaint) {
      this.complain(complaint as Error);
    }
  }
  stepped(machine: Machine<V>, input: Input<V>): void {
    try {
      for (const witness of this.all) witness.stepped?.(machine, input);
    } catch (complaint) {
      this.complain(complaint as Error);
    }
  }
  left(from: Address, to: readonly Address[], message: V['message']): void {
    try {
      for (const witness of this.all) witness.left?.(from, to, message);
    } catch (complaint) {
      this.complain(complaint as Error);
    }
  }
  lost(from: Address, to: Address, message: V['message'], why: Loss): void {
    try {
      for (const witness of this.all) witness.lost?.(from, to, message, why);
    } catch (complaint) {
      this.complain(complaint as Error);
    }
  }
  synced(machine: Machine<V>, slots: readonly Slot<V>[]): void {
    try {
      for (const witness of this.all) witness.synced?.(machine, slots);
    } catch (complaint) {
      this.complain(complaint as Error);
    }
  }
  started(machine: Machine<V>): void {
    try {
      for (const witness of this.all) witness.started?.(machine);
    } catch (complaint) {
      this.complain(complaint as Error);
    }
  }
  crashed(machine: Machine<V>): void {
    try {
      for (const witness of this.all) witness.crashed?.(machine);
    } catch (complaint) {
      this.complain(complaint as Error);
    }
  }
  stopped(machine: Machine<V>): void {
    try {
      for (const witness of this.all) witness.stopped?.(machine);
    } catch (complaint) {
      this.complain(complaint as Error);
    }
  }
  wiped(machine: Machine<V>): void {
    try {
      for (const witness of this.all) witness.wiped?.(machine);
    } catch (complaint) {
      this.complain(complaint as Error);
    }
  }
  fault(what: string): void {
    try {
      for (const witness of this.all) witness.fault?.(what);
    } catch (complaint) {
      this.complain(complaint as Error);
    }
  }
}
