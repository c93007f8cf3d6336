import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Attributes, Tracer } from '@opentelemetry/api';
import type { TraceContext } from '@synod/actor-host';
import { toSpanContext, toTraceContext } from './context.js';
import { attributes } from './names.js';
import { preciseWallClock } from './span-maker.js';

/** A span around something that a user waits for. */
export interface RequestSpan {
  readonly traceId: string;
  /** What the group's round becomes a child of; undefined when this request is not sampled: then no header travels. */
  readonly context: TraceContext | undefined;
  set(attributes: Attributes): void;
  end(error?: Error): void;
}

export type RequestKind = 'server' | 'client';

/** For gateway and command line: `parent` is what the caller's headers carried. */
export function startRequest(
  tracer: Tracer,
  name: string,
  kind: RequestKind,
  parent?: TraceContext,
  initial: Attributes = {},
): RequestSpan {
  const remote = parent && toSpanContext(parent);
  const context = remote ? trace.setSpanContext(ROOT_CONTEXT, remote) : ROOT_CONTEXT;
  const span = tracer.startSpan(
    name,
    { kind: kind === 'server' ? SpanKind.SERVER : SpanKind.CLIENT, attributes: initial, startTime: preciseWallClock() },
    context,
  );
  return {
    traceId: span.spanContext().traceId,
    context: span.isRecording() ? toTraceContext(span.spanContext()) : undefined,
    set: (values) => void span.setAttributes(values),
    end: (error) => {
      if (error) span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
      span.end(preciseWallClock());
    },
  };
}

/**
 * What the client library takes as its `tracing`: a root for each operation that comes without a span of the caller's.
 * `wantsNext`, as of `Tracing`, spares those the making that are not wanted anyway; without it the tracer's sampler is asked.
 */
export function clientTracing(
  tracer: Tracer,
  wantsNext: () => boolean = () => true,
): {
  begin(
    group: string,
    name: 'write' | 'read',
  ): { readonly context: TraceContext; end(error: Error | undefined): void } | undefined;
} {
  return {
    begin: (group, name) => {
      if (!wantsNext()) return undefined;
      const span = startRequest(tracer, name, 'client', undefined, { [attributes.group]: group });
      if (span.context === undefined) return undefined;
      return { context: span.context, end: (error) => span.end(error) };
    },
  };
}
