import type { Operation } from './history.js';

/** The keys of a history, and which of them hang together because an operation touches several at once. */
export class Keys {
  private readonly numbers = new Map<string, number>();
  private readonly parents: number[] = [];
  /** By prefix and start, with a character between that no prefix has. */
  private readonly rangeNumbers = new Map<string, number>();
  private readonly ranges: { readonly prefix: string; readonly startAfter: string }[] = [];

  /** Gives a handle for `parts`: a key that it touches; of a range, -2 and below; -1: it touches none. */
  add(operation: Operation): number {
    if (operation.kind !== 'range' && operation.kind !== 'transaction') return this.number(operation.key);
    const touched = touchedKeys(operation).map((key) => this.number(key));
    for (const key of touched) this.join(touched[0]!, key);
    return operation.kind === 'range' ? this.range(operation) : (touched[0] ?? -1);
  }

  private range({
    prefix,
    startAfter = '',
  }: {
    readonly prefix: string;
    readonly startAfter?: string | undefined;
  }): number {
    const name = `${prefix}\u{ffff}${startAfter}`;
    let number = this.rangeNumbers.get(name);
    if (number === undefined) this.rangeNumbers.set(name, (number = this.ranges.push({ prefix, startAfter }) - 1));
    return -2 - number;
  }

  /** Tells the part of a handle. Operations that touch no key at all share a part. */
  parts(): (handle: number) => number {
    const sorted = [...this.numbers.keys()].sort(byCodeUnits);
    const keyOf = this.ranges.map(({ prefix, startAfter }) => {
      const [from, to] = interval(sorted, prefix, startAfter);
      const keys = sorted.slice(from, to).map((key) => this.number(key));
      for (const key of keys) this.join(keys[0]!, key);
      return keys[0] ?? -1;
    });
    // By root; the last one is of those that touch no key.
    const partOf = new Int32Array(this.parents.length + 1).fill(-1);
    let parts = 0;
    return (handle) => {
      const key = handle < -1 ? keyOf[-2 - handle]! : handle;
      const root = key < 0 ? this.parents.length : this.root(key);
      if (partOf[root]! < 0) partOf[root] = parts++;
      return partOf[root]!;
    };
  }

  private number(key: string): number {
    let number = this.numbers.get(key);
    if (number === undefined) {
      this.numbers.set(key, (number = this.numbers.size));
      this.parents.push(number);
    }
    return number;
  }

  private root(number: number): number {
    const { parents } = this;
    let at = number;
    while (parents[at] !== at) at = parents[at] = parents[parents[at]!]!;
    return at;
  }

  private join(a: number, b: number): void {
    this.parents[this.root(a)] = this.root(b);
  }
}

/** By name: what it writes, asks and was shown. Of a range, only what was shown. */
export function touchedKeys(operation: Operation): string[] {
  if (operation.kind === 'range') return operation.result?.entries.map(({ key }) => key) ?? [];
  if (operation.kind !== 'transaction') return [operation.key];
  const { conditions, success, failure } = operation;
  return [...conditions, ...success, ...failure].map(({ key }) => key);
}

/** From where to where in sorted keys a range goes; the end is exclusive. */
export function interval(sorted: readonly string[], prefix: string, startAfter = ''): readonly [number, number] {
  const from =
    startAfter >= prefix && startAfter !== ''
      ? firstWhere(sorted, (key) => key > startAfter)
      : firstWhere(sorted, (key) => key >= prefix);
  const to = firstWhere(sorted, (key) => key > prefix && !key.startsWith(prefix));
  return [from, Math.max(from, to)];
}

export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `holds` is false up to a place and true from there on. */
function firstWhere(sorted: readonly string[], holds: (key: string) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
