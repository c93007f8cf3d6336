import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { TraceStore, traceEndpoint } from '@synod/telemetry';

/** Traces without Docker: a bounded store that the services export to and `synod trace` reads. */
export async function serveTraces(port: number): Promise<{ readonly store: TraceStore; readonly server: Server }> {
  const store = new TraceStore();
  const server = createServer(traceEndpoint(store));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { store, server };
}
