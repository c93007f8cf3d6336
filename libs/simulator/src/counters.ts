/** How often named things happened; merged over seeds into the summary. */
export class Counters {
  private readonly counts = new Map<string, number>();
  private readonly expected = new Set<string>();

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

  get(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  merge(other: Counters): void {
    for (const [name, times] of other.counts) this.count(name, times);
    this.expect(...other.expected);
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

  get zeros(): readonly string[] {
    return this.situations.filter(([, times]) => times === 0).map(([name]) => name);
  }
}
