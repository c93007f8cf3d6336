import type { TraceSpan } from './trace-model.js';

export interface TraceStoreLimits {
  readonly spans: number;
  /** Estimated memory of all spans. */
  readonly bytes: number;
  readonly spansPerTrace: number;
}

export const defaultTraceStoreLimits: TraceStoreLimits = {
  spans: 100_000,
  bytes: 64 * 1024 * 1024,
  spansPerTrace: 2_000,
};

export interface TraceQuery {
  readonly limit: number;
  readonly service?: string | undefined;
  /** A span of this name. */
  readonly operation?: string | undefined;
}

interface Kept {
  readonly spans: Map<string, TraceSpan>;
  bytes: number;
}

/** The last traces, in memory. Beyond a limit the trace that was begun first goes, whole. */
export class TraceStore {
  /** In order of arrival. */
  private readonly traces = new Map<string, Kept>();
  private spanCount = 0;
  private byteCount = 0;
  private droppedCount = 0;

  constructor(private readonly limits: TraceStoreLimits = defaultTraceStoreLimits) {}

  get statistics(): {
    readonly traces: number;
    readonly spans: number;
    readonly bytes: number;
    readonly dropped: number;
  } {
    return { traces: this.traces.size, spans: this.spanCount, bytes: this.byteCount, dropped: this.droppedCount };
  }

  /** A span that is there already is taken once. */
  add(spans: readonly TraceSpan[]): void {
    for (const span of spans) this.addOne(span);
    while (this.spanCount > this.limits.spans || this.byteCount > this.limits.bytes) this.dropOldest();
  }

  /** In order of their start; undefined when the trace is not here. */
  trace(traceId: string): readonly TraceSpan[] | undefined {
    const kept = this.traces.get(traceId);
    return kept && inOrder(kept);
  }

  /** The newest first, by the start of their first span. */
  find({ limit, service, operation }: TraceQuery): readonly (readonly TraceSpan[])[] {
    const matches = (span: TraceSpan): boolean =>
      (service === undefined || span.service === service) && (operation === undefined || span.name === operation);
    return [...this.traces.values()]
      .filter(({ spans }) => [...spans.values()].some(matches))
      .map(inOrder)
      .sort((a, b) => b[0]!.startUs - a[0]!.startUs)
      .slice(0, limit);
  }

  services(): readonly string[] {
    const names = new Set<string>();
    for (const { spans } of this.traces.values()) for (const { service } of spans.values()) names.add(service);
    return [...names].sort();
  }

  private addOne(span: TraceSpan): void {
    let kept = this.traces.get(span.traceId);
    if (kept === undefined) this.traces.set(span.traceId, (kept = { spans: new Map(), bytes: 0 }));
    if (kept.spans.has(span.spanId)) return;
    if (kept.spans.size >= this.limits.spansPerTrace) {
      this.droppedCount++;
      return;
    }
    const bytes = sizeOf(span);
    kept.spans.set(span.spanId, span);
    kept.bytes += bytes;
    this.spanCount++;
    this.byteCount += bytes;
  }

  private dropOldest(): void {
    const [traceId, kept] = this.traces.entries().next().value!;
    this.traces.delete(traceId);
    this.spanCount -= kept.spans.size;
    this.byteCount -= kept.bytes;
    this.droppedCount += kept.spans.size;
  }
}

function inOrder({ spans }: Kept): readonly TraceSpan[] {
  return [...spans.values()].sort((a, b) => a.startUs - b.startUs);
}

/** Text counts twice, every object and field a little. */
function sizeOf(span: TraceSpan): number {
  return 400 + 2 * JSON.stringify([span.name, span.attributes, span.events, span.links, span.error]).length;
}
