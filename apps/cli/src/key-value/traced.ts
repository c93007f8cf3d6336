import type { TraceContext } from '@synod/client';
import { attributes, startRequest, startTracing } from '@synod/telemetry';
import type { Cluster } from '../cluster.js';
import type { Call } from '../command.js';
import { version } from '../version.js';

export interface Traced<T> {
  readonly answer: T;
  /** From sending to the answer, as this process saw it. */
  readonly ms: number;
  /** Undefined when a sampler was configured that left it out. */
  readonly traceId: string | undefined;
}

/** A command has its answer: it ends no later than that for a collector that takes its spans and never says so. */
const exportWithinMs = 1000;

/** Work whose trace begins with a span of this process; the group's round becomes its child. */
export async function traced<T>(
  call: Call,
  cluster: Cluster,
  work: (context: TraceContext | undefined) => Promise<T>,
): Promise<Traced<T>> {
  const tracing = startTracing({
    service: 'synod',
    cluster: cluster.name,
    version,
    app: 'cli',
    roots: 'clients',
    environment: call.environment,
    exportWithinMs,
    ...(cluster.traces !== undefined && { defaultEndpoint: cluster.traces }),
  });
  const span = startRequest(tracing.tracer, 'write', 'client', undefined, { [attributes.group]: cluster.group });
  const startedAt = performance.now();
  try {
    const answer = await work(span.context);
    const ms = performance.now() - startedAt;
    span.end();
    return { answer, ms, traceId: span.context && span.traceId };
  } catch (error) {
    span.end(error as Error);
    throw error;
  } finally {
    await tracing.shutdown(exportWithinMs);
  }
}
