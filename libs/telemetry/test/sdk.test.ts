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

describe('an export', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** Of a span to an exporter that answers by hand, or never. */
  function begun(environment: NodeJS.ProcessEnv) {
    let answer = (): void => undefined;
    const slow: SpanExporter = {
      export: (_spans, done) => void (answer = () => done({ code: 0 })),
      shutdown: () => Promise.resolve(),
    };
    const tracing = startTracing({ ...base, environment, exporter: slow });
    tracing.tracer.startSpan('x').end();
    return { tracing, answer: () => answer() };
  }

  const overIn = async (work: Promise<void>, ms: number): Promise<boolean> => {
    let over = false;
    void work.then(() => (over = true));
    await jest.advanceTimersByTimeAsync(ms);
    return over;
  };

  it('may take as long as is said, for traces before what is said for all, and no longer', async () => {
    for (const [environment, ms] of [
      [{}, 10_000],
      [{ OTEL_EXPORTER_OTLP_TIMEOUT: '60000' }, 60_000],
      [{ OTEL_EXPORTER_OTLP_TIMEOUT: '20000', OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: '40000' }, 40_000],
      [{ OTEL_EXPORTER_OTLP_TIMEOUT: '3000' }, 3000],
    ] as const) {
      const flushed = begun(environment).tracing.flush(600_000);
      expect([ms, await overIn(flushed, ms)]).toEqual([ms, false]);
      expect([ms, await overIn(flushed, 1000)]).toEqual([ms, true]);
    }
  });

  it('that takes long is awaited', async () => {
    const { tracing, answer } = begun({ OTEL_EXPORTER_OTLP_TIMEOUT: '60000' });
    const flushed = tracing.flush(600_000);
    expect(await overIn(flushed, 45_000)).toBe(false);
    answer();
    expect(await overIn(flushed, 0)).toBe(true);
    expect(tracing.dropped.exportFailed()).toBe(0);
  });

  it('holds nobody’s end longer than that may take', async () => {
    const ended = begun({ OTEL_EXPORTER_OTLP_TIMEOUT: '60000' }).tracing.shutdown(2000);
    expect(await overIn(ended, 1999)).toBe(false);
    expect(await overIn(ended, 1)).toBe(true);
  });
});

test('what could not be exported does not wait any more', async () => {
  const failing: SpanExporter = { export: (_spans, done) => done({ code: 1 }), shutdown: () => Promise.resolve() };
  const lossy = startTracing({ ...base, exporter: failing });
  for (let n = 0; n < 3; n++) {
    for (let span = 0; span < 8000; span++) lossy.tracer.startSpan('x').end();
    await lossy.flush();
  }
  expect(lossy.dropped.exportFailed()).toBe(24_000);
  expect(lossy.dropped.queueFull()).toBe(0);
  await lossy.shutdown();
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
