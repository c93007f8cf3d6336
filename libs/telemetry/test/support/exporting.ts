// Run as a process of its own: the exporter loads node:http lazily, which jest's module loader refuses.
// Arguments: an endpoint that works, one where nobody listens, one that accepts and never answers.
import { startRequest, startTracing } from '../../src/index.js';

const [working, dead, deaf] = process.argv.slice(2);
const options = { service: 'gateway', cluster: 'local', version: '1', app: 'gateway', roots: 'clients' } as const;
const tracingTo = (endpoint: string | undefined, environment = {}) =>
  startTracing({ ...options, environment, ...(endpoint !== undefined && { defaultEndpoint: endpoint }) });

const tracing = tracingTo(working);
const initial = { 'synod.group': 'kv', count: 2, ratio: 0.5, ok: true };
const root = startRequest(tracing.tracer, 'PUT /kv', 'server', undefined, initial);
const child = startRequest(tracing.tracer, 'write', 'client', root.context);
child.end(new Error('no quorum'));
root.end();
await tracing.shutdown();
await tracing.shutdown();

const outcome = async (endpoint: string | undefined, deadlineMs: number) => {
  const broken = tracingTo(endpoint);
  startRequest(broken.tracer, 'x', 'server').end();
  return broken.shutdown(deadlineMs).then(
    () => 'resolved',
    () => 'rejected',
  );
};
/** Spans that were given up after as long as an export may take. */
const givenUp = async () => {
  const hurried = tracingTo(deaf, { OTEL_EXPORTER_OTLP_TIMEOUT: '100' });
  startRequest(hurried.tracer, 'x', 'server').end();
  await hurried.flush(8000);
  return hurried.dropped.exportFailed();
};
const failed = tracing.dropped.exportFailed();
const ends = { dead: await outcome(dead, 2000), deaf: await outcome(deaf, 100) };
console.log(JSON.stringify({ traceId: root.traceId, failed, ...ends, givenUp: await givenUp() }));
process.exit(0);
