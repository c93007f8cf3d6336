/**
 * Telemetry: what the host shows of a protocol becomes spans (one trace per consensus round), metrics and log lines.
 *
 * @packageDocumentation
 */
export { causes, inWords } from './causes.js';
export { clientTracing, startRequest } from './client-tracing.js';
export type { RequestKind, RequestSpan } from './client-tracing.js';
export { extract, formatTraceparent, inject, isSampled, parseTraceparent } from './context.js';
export type { HeaderGetter } from './context.js';
export { CountingTransport } from './counting-transport.js';
export { PinoEventLog } from './event-log.js';
export { createLogger, logLevels, parseLevel, traceFields } from './log.js';
export type { LogLevel, LogOptions } from './log.js';
export { Counter, CounterByLabel, Histogram, MetricsRegistry } from './metrics.js';
export type { Labels } from './metrics.js';
export { attributes, spanEvents, spanNames, subjectTemplate } from './names.js';
export type { LinkKind } from './names.js';
export type { ReplicaIdentity } from './replica-identity.js';
export { ProcessMetrics } from './process-metrics.js';
export { ReplicaMetrics, stages } from './replica-metrics.js';
export type { Stage } from './replica-metrics.js';
export { ReplicaView } from './replica-view.js';
export { RoundObserver } from './round-observer.js';
export type { EventLog, RoundObserverParts } from './round-observer.js';
export type { RoundSummary, StageTimes } from './round-summary.js';
export { samplingRates } from './sampling.js';
export type { RootKind } from './sampling.js';
export { startTracing } from './sdk.js';
export type { Tracing, TracingOptions } from './sdk.js';
export { fromJaeger, toJaeger } from './jaeger.js';
export type { JaegerTrace } from './jaeger.js';
export { readOtlpJson, readOtlpProtobuf } from './otlp.js';
export { renderTrace } from './render.js';
export { renderSpaceTime } from './trace-space-time.js';
export type { RenderOptions } from './render.js';
export { traceEndpoint } from './trace-endpoint.js';
export type { SpanReference, SpanValue, SpanValues, TraceLink, TraceSpan } from './trace-model.js';
export { TraceStore, defaultTraceStoreLimits } from './trace-store.js';
export type { TraceQuery, TraceStoreLimits } from './trace-store.js';
