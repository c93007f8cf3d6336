import { isStale } from './history.js';
import type { Get, History, Operation } from './history.js';

/**
 * How long a message may have been under way from the leader to the replica that answered: its age does not count that
 * (libs/raft/README.md, departure 9), and here replicas' clocks and the clients' differ by it as well. A second is much on any
 * network, and less than a process may sleep: what waited in its socket meanwhile it takes for fresh when it goes on.
 */
export const defaultTransitMs = 1000;

/** Something that was over at a moment; positions or calls up to there. */
interface Moment {
  readonly at: number;
  readonly most: number;
}

/**
 * What a stale get must have seen by the age that it tells: all that was answered before it was asked, less its age, less the
 * transit. Held against log positions where answers name them, and against values: one that was certainly overwritten by then.
 */
export class StaleAges {
  /** The highest position that was answered by each moment, oldest first. */
  private readonly positions: readonly Moment[];
  private readonly keys = new Map<string, KeyAges>();

  constructor(
    history: History,
    private readonly transitMs: number,
  ) {
    this.positions = risingBy(history.flatMap(answeredPosition));
    for (const operation of history) this.add(operation);
    for (const ages of this.keys.values()) ages.overwritten = risingBy(ages.overwriters);
  }

  problem(read: Get): string | undefined {
    if (read.ageMs === undefined || this.transitMs === Number.POSITIVE_INFINITY) return undefined;
    const due = read.invokedAt - read.ageMs - this.transitMs;
    const position = mostBefore(this.positions, due);
    if (read.index !== undefined && position > read.index)
      return this.told(read, `what was answered from position ${position} is not in the state at ${read.index}`);
    const ages = this.keys.get(read.key);
    if (ages === undefined || mostBefore(ages.overwritten, due) <= ages.writtenAt(read.result!.entry?.value))
      return undefined;
    return this.told(read, 'what it shows was overwritten');
  }

  private told({ ageMs, invokedAt }: Get, what: string): string {
    return `it says that it is ${ageMs} ms old, but ${what}, more than ${ageMs} ms and ${this.transitMs} ms for messages before ${invokedAt}`;
  }

  private add(operation: Operation): void {
    if (operation.outcome === 'refused' || operation.kind === 'get' || operation.kind === 'range') return;
    const { returnedAt = Number.POSITIVE_INFINITY } = operation;
    const until = operation.outcome === 'answered' ? returnedAt : Number.POSITIVE_INFINITY;
    if (operation.kind === 'transaction') {
      for (const step of [...operation.success, ...operation.failure])
        if (step.kind !== 'get') this.of(step.key).wrote(step.kind === 'put' ? step.value : undefined, until);
      return;
    }
    const ages = this.of(operation.key);
    ages.wrote('value' in operation ? operation.value : undefined, until);
    const failed = operation.kind === 'compareAndSet' && operation.result?.succeeded !== true;
    if (operation.outcome === 'answered' && !failed)
      ages.overwriters.push({ at: returnedAt, most: operation.invokedAt });
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
