import { isStale } from './history.js';
import type { Get, History, Operation, Range, Seen } from './history.js';
import { writesOf } from './stale-changes.js';

/**
 * What an age says holds when the question arrives, hence when it was asked. An age is counted by a replica's clock, though, and the
 * history's times by its clients': by so much may these come apart while an age lasts, which is much for machines that are well.
 */
export const defaultClocksMs = 20;

/** Something that was over at a moment; positions or calls up to there. */
interface Moment {
  readonly at: number;
  readonly most: number;
}

/**
 * What a stale read must have seen by the age that it tells: all that was answered before it was asked, less its age. Held against log positions where answers name them, and against values: one that was certainly overwritten by then.
 */
export class StaleAges {
  /** The highest position that was answered by each moment, oldest first. */
  private readonly positions: readonly Moment[];
  private readonly keys = new Map<string, KeyAges>();

  constructor(
    history: History,
    private readonly clocksMs: number,
  ) {
    this.positions = risingBy(history.flatMap(answeredPosition));
    for (const operation of history) this.add(operation);
    for (const ages of this.keys.values()) ages.overwritten = risingBy(ages.overwriters);
  }

  ofPosition(read: Get | Range): string | undefined {
    const position = mostBefore(this.positions, this.due(read));
    if (read.index === undefined || position <= read.index) return undefined;
    return this.told(read, `what was answered from position ${position} is not in the state at ${read.index}`);
  }

  /** Where only keys were asked for, what is there may be anything. */
  ofValue(read: Get | Range, key: string, entry: Seen | undefined): string | undefined {
    const ages = this.keys.get(key);
    if (ages === undefined || (entry !== undefined && entry.value === undefined)) return undefined;
    if (mostBefore(ages.overwritten, this.due(read)) <= ages.writtenAt(entry?.value)) return undefined;
    return this.told(read, 'what it shows was overwritten');
  }

  /** What was answered before then must be seen. */
  private due({ invokedAt, ageMs = Number.POSITIVE_INFINITY }: Get | Range): number {
    return invokedAt - ageMs - this.clocksMs;
  }

  private told({ ageMs, invokedAt }: Get | Range, what: string): string {
    return `it says that it is ${ageMs} ms old, but ${what}, more than ${ageMs} ms and ${this.clocksMs} ms for clocks before ${invokedAt}`;
  }

  private add(operation: Operation): void {
    const { outcome, invokedAt, returnedAt = Number.POSITIVE_INFINITY } = operation;
    const until = outcome === 'answered' ? returnedAt : Number.POSITIVE_INFINITY;
    for (const { key, value } of writesOf(operation)) {
      this.of(key).wrote(value, until);
      if (outcome === 'answered') this.of(key).overwriters.push({ at: until, most: invokedAt });
    }
  }

  private of(key: string): KeyAges {
    if (!this.keys.has(key)) this.keys.set(key, new KeyAges());
    return this.keys.get(key)!;
  }
}

class KeyAges {
  readonly overwriters: Moment[] = [];
  overwritten: readonly Moment[] = [];
  /** When the last call that may have written a value was over; nothing is there from the beginning. */
  private readonly writes = new Map<string | undefined, number>([[undefined, Number.NEGATIVE_INFINITY]]);

  wrote(value: string | undefined, until: number): void {
    this.writes.set(value, Math.max(until, this.writes.get(value) ?? Number.NEGATIVE_INFINITY));
  }

  /** A value that nobody is known to have written is another judge's business. */
  writtenAt(value: string | undefined): number {
    return this.writes.get(value) ?? Number.POSITIVE_INFINITY;
  }
}

function answeredPosition(operation: Operation): Moment[] {
  const { outcome, index, returnedAt } = operation;
  const isOwn = (operation.kind === 'get' || operation.kind === 'range') && isStale(operation);
  if (outcome !== 'answered' || isOwn) return [];
  const position = index ?? (operation.result as { readonly revision?: number } | undefined)?.revision;
  return position === undefined || returnedAt === undefined ? [] : [{ at: returnedAt, most: position }];
}

/** By time, each with the most of all up to it. */
function risingBy(moments: readonly Moment[]): readonly Moment[] {
  let most = Number.NEGATIVE_INFINITY;
  return [...moments].sort((a, b) => a.at - b.at).map((moment) => ({ at: moment.at, most: (most = Math.max(most, moment.most)) })); // prettier-ignore
}

function mostBefore(moments: readonly Moment[], time: number): number {
  let [low, high] = [0, moments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (moments[middle]!.at < time) low = middle + 1;
    else high = middle;
  }
  return moments[low - 1]?.most ?? Number.NEGATIVE_INFINITY;
}
