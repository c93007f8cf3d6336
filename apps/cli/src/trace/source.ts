import { attributes, fromJaeger } from '@synod/telemetry';
import type { JaegerTrace, TraceSpan } from '@synod/telemetry';
import { CommandError } from '../exit-codes.js';
import { printable } from '../output.js';

const patienceMs = 5000;
/** LIMIT: among so many of all groups those of one are looked for. */
const lookedThrough = 1000;

/** One trace, as it came and as spans. */
export interface Trace {
  readonly id: string;
  readonly jaeger: JaegerTrace;
  readonly spans: readonly TraceSpan[];
}

/** The query side of the local trace store or of Jaeger: they answer alike. */
export class TraceSource {
  /** With a group: only traces in which it took part. */
  constructor(
    private readonly url: string,
    readonly group?: string,
  ) {}

  /** Undefined when it is not there. */
  async find(id: string): Promise<Trace | undefined> {
    const answer = await this.ask(`/api/traces/${id}`);
    return answer.status === 404 ? undefined : this.tracesIn(answer).find((trace) => this.isAsked(trace));
  }

  /** The newest first. */
  async latest(limit: number): Promise<readonly Trace[]> {
    const looked = this.group === undefined ? limit : Math.max(limit, lookedThrough);
    const answer = await this.ask(`/api/traces?limit=${looked}`);
    const traces = answer.status === 400 ? await this.latestByService(looked) : this.tracesIn(answer);
    const asked = traces.filter((trace) => this.isAsked(trace));
    return asked.sort((a, b) => startOf(b) - startOf(a)).slice(0, limit);
  }

  private isAsked({ spans }: Trace): boolean {
    return this.group === undefined || spans.some((span) => span.attributes[attributes.group] === this.group);
  }

  /** Jaeger itself wants a service to be named. */
  private async latestByService(limit: number): Promise<readonly Trace[]> {
    const services = this.dataOf(await this.ask('/api/services')) as readonly string[];
    const traces = new Map<string, Trace>();
    for (const service of services) {
      const answer = await this.ask(`/api/traces?limit=${limit}&service=${encodeURIComponent(service)}`);
      for (const trace of this.tracesIn(answer)) traces.set(trace.id, trace);
    }
    return [...traces.values()];
  }

  private tracesIn(answer: Answer): readonly Trace[] {
    try {
      const traces = this.dataOf(answer) as readonly JaegerTrace[];
      return traces
        .map((jaeger) => ({ id: jaeger.traceID, jaeger, spans: fromJaeger(jaeger) }))
        .filter(({ spans }) => spans.length > 0);
    } catch (error) {
      throw error instanceof CommandError ? error : this.strange(`${error}`);
    }
  }

  private dataOf({ status, body }: Answer): readonly unknown[] {
    const { data, errors } = (body ?? {}) as { data?: unknown; errors?: readonly { msg?: string }[] | null };
    if (status !== 200) throw this.strange(`status ${status}${errors?.[0]?.msg ? `: ${errors[0].msg}` : ''}`);
    if (!Array.isArray(data)) throw this.strange('no list of traces');
    return data;
  }

  private async ask(path: string): Promise<Answer> {
    const address = `${this.url.replace(/\/+$/, '')}${path}`;
    let response: Response;
    try {
      response = await fetch(address, { signal: AbortSignal.timeout(patienceMs) });
    } catch (error) {
      const { cause, message } = error as Error & { readonly cause?: Error };
      throw new CommandError('noCluster', `no trace store answers at ${this.url}: ${cause?.message || message}`);
    }
    const text = await response.text();
    try {
      // Names are shown on terminals, and whoever sent the spans chose them.
      const body: unknown = JSON.parse(text, (_, value) => (typeof value === 'string' ? printable(value) : value));
      return { status: response.status, body };
    } catch {
      if (response.status === 404) return { status: 404, body: undefined };
      throw this.strange('not JSON');
    }
  }

  private strange(what: string): CommandError {
    return new CommandError(
      'failed',
      `${this.url} does not answer like a trace store or Jaeger's query service: ${what}`,
    );
  }
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export function startOf({ spans }: Trace): number {
  return spans.reduce((earliest, { startUs }) => Math.min(earliest, startUs), Infinity);
}

export function endOf({ spans }: Pick<Trace, 'spans'>): number {
  return spans.reduce((latest, { startUs, durationUs }) => Math.max(latest, startUs + durationUs), 0);
}
