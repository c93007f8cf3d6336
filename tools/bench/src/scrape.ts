/** Sums of a process's Prometheus counters by name, and by name and label: `a`, `a{kind="x"}`. */
export type Metrics = ReadonlyMap<string, number>;

const withinMs = 5000;

export async function metricsAt(url: string): Promise<Metrics> {
  return parseMetrics(await (await fetch(url, { signal: AbortSignal.timeout(withinMs) })).text());
}

export function parseMetrics(text: string): Metrics {
  const metrics = new Map<string, number>();
  const add = (key: string, value: number) => metrics.set(key, (metrics.get(key) ?? 0) + value);
  for (const line of text.split('\n')) {
    const [, name, labels, value] = /^([a-z_]\w*)(?:\{(.*)\})? (\S+)$/i.exec(line) ?? [];
    if (name === undefined) continue;
    add(name, Number(value));
    for (const label of labels?.split(/,(?=\w+=)/) ?? []) add(`${name}{${label}}`, Number(value));
  }
  return metrics;
}

/** A nats-server's `/varz`, as far as it is read here. */
export interface BrokerVariables {
  readonly version: string;
  readonly in_msgs: number;
  readonly out_msgs: number;
  readonly in_bytes: number;
  readonly out_bytes: number;
}

export async function brokerVariables(monitorPort: number): Promise<BrokerVariables> {
  const url = `http://127.0.0.1:${monitorPort}/varz`;
  return (await (await fetch(url, { signal: AbortSignal.timeout(withinMs) })).json()) as BrokerVariables;
}
