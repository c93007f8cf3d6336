/** Label values by name, written once when an instrument is made; the hot path only increments numbers. */
export type Labels = Readonly<Record<string, string>>;

interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary';
  readonly lines: () => readonly string[];
}

/** Counts up; read when it is scraped. */
export class Counter {
  value = 0;
}

/** Counts observations into fixed buckets. */
export class Histogram {
  readonly counts: Float64Array;
  sum = 0;

  constructor(readonly bounds: readonly number[]) {
    this.counts = new Float64Array(bounds.length + 1);
  }

  observe(value: number): void {
    const { bounds } = this;
    let bucket = 0;
    while (bucket < bounds.length && value > bounds[bucket]!) bucket++;
    this.counts[bucket]!++;
    this.sum += value;
  }
}

/** Counters by one label whose values are not known in advance. Beyond `max` values, `other` counts. */
export class CounterByLabel {
  private readonly counters = new Map<string, Counter>();

  constructor(private readonly max: number) {}

  of(value: string): Counter {
    return this.counters.get(value) ?? this.add(value);
  }

  entries(): Iterable<[string, Counter]> {
    return this.counters;
  }

  private add(value: string): Counter {
    if (this.counters.size >= this.max && value !== 'other') return this.of('other');
    const counter = new Counter();
    this.counters.set(value, counter);
    return counter;
  }
}

/** Instruments of one process and their Prometheus text. Nothing is computed between two scrapes. */
export class MetricsRegistry {
  private readonly families: Family[] = [];

  /** Labels that every line carries. */
  constructor(private readonly common: Labels = {}) {}

  counter(name: string, help: string, labels: Labels = {}): Counter {
    const counter = new Counter();
    this.add(name, help, 'counter', () => [this.line(name, labels, counter.value)]);
    return counter;
  }

  counterBy(name: string, help: string, label: string, max = 64): CounterByLabel {
    const counters = new CounterByLabel(max);
    this.add(name, help, 'counter', () =>
      [...counters.entries()].map(([value, counter]) => this.line(name, { [label]: value }, counter.value)),
    );
    return counters;
  }

  /** A counter that somebody else keeps. */
  counted(name: string, help: string, read: () => number, labels: Labels = {}): void {
    this.add(name, help, 'counter', () => [this.line(name, labels, read())]);
  }

  /** Counters that somebody else keeps, by the values of `label`. */
  countedBy(name: string, help: string, label: string, read: () => Readonly<Record<string, number>>): void {
    this.add(name, help, 'counter', () => this.linesBy(name, label, read()));
  }

  /** `read` gives one value, or several by the values of `label`. */
  gauge(name: string, help: string, read: () => number, labels: Labels = {}): void {
    this.add(name, help, 'gauge', () => [this.line(name, labels, read())]);
  }

  gaugeBy(name: string, help: string, label: string, read: () => Readonly<Record<string, number>>): void {
    this.add(name, help, 'gauge', () => this.linesBy(name, label, read()));
  }

  /** Quantiles that somebody else keeps, by their names `0.5`, `0.99`, … */
  summary(name: string, help: string, read: () => Readonly<Record<string, number>>): void {
    this.add(name, help, 'summary', () => this.linesBy(name, 'quantile', read()));
  }

  histogram(name: string, help: string, bounds: readonly number[], labels: Labels = {}): Histogram {
    const histogram = new Histogram(bounds);
    this.add(name, help, 'histogram', () => this.histogramLines(name, labels, histogram));
    return histogram;
  }

  /** Prometheus text format 0.0.4. */
  text(): string {
    const blocks = new Map<string, string[]>();
    for (const { name, help, type, lines } of this.families) {
      const block = blocks.get(name) ?? [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
      block.push(...lines());
      blocks.set(name, block);
    }
    return [...blocks.values()].flat().join('\n') + '\n';
  }

  private add(name: string, help: string, type: Family['type'], lines: Family['lines']): void {
    this.families.push({ name, help, type, lines });
  }

  private linesBy(name: string, label: string, values: Readonly<Record<string, number>>): string[] {
    return Object.entries(values).map(([value, number]) => this.line(name, { [label]: value }, number));
  }

  private line(name: string, labels: Labels, value: number): string {
    const pairs = Object.entries({ ...this.common, ...labels }).map(([key, text]) => `${key}="${escape(text)}"`);
    return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}`;
  }

  private histogramLines(name: string, labels: Labels, { bounds, counts, sum }: Histogram): string[] {
    const lines: string[] = [];
    let total = 0;
    counts.forEach((count, bucket) => {
      total += count;
      lines.push(this.line(`${name}_bucket`, { ...labels, le: String(bounds[bucket] ?? '+Inf') }, total));
    });
    lines.push(this.line(`${name}_sum`, labels, sum), this.line(`${name}_count`, labels, total));
    return lines;
  }
}

function escape(value: string): string {
  return value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
}
