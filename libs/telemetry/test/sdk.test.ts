import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';
import { startTracing } from '../src/index.js';
import type { TracingOptions } from '../src/index.js';

const base: TracingOptions = { service: 's', cluster: 'c', version: '1', app: 'a', roots: 'replicas', environment: {} };

test('without an endpoint nothing is exported; the standard variables come before the default', () => {
  const destination = (environment: NodeJS.ProcessEnv, defaultEndpoint?: string): string => {
    const tracing = startTracing({ ...base, environment, ...(defaultEndpoint !== undefined && { defaultEndpoint }) });
    void tracing.shutdown(0);
    return tracing.destination;
  };
  expect(destination({})).toBe('nowhere');
  expect(destination({}, 'http://127.0.0.1:1')).toBe('http://127.0.0.1:1/v1/traces');
  expect(destination({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:2/' }, 'http://x:1')).toBe(
    'http://127.0.0.1:2/v1/traces',
  );
  expect(destination({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:3/t' })).toBe('http://127.0.0.1:3/t');
  expect(destination({ OTEL_TRACES_EXPORTER: 'none' }, 'http://x:1')).toBe('nowhere');
  expect(() => destination({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' })).toThrow(
    'OTEL_EXPORTER_OTLP_ENDPOINT must be a URL such as http://127.0.0.1:4318',
  );
  expect(() => destination({ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, 'http://x:1')).toThrow('only http/protobuf');
});

test('beyond 16384 waiting spans the rest is dropped and counted; failed exports are counted', async () => {
  const waiting: (() => void)[] = [];
  const stuck: SpanExporter = {
    export: (_spans, done) => void waiting.push(() => done({ code: 0 })),
    shutdown: () => Promise.resolve(),
  };
  const full = startTracing({ ...base, exporter: stuck });
  for (let n = 0; n < 20_000; n++) full.tracer.startSpan('x').end();
  expect(full.dropped.queueFull()).toBe(20_000 - 16_384);
  const failing: SpanExporter = {
    export: (_spans: ReadableSpan[], done) => done({ code: 1 }),
    shutdown: () => Promise.resolve(),
  };
  const lossy = startTracing({ ...base, exporter: failing });
  for (let n = 0; n < 3; n++) lossy.tracer.startSpan('x').end();
  await lossy.flush();
  expect(lossy.dropped.exportFailed()).toBe(3);
  const ended = full.shutdown();
  while (waiting.length > 0) {
    for (const done of waiting.splice(0)) done();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all([ended, lossy.shutdown()]);
});
