import { STATUS_CODES, createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Health {
  /** The process does its work: false only when a restart would help. A follower without a leader is live. */
  live(): boolean;
  /** It can be given traffic; otherwise the reason why not, for people. */
  ready(): true | string;
  /** Prometheus text. */
  metrics(): Promise<string> | string;
}

/** What strangers may take of a process that has other things to do. */
export const healthLimits = {
  connections: 64,
  headerBytes: 8192,
  /** Milliseconds until the headers are here, and how often that is looked after. */
  headersMs: 5000,
  checkMs: 1000,
  /** Of a connection on which nothing moves: its reader hangs. */
  idleMs: 10_000,
};

/**
 * `/livez`, `/readyz`, `/metrics`: 200 or 503, plain text. Anything else is 404, 405 or 417, and where it is not HTTP, 400,
 * 408 or 431. Each connection is good for one request, and closed after its answer; beyond `limits.connections`, or when
 * more comes before the answer, it is closed without one.
 */
export async function serveHealth(
  host: string,
  port: number,
  health: Health,
  limits: Readonly<typeof healthLimits> = healthLimits,
): Promise<Server> {
  const { headerBytes: maxHeaderSize, headersMs, checkMs: connectionsCheckingInterval } = limits;
  const server = createServer({
    maxHeaderSize,
    connectionsCheckingInterval,
    headersTimeout: headersMs,
    requestTimeout: headersMs,
  });
  const asked = new WeakSet<Socket>();
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const { socket } = request;
    // Of many in one piece of bytes each would make a text of metrics, and hold the process up for seconds.
    if (asked.has(socket)) return void socket.destroy();
    asked.add(socket);
    void answer(request, response, health);
  };
  server.on('request', onRequest).on('checkExpectation', onRequest).on('checkContinue', onRequest);
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) =>
    asked.has(socket) ? socket.destroy() : refuse(error, socket),
  );
  server.maxConnections = limits.connections;
  server.timeout = limits.idleMs;
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

async function answer({ url, method, headers }: IncomingMessage, response: ServerResponse, health: Health) {
  const path = (url ?? '/').split('?', 1)[0];
  if (headers.expect !== undefined) return send(response, 417, 'leave Expect out\n');
  if (method !== 'GET' && method !== 'HEAD') return send(response, 405, 'only GET and HEAD\n', { allow: 'GET, HEAD' });
  try {
    if (path === '/livez') return health.live() ? send(response, 200, 'ok\n') : send(response, 503, 'not live\n');
    if (path === '/readyz') {
      const ready = health.ready();
      return ready === true ? send(response, 200, 'ok\n') : send(response, 503, `not ready: ${ready}\n`);
    }
    if (path !== '/metrics') return send(response, 404, 'there are /livez, /readyz and /metrics\n');
    send(response, 200, await health.metrics(), { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
  } catch (error) {
    send(response, 500, `${(error as Error).message}\n`);
  }
}

function send(response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  const length = Buffer.byteLength(text);
  const common = { 'content-type': 'text/plain; charset=utf-8', 'content-length': length, connection: 'close' };
  response.writeHead(status, { ...common, ...headers }).end(text);
}

const statuses: Readonly<Record<string, number>> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 };

/** What Node could not read as a request, or did not get in time. */
function refuse({ code = '' }: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || code === 'ECONNRESET') return void socket.destroy();
  const status = statuses[code] ?? 400;
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
