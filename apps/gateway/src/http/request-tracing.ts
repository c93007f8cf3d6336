import { attributes, formatTraceparent, parseTraceparent, startRequest } from '@synod/telemetry';
import type { Tracing } from '@synod/telemetry';
import type { TraceContext } from '@synod/client';
import type { Found } from './router.js';

/** OpenTelemetry's names for HTTP. */
const http = {
  method: 'http.request.method',
  route: 'http.route',
  status: 'http.response.status_code',
} as const;

/** The span of one request, and what its answer says of it. */
export interface TracedRequest {
  readonly traceId: string;
  /** Undefined when this request is not sampled. */
  readonly context: TraceContext | undefined;
  /** `traceparent`: where the caller finds this request. */
  readonly headers: Readonly<Record<string, string>>;
  /** 0: the caller was gone. */
  end(status: number): void;
}

/** A span per request that touches data; named by method and route, never by key. */
export class RequestTracing {
  /** `groups`: whose names may stand in spans; what callers make up may not. */
  constructor(
    private readonly tracer: Tracing['tracer'],
    private readonly groups: readonly string[],
  ) {}

  begin({ operation, parts }: Found, method: string, caller: TraceContext | undefined): TracedRequest | undefined {
    const { traced, path } = operation;
    if (!traced) return caller && notTraced(caller);
    const group = this.groups.find((name) => name === parts['group']);
    const span = startRequest(this.tracer, `${method} ${path}`, 'server', caller, {
      [http.method]: method,
      [http.route]: path,
      ...(group !== undefined && { [attributes.group]: group }),
    });
    if (span.context === undefined) return caller && notTraced(caller);
    return {
      traceId: span.traceId,
      context: span.context,
      headers: traceHeaders(span.context.traceparent),
      end: (status) => {
        if (status > 0) span.set({ [http.status]: status });
        span.end(status >= 500 ? new Error(`answered ${status}`) : status === 0 ? new Error('aborted') : undefined);
      },
    };
  }
}

/** The caller's own context comes back, not sampled. */
function notTraced({ traceparent }: TraceContext): TracedRequest {
  const parsed = parseTraceparent(traceparent)!;
  return {
    traceId: parsed.traceId,
    context: undefined,
    headers: traceHeaders(formatTraceparent({ ...parsed, traceFlags: 0 })),
    end: () => undefined,
  };
}

/** `traceresponse` is the W3C's draft for answers; `traceparent` what people look for. */
function traceHeaders(traceparent: string): Readonly<Record<string, string>> {
  return { traceparent, traceresponse: traceparent };
}
