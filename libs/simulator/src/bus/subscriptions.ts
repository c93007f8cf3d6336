interface Entry<T> {
  readonly pattern: readonly string[];
  readonly value: T;
}

/** What processes invent must not make the memory grow. */
const remembered = 4096;

/** Who subscribed to what: NATS's rules, `*` for one token and `>` for one or more at the end. */
export class Subscriptions<T> {
  private readonly entries = new Set<Entry<T>>();
  private readonly known = new Map<string, readonly T[]>();

  /** Returns the way to remove it. The same value may be added twice, and is then found twice. */
  add(pattern: string, value: T): () => void {
    const entry = { pattern: pattern.split('.'), value };
    this.entries.add(entry);
    this.known.clear();
    return () => {
      this.entries.delete(entry);
      this.known.clear();
    };
  }

  /** In the order in which they were added. */
  of(subject: string): readonly T[] {
    const known = this.known.get(subject);
    if (known !== undefined) return known;
    const tokens = subject.split('.');
    const found = [...this.entries].filter(({ pattern }) => matches(pattern, tokens)).map(({ value }) => value);
    if (this.known.size >= remembered) this.known.clear();
    this.known.set(subject, found);
    return found;
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
