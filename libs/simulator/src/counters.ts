/** How often named things happened; merged over seeds into the summary. */
export class Counters {
  private readonly counts = new Map<string, number>();

  count(name: string, times = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + times);
  }

  /** Names a situation that a run over many seeds must reach, though this one may not. */
  expect(...names: readonly string[]): void {
    for (const name of names) this.count(name, 0);
  }

  get(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  merge(other: Counters): void {
    for (const [name, times] of other.counts) this.count(name, times);
  }

  get entries(): readonly (readonly [string, number])[] {
    return [...this.counts].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  get zeros(): readonly string[] {
    return this.entries.filter(([, times]) => times === 0).map(([name]) => name);
  }
}
