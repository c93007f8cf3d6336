import { attributes } from './names.js';
import { spanKinds } from './trace-model.js';
import type { SpanValue, SpanValues, TraceLink, TraceSpan } from './trace-model.js';

interface JaegerTag {
  readonly key: string;
  readonly type: 'string' | 'bool' | 'int64' | 'float64';
  readonly value: string | number | boolean;
}

interface JaegerSpan {
  readonly traceID: string;
  readonly spanID: string;
  readonly operationName: string;
  readonly references: readonly {
    readonly refType: 'CHILD_OF' | 'FOLLOWS_FROM';
    readonly traceID: string;
    readonly spanID: string;
    /** Of links; Jaeger itself leaves them out. */
    readonly tags?: readonly JaegerTag[];
  }[];
  /** Microseconds. */
  readonly startTime: number;
  readonly duration: number;
  readonly tags: readonly JaegerTag[];
  readonly logs: readonly { readonly timestamp: number; readonly fields: readonly JaegerTag[] }[];
  readonly processID: string;
  readonly warnings: readonly string[] | null;
}

/** One trace as Jaeger's query service answers it; a saved answer opens in Jaeger's UI ("Upload"). */
export interface JaegerTrace {
  readonly traceID: string;
  readonly spans: readonly JaegerSpan[];
  readonly processes: Readonly<Record<string, { readonly serviceName: string; readonly tags: readonly JaegerTag[] }>>;
  readonly warnings: null;
}

export function toJaeger(traceId: string, spans: readonly TraceSpan[]): JaegerTrace {
  const processIds = new Map<string, string>();
  const processes: Record<string, JaegerTrace['processes'][string]> = {};
  for (const { service, resource } of spans) {
    if (processIds.has(service)) continue;
    const processId = `p${processIds.size + 1}`;
    processIds.set(service, processId);
    processes[processId] = { serviceName: service, tags: tagsOf(resource) };
  }
  return {
    traceID: traceId,
    spans: spans.map((span) => toJaegerSpan(span, processIds.get(span.service)!)),
    processes,
    warnings: null,
  };
}

/** What `toJaeger` made, or Jaeger itself. */
export function fromJaeger(trace: JaegerTrace): readonly TraceSpan[] {
  return trace.spans.map((span) => {
    const { 'span.kind': kind, error, 'otel.status_description': sentence, ...values } = valuesOf(span.tags);
    const parent = span.references.find((reference) => reference.refType === 'CHILD_OF');
    const process = trace.processes[span.processID];
    return {
      traceId: span.traceID,
      spanId: span.spanID,
      parentId: parent?.spanID,
      name: span.operationName,
      kind: spanKinds.find((known) => known === kind) ?? 'internal',
      service: process?.serviceName ?? 'unknown',
      resource: valuesOf(process?.tags ?? []),
      startUs: span.startTime,
      durationUs: span.duration,
      attributes: values,
      events: span.logs.map(({ timestamp, fields }) => {
        const { event, ...rest } = valuesOf(fields);
        return { name: String(event ?? ''), atUs: timestamp, attributes: rest };
      }),
      links: span.references
        .filter((reference) => reference.refType === 'FOLLOWS_FROM')
        .map(({ traceID, spanID, tags = [] }) => ({ traceId: traceID, spanId: spanID, ...kindIn(tags) })),
      error: error === true ? String(sentence ?? 'error') : undefined,
    };
  });
}

function toJaegerSpan(span: TraceSpan, processID: string): JaegerSpan {
  const { traceId, spanId, parentId, error } = span;
  const parent = parentId === undefined ? [] : [{ refType: 'CHILD_OF' as const, traceID: traceId, spanID: parentId }];
  const failure: SpanValues = error === undefined ? {} : { error: true, 'otel.status_description': error };
  return {
    traceID: traceId,
    spanID: spanId,
    operationName: span.name,
    references: [
      ...parent,
      ...span.links.map(({ traceId: traceID, spanId: spanID, kind }) => ({
        ...{ refType: 'FOLLOWS_FROM' as const, traceID, spanID },
        ...(kind !== undefined && { tags: tagsOf({ [attributes.link]: kind }) }),
      })),
    ],
    startTime: round(span.startUs),
    duration: round(span.durationUs),
    tags: tagsOf({ ...span.attributes, 'span.kind': span.kind, ...failure }),
    logs: span.events.map(({ name, atUs, attributes: values }) => ({
      timestamp: round(atUs),
      fields: tagsOf({ event: name, ...values }),
    })),
    processID,
    warnings: null,
  };
}

function kindIn(tags: readonly JaegerTag[]): Pick<TraceLink, 'kind'> {
  const kind = tags.find(({ key }) => key === attributes.link)?.value;
  return typeof kind === 'string' ? { kind } : {};
}

/** Jaeger's times are whole microseconds. */
const round = Math.round;

function tagsOf(values: SpanValues): readonly JaegerTag[] {
  return Object.entries(values)
    .filter(([key]) => key !== attributes.serviceName)
    .map(([key, value]) => tagOf(key, value));
}

function tagOf(key: string, value: SpanValue): JaegerTag {
  if (typeof value === 'boolean') return { key, type: 'bool', value };
  if (typeof value === 'number') return { key, type: Number.isInteger(value) ? 'int64' : 'float64', value };
  return { key, type: 'string', value: typeof value === 'string' ? value : JSON.stringify(value) };
}

function valuesOf(tags: readonly JaegerTag[]): Record<string, SpanValue> {
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}
