import type { Address, Effect, Input, Vocabulary } from '@synod/actor';
import type { Slot } from './disk.js';
import type { Machine } from './machine.js';

/** Why a message did not arrive. */
export type Loss = 'lost' | 'partition' | 'down' | 'dropped';

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

/** Several witnesses as one; each hook calls only those that have it. */
export class Witnesses<V extends Vocabulary> implements Required<Witness<V>> {
  private readonly all: Witness<V>[] = [];

  add(witness: Witness<V>): void {
    this.all.push(witness);
  }

  stepping(machine: Machine<V>, input: Input<V>): void {
    for (const witness of this.all) witness.stepping?.(machine, input);
  }
  executed(machine: Machine<V>, effect: Effect<V>): void {
    for (const witness of this.all) witness.executed?.(machine, effect);
  }
  stepped(machine: Machine<V>, input: Input<V>): void {
    for (const witness of this.all) witness.stepped?.(machine, input);
  }
  left(from: Address, to: readonly Address[], message: V['message']): void {
    for (const witness of this.all) witness.left?.(from, to, message);
  }
  lost(from: Address, to: Address, message: V['message'], why: Loss): void {
    for (const witness of this.all) witness.lost?.(from, to, message, why);
  }
  synced(machine: Machine<V>, slots: readonly Slot<V>[]): void {
    for (const witness of this.all) witness.synced?.(machine, slots);
  }
  started(machine: Machine<V>): void {
    for (const witness of this.all) witness.started?.(machine);
  }
  crashed(machine: Machine<V>): void {
    for (const witness of this.all) witness.crashed?.(machine);
  }
  stopped(machine: Machine<V>): void {
    for (const witness of this.all) witness.stopped?.(machine);
  }
  wiped(machine: Machine<V>): void {
    for (const witness of this.all) witness.wiped?.(machine);
  }
  fault(what: string): void {
    for (const witness of this.all) witness.fault?.(what);
  }
}
