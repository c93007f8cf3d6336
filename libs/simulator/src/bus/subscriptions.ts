interface Entry<T> {
  readonly pattern: readonly string[];
  readonly value: T;
}

interface Found<T> {
  readonly tokens: readonly string[];
  entries: readonly Entry<T>[];
  values: readonly T[];
}

/** What processes invent must not make the memory grow. */
const remembered = 4096;

/** Who subscribed to what: NATS's rules, `*` for one token and `>` for one or more at the end. */
export class Subscriptions<T> {
  private readonly entries = new Set<Entry<T>>();
  /** By subject; kept up to date, since connections come and go all the time while subjects stay. */
  private readonly known = new Map<string, Found<T>>();

  /** Returns the way to remove it. The same value may be added twice, and is then found twice. */
  add(pattern: string, value: T): () => void {
    const entry = { pattern: pattern.split('.'), value };
    this.entries.add(entry);
    this.change(entry, (entries) => [...entries, entry]);
    return () => {
      if (this.entries.delete(entry)) this.change(entry, (entries) => entries.filter((other) => other !== entry));
    };
  }

  /** In the order in which they were added. */
  of(subject: string): readonly T[] {
    const known = this.known.get(subject);
    if (known !== undefined) return known.values;
    const tokens = subject.split('.');
    const entries = [...this.entries].filter(({ pattern }) => matches(pattern, tokens));
    const values = entries.map(({ value }) => value);
    if (this.known.size >= remembered) this.known.clear();
    this.known.set(subject, { tokens, entries, values });
    return values;
  }

  private change({ pattern }: Entry<T>, make: (entries: readonly Entry<T>[]) => readonly Entry<T>[]): void {
    for (const found of this.known.values()) {
      if (!matches(pattern, found.tokens)) continue;
      found.entries = make(found.entries);
      found.values = found.entries.map(({ value }) => value);
    }
  }
}

function matches(pattern: readonly string[], tokens: readonly string[]): boolean {
  for (let i = 0; i < pattern.length; i++) {
    if (i >= tokens.length) return false;
    if (pattern[i] === '>') return true;
    if (pattern[i] !== '*' && pattern[i] !== tokens[i]) return false;
  }
  return pattern.length === tokens.length;
}
