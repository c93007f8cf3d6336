import type { Address } from '@synod/actor';
import type { Random } from './random.js';

/** The particulars of a strike: durations in milliseconds, counts, addresses, or `aim: 'leader'`. */
export type Detail = Readonly<Record<string, number | string | readonly string[]>>;

/**
 * One fault, decided before the run begins: a run is its seed and its strikes, and any part of the list can be struck again
 * alone.
 */
export interface Strike {
  readonly atMs: number;
  readonly fault: string;
  /** Absent for what befalls everyone. With `aim: 'leader'` in the detail it is hit only while nobody leads. */
  readonly target?: Address;
  readonly detail: Detail;
}

/** One kind of fault: how its particulars are drawn, and how it strikes. */
export interface FaultKind {
  /** What the counters call it. */
  readonly counted: string;
  /** It befalls everyone: no target is drawn. */
  readonly everyone?: boolean;
  draw(random: Random, target: Address, members: readonly Address[]): Detail;
  /** What was struck, in words; undefined when the fault is not possible now. */
  strike(target: Address, detail: Detail): string | undefined;
}

/** The faults of one part of the world. */
export interface Faults {
  readonly kinds: { readonly [fault: string]: FaultKind };
  /** No more of them; what they broke is repaired. */
  heal(): void;
}

export function numberIn(detail: Detail, name: string): number {
  const value = detail[name];
  if (typeof value !== 'number') throw new Error(`a strike of this kind has a number ${name}, not ${String(value)}`);
  return value;
}

export function addressesIn(detail: Detail, name: string): readonly Address[] {
  const value = detail[name];
  if (!Array.isArray(value)) throw new Error(`a strike of this kind has addresses ${name}, not ${String(value)}`);
  return value as readonly Address[];
}
