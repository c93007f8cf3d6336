import type { SynodError } from './errors.js';

/** A W3C trace context: the values of the headers `traceparent` and `tracestate`. */
export interface TraceContext {
  readonly traceparent: string;
  readonly tracestate?: string;
}

/** The caller's span around one operation. */
export interface ClientSpan {
  /** What the group's round becomes a child of. */
  readonly context: TraceContext;
  end(error: SynodError | undefined): void;
}

/** How an application brings its tracer. Called once per operation, so `begin` must be cheap when nothing is sampled. */
export interface ClientTracing {
  /** Undefined: this operation is not traced. */
  begin(group: string, name: 'write' | 'read'): ClientSpan | undefined;
}

/** Version 00, ids that are not zero, and the sampled flag set: anything else does not travel. */
const sampled = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f][13579bdf]$/;

export function isSampled(traceparent: string): boolean {
  return sampled.test(traceparent);
}
