import type { Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { ReadableSpan, SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace-node';
import { attributes } from './names.js';
import { chooseSampling } from './sampling.js';
import type { RootKind } from './sampling.js';

export interface TracingOptions {
  /** `service.name`: the replica, `raft-r1`, so that trace viewers tell replicas apart. */
  readonly service: string;
  /** `service.namespace`: the cluster. */
  readonly cluster: string;
  readonly version: string;
  /** `synod.app`: the kind of service, `raft-replica`. */
  readonly app: string;
  readonly roots: RootKind;
  /** The standard OTEL_* variables are looked up here. */
  readonly environment: NodeJS.ProcessEnv;
  /** `http://127.0.0.1:4318`: used when no OTEL_EXPORTER_OTLP_* endpoint is set. Without either nothing is exported. */
  readonly defaultEndpoint?: string;
  /** After so long an export is given up, whatever OTEL_EXPORTER_OTLP_TIMEOUT says: as long as it lasts the process does. */
  readonly exportWithinMs?: number;
  /** Instead of OTLP, for tests. */
  readonly exporter?: SpanExporter;
}

export interface Tracing {
  readonly tracer: Tracer;
  /** For what begins very many traces: whether the next one is wanted, asked before anything is made for it. */
  readonly wantsNext: () => boolean;
  /** For people, at start: where spans go. */
  readonly destination: string;
  readonly dropped: { readonly queueFull: () => number; readonly exportFailed: () => number };
  /** Sends what is there; resolves when it is sent or `deadlineMs` is over; never rejects. */
  flush(deadlineMs?: number): Promise<void>;
  /** As `flush`, and the end of tracing. Safe to call twice. */
  shutdown(deadlineMs?: number): Promise<void>;
}

const queueSpans = 16_384;
const deadlineDefaultMs = 2000;
/** For the exporter, whose word is the better one, to give up before the queue does. */
const graceMs = 1000;

/** The only file that knows the SDK. Nothing is registered globally: two services can share one process. */
export function startTracing(options: TracingOptions): Tracing {
  const destination = destinationOf(options);
  const exporter = options.exporter ?? exporterTo(destination, options);
  const queue = exporter && new CountingProcessor(exporter, options);
  const { sampler, wantsNext } = chooseSampling(options.roots, options.environment);
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      [attributes.serviceName]: options.service,
      [attributes.serviceNamespace]: options.cluster,
      [attributes.serviceVersion]: options.version,
      [attributes.app]: options.app,
    }),
    spanProcessors: queue ? [queue] : [],
    ...(sampler && { sampler }),
  });
  return {
    tracer: provider.getTracer('synod', options.version),
    wantsNext,
    destination: options.exporter ? 'given exporter' : destination,
    dropped: { queueFull: () => queue?.queueFull ?? 0, exportFailed: () => queue?.exportFailed ?? 0 },
    flush: (deadlineMs = deadlineDefaultMs) => within(deadlineMs, queue?.forceFlush() ?? Promise.resolve()),
    shutdown: (deadlineMs = deadlineDefaultMs) => within(deadlineMs, provider.shutdown()),
  };
}

const nowhere = 'nowhere';

function destinationOf({ environment, defaultEndpoint }: TracingOptions): string {
  if (environment['OTEL_SDK_DISABLED'] === 'true' || environment['OTEL_TRACES_EXPORTER'] === 'none') return nowhere;
  const traces = environment['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];
  const endpoint = environment['OTEL_EXPORTER_OTLP_ENDPOINT'] || defaultEndpoint;
  if (!traces && !endpoint) return nowhere;
  const url = traces || `${endpoint!.replace(/\/+$/, '')}/v1/traces`;
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    const variable = traces ? 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT' : 'OTEL_EXPORTER_OTLP_ENDPOINT';
    throw new Error(`${variable} must be a URL such as http://127.0.0.1:4318`);
  }
  return url;
}

/** Headers, certificates and compression come from the standard variables, which the exporter reads itself. */
function exporterTo(url: string, options: TracingOptions): SpanExporter | undefined {
  const { environment } = options;
  if (url === nowhere) return undefined;
  const protocol =
    environment['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'] || environment['OTEL_EXPORTER_OTLP_PROTOCOL'] || 'http/protobuf';
  if (protocol !== 'http/protobuf') {
    throw new Error(`OTEL_EXPORTER_OTLP_PROTOCOL=${JSON.stringify(protocol)}: only http/protobuf is spoken here`);
  }
  return new OTLPTraceExporter({ url, timeoutMillis: exportWithinMs(options) });
}

function exportWithinMs({ environment, exportWithinMs: most = Infinity }: TracingOptions): number {
  const text = environment['OTEL_EXPORTER_OTLP_TRACES_TIMEOUT'] || environment['OTEL_EXPORTER_OTLP_TIMEOUT'];
  return Math.min(positive(text, 10_000), most);
}

function positive(text: string | undefined, otherwise: number): number {
  const number = Number(text || otherwise);
  return Number.isFinite(number) && number > 0 ? number : otherwise;
}

/**
 * The SDK's batch processor drops silently at its bound. This one keeps the bound itself and counts what it drops, and what
 * the exporter lost.
 */
class CountingProcessor implements SpanProcessor {
  queueFull = 0;
  exportFailed = 0;
  private pending = 0;
  private readonly inner: BatchSpanProcessor;

  constructor(exporter: SpanExporter, options: TracingOptions) {
    const counting: SpanExporter = {
      export: (spans, done) =>
        exporter.export(spans, (result) => {
          this.pending -= spans.length;
          // 0 is ExportResultCode.SUCCESS.
          if (result.code !== 0) this.exportFailed += spans.length;
          done(result);
        }),
      shutdown: () => exporter.shutdown(),
      forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    };
    this.inner = new BatchSpanProcessor(counting, {
      maxQueueSize: queueSpans,
      scheduledDelayMillis: positive(options.environment['OTEL_BSP_SCHEDULE_DELAY'], 500),
      exportTimeoutMillis: exportWithinMs(options) + graceMs,
    });
  }

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    if ((span.spanContext().traceFlags & 1) === 0) return;
    if (this.pending >= queueSpans) {
      this.queueFull++;
      return;
    }
    this.pending++;
    this.inner.onEnd(span);
  }

  forceFlush(): Promise<void> {
    return this.inner.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.inner.shutdown();
  }
}

/** A collector that is down makes the SDK reject or wait long; neither may keep a service from stopping. */
function within(deadlineMs: number, work: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, deadlineMs);
    const settle = (): void => {
      clearTimeout(timer);
      resolve();
    };
    work.then(settle, settle);
  });
}
