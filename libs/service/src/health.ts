import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Health {
  /** The process does its work: false only when a restart would help. A follower without a leader is live. */
  live(): boolean;
  /** It can be given traffic; otherwise the reason why not, for people. */
  ready(): true | string;
  /** Prometheus text. */
  metrics(): Promise<string> | string;
}

/** `/livez`, `/readyz`, `/metrics`: 200 or 503, plain text. Anything else is 404. */
export async function serveHealth(host: string, port: number, health: Health): Promise<Server> {
  const server = createServer((request, response) => void answer(request, response, health));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const inUse = error.code === 'EADDRINUSE';
      reject(
        inUse ? new Error(`port ${port} of ${host} is taken; set SYNOD_HTTP_PORT to a free one, or 0 for any`) : error,
      );
    });
    server.listen(port, host, resolve);
  });
  return server;
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function answer(request: IncomingMessage, response: ServerResponse, health: Health): Promise<void> {
  const path = (request.url ?? '/').split('?', 1)[0];
  if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405, 'only GET and HEAD\n');
  if (path === '/livez') return health.live() ? send(response, 200, 'ok\n') : send(response, 503, 'not live\n');
  if (path === '/readyz') {
    const ready = health.ready();
    return ready === true ? send(response, 200, 'ok\n') : send(response, 503, `not ready: ${ready}\n`);
  }
  if (path !== '/metrics') return send(response, 404, 'there are /livez, /readyz and /metrics\n');
  try {
    const text = await health.metrics();
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text);
  } catch (error) {
    send(response, 500, `${(error as Error).message}\n`);
  }
}

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
}
