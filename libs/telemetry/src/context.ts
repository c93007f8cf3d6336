import type { SpanContext } from '@opentelemetry/api';
import { createTraceState } from '@opentelemetry/api';
import type { TraceContext } from '@synod/actor-host';

const version0 = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const noTrace = '0'.repeat(32);
const noSpan = '0'.repeat(16);
const tracestateMax = 512;

/**
 * Parses a W3C `traceparent` strictly: version 00, lower case, no all-zero ids; anything else is no context. What comes in
 * headers is untrusted and decides nothing but where spans hang.
 */
export function parseTraceparent(value: string): SpanContext | undefined {
  const [, traceId, spanId, flags] = version0.exec(value) ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  if (traceId === noTrace || spanId === noSpan) return undefined;
  return { traceId, spanId, traceFlags: parseInt(flags, 16) & 1, isRemote: true };
}

export function formatTraceparent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-0${traceFlags & 1}`;
}

/** From port to OpenTelemetry. */
export function toSpanContext(context: TraceContext): SpanContext | undefined {
  const parsed = parseTraceparent(context.traceparent);
  if (parsed === undefined || context.tracestate === undefined || context.tracestate.length > tracestateMax)
    return parsed;
  return { ...parsed, traceState: createTraceState(context.tracestate) };
}

/** From OpenTelemetry to port. */
export function toTraceContext(context: SpanContext): TraceContext {
  const traceparent = formatTraceparent(context);
  const tracestate = context.traceState?.serialize();
  return tracestate ? { traceparent, tracestate } : { traceparent };
}

/** Whether the sender wants this trace recorded; cheap, asked for every message with a header. */
export function isSampled(context: TraceContext): boolean {
  return ((parseTraceparent(context.traceparent)?.traceFlags ?? 0) & 1) === 1;
}

/** Where headers come from: NATS (`MsgHdrs`) or HTTP (`IncomingHttpHeaders` behind a getter). */
export type HeaderGetter = (name: string) => string | readonly string[] | undefined;

/** The trace context in a message's headers. Of several values the first one wins. */
export function extract(get: HeaderGetter): TraceContext | undefined {
  const traceparent = firstOf(get('traceparent'));
  if (traceparent === undefined || parseTraceparent(traceparent) === undefined) return undefined;
  const tracestate = firstOf(get('tracestate'));
  return tracestate !== undefined && tracestate.length <= tracestateMax ? { traceparent, tracestate } : { traceparent };
}

/** Writes a trace context into headers. */
export function inject(context: TraceContext, set: (name: string, value: string) => void): void {
  set('traceparent', context.traceparent);
  if (context.tracestate !== undefined) set('tracestate', context.tracestate);
}

function firstOf(value: string | readonly string[] | undefined): string | undefined {
  const first = typeof value === 'string' ? value : value?.[0];
  return first === '' ? undefined : first;
}
