/** The least that one run had of something, and what it is to have. */
export interface Least {
  readonly count: number;
  readonly due: number;
}

/** How often named things happened; merged over seeds into the summary. */
export class Counters {
  private readonly counts = new Map<string, number>();
  private readonly expected = new Set<string>();
  private readonly leasts = new Map<string, Least>();

  count(name: string, times = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + times);
  }

  /** Names a situation that a run over many seeds must reach, though this one may not. */
  expect(...names: readonly string[]): void {
    for (const name of names) {
      this.expected.add(name);
      this.count(name, 0);
    }
  }

  /** This run had so many of something of which each run is to have at least `due`. */
  least(name: string, count: number, due: number): void {
    const before = this.leasts.get(name);
    if (before === undefined || count - due < before.count - before.due) this.leasts.set(name, { count, due });
  }

  get(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  merge(other: Counters): void {
    for (const [name, times] of other.counts) this.count(name, times);
    this.expect(...other.expected);
    for (const [name, { count, due }] of other.leasts) this.least(name, count, due);
  }

  get entries(): readonly (readonly [string, number])[] {
    return [...this.counts].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** Named situations, and what is counted beside them. */
  get situations(): readonly (readonly [string, number])[] {
    return this.entries.filter(([name]) => this.expected.has(name));
  }

  get others(): readonly (readonly [string, number])[] {
    return this.entries.filter(([name]) => !this.expected.has(name));
  }

  get poorest(): readonly (readonly [string, Least])[] {
    return [...this.leasts];
  }

  /** What some run had too little of. */
  get shortages(): readonly string[] {
    return this.poorest.filter(([, { count, due }]) => count < due).map(([name]) => name);
  }

  get zeros(): readonly string[] {
    return this.situations.filter(([, times]) => times === 0).map(([name]) => name);
  }
}
