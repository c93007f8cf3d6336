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
  /** Its state machine executed an operation of that log position; told by whoever made the state machine. */
  applied?(machine: Machine<V>, index: number): void;
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

type Hook = keyof Witness<Vocabulary>;

/** Every hook, and so each is looked for once per witness and not once per happening. */
const hooks: readonly Hook[] = ['stepping', 'executed', 'stepped', 'left', 'lost', 'applied', 'synced', 'started', 'crashed', 'stopped', 'wiped', 'fault']; // prettier-ignore

/** Several witnesses as one; each hook calls only those that have it. What one throws is a complaint about the run. */
export class Witnesses<V extends Vocabulary> implements Required<Witness<V>> {
  private readonly of = Object.fromEntries(hooks.map((hook) => [hook, [] as Witness<V>[]])) as Record<Hook, Required<Witness<V>>[]>; // prettier-ignore

  constructor(private readonly complain: (complaint: Error) => void) {}

  add(witness: Witness<V>): void {
    for (const hook of hooks) if (witness[hook] !== undefined) this.of[hook].push(witness as Required<Witness<V>>);
  }

  stepping(machine: Machine<V>, input: Input<V>): void {
    try {
      for (const witness of this.of.stepping) witness.stepping(machine, input);
    } catch (complaint) {
      this.complain(complaint as Error);
    }
  }
  executed(machine: Machine<V>, effect: Effect<V>): void {
    try {
      for (const witness of this.of.executed) witness.executed(machine, effect);
    } catch (complaint) {
      this.complain(complaint as Error);
    }
  }
  stepped(machine: Machine<V>, input: Input<V>): void {
    try {
      for (const witness of this.of.stepped) witness.stepped(machine, input);
    } catch (complaint) {
      this.complain(complaint as Error);
    }
  }
  left(from: Address, to: readonly Address[], message: V['message']): void {
    try {
      for (const witness of this.of.left) witness.left(from, to, message);
    } catch (complaint) {
      this.complain(complaint as Error);
    }
  }
  lost(from: Address, to: Address, message: V['message'], why: Loss): void {
    try {
      for (const witness of this.of.lost) witness.lost(from, to, message, why);
    } catch (complaint) {
      this.complain(complaint as Error);
    }
  }
  applied(machine: Machine<V>, index: number): void {
    try {
      for (const witness of this.of.applied) witness.applied(machine, index);
    } catch (complaint) {
      this.complain(complaint as Error);
    }
  }
  synced(machine: Machine<V>, slots: readonly Slot<V>[]): void {
    try {
      for (const witness of this.of.synced) witness.synced(machine, slots);
    } catch (complaint) {
      this.complain(complaint as Error);
    }
  }
  started(machine: Machine<V>): void {
    try {
      for (const witness of this.of.started) witness.started(machine);
    } catch (complaint) {
      this.complain(complaint as Error);
    }
  }
  crashed(machine: Machine<V>): void {
    try {
      for (const witness of this.of.crashed) witness.crashed(machine);
    } catch (complaint) {
      this.complain(complaint as Error);
    }
  }
  stopped(machine: Machine<V>): void {
    try {
      for (const witness of this.of.stopped) witness.stopped(machine);
    } catch (complaint) {
      this.complain(complaint as Error);
    }
  }
  wiped(machine: Machine<V>): void {
    try {
      for (const witness of this.of.wiped) witness.wiped(machine);
    } catch (complaint) {
      this.complain(complaint as Error);
    }
  }
  fault(what: string): void {
    try {
      for (const witness of this.of.fault) witness.fault(what);
    } catch (complaint) {
      this.complain(complaint as Error);
    }
  }
}
