import type { Operation } from './history.js';

/** The keys of a history, and which of them hang together because an operation touches several at once. */
export class Keys {
  private readonly numbers = new Map<string, number>();
  private readonly parents: number[] = [];
  /** By prefix and start, with a character between that no prefix has. */
  private readonly ranges = new Map<string, { readonly prefix: string; readonly startAfter: string }>();

  add(operation: Operation): void {
    const touched = touchedKeys(operation);
    for (const key of touched) this.number(key);
    for (let i = 1; i < touched.length; i++) this.join(this.number(touched[0]!), this.number(touched[i]!));
    if (operation.kind !== 'range') return;
    const { prefix, startAfter = '' } = operation;
    this.ranges.set(`${prefix}\u{ffff}${startAfter}`, { prefix, startAfter });
  }

  /** Tells the part of an operation that was added. Those that touch no key at all share a part. */
  parts(): (operation: Operation) => number {
    const sorted = [...this.numbers.keys()].sort(byCodeUnits);
    const anyOf = new Map<string, number>();
    for (const [name, { prefix, startAfter }] of this.ranges) {
      const [from, to] = interval(sorted, prefix, startAfter);
      for (let i = from + 1; i < to; i++) this.join(this.number(sorted[from]!), this.number(sorted[i]!));
      if (from < to) anyOf.set(name, this.number(sorted[from]!));
    }
    const numbers = new Map<number, number>();
    const numbered = (root: number): number => {
      let number = numbers.get(root);
      if (number === undefined) numbers.set(root, (number = numbers.size));
      return number;
    };
    return (operation) => {
      if (operation.kind === 'transaction') {
        const key = touchedKeys(operation)[0];
        return numbered(key === undefined ? -1 : this.root(this.number(key)));
      }
      if (operation.kind !== 'range') return numbered(this.root(this.number(operation.key)));
      const key = anyOf.get(`${operation.prefix}\u{ffff}${operation.startAfter ?? ''}`);
      return numbered(key === undefined ? -1 : this.root(key));
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
