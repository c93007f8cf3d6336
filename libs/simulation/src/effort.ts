import type { Address, Effect, Input, Vocabulary } from '@synod/actor';
import { Violation } from '@synod/simulator';
import type { Machine, Witness } from '@synod/simulator';

/**
 * What a run costs: publishes between members, messages received, syncs, events. Whoever knows what is due compares: efficiency
 * that is lost fails like any other promise.
 */
export class Effort<V extends Vocabulary> implements Witness<V> {
  /** A multicast is one. */
  publishes = 0;
  syncs = 0;
  private readonly receivedOf = new Map<string, number>();
  private readonly observedOf = new Map<string, number>();

  constructor(private readonly isMember: (address: Address) => boolean) {}

  left(from: Address, to: readonly Address[]): void {
    if (this.isMember(from) && to.some(this.isMember)) this.publishes++;
  }

  stepping(_machine: Machine<V>, input: Input<V>): void {
    if (input.kind !== 'receive') return;
    const { kind, level } = input.message as V['message'] & { readonly level?: string };
    count(this.receivedOf, level === undefined ? kind : `${kind} ${level}`);
  }

  synced(): void {
    this.syncs++;
  }

  executed(_machine: Machine<V>, effect: Effect<V>): void {
    if (effect.kind === 'observe') count(this.observedOf, effect.event.kind);
  }

  /** Messages of that kind; reads are counted by level: `read linearizable`, `read stale`, `read discover`. */
  received(kind: string): number {
    return this.receivedOf.get(kind) ?? 0;
  }

  observed(kind: V['event']['kind']): number {
    return this.observedOf.get(kind) ?? 0;
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** Throws `Efficiency` when something was done more often than it is due. */
export function atMost(citation: string, what: string, count: number, bound: number): void {
  if (count > bound)
    throw new Violation('Efficiency', citation, `${count} ${what}, at most ${Math.ceil(bound)} are due`);
}
