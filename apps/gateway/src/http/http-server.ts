import { STATUS_CODES, createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Connections } from './connections.js';
import { httpLimits, httpTimes } from './limits.js';
import type { HttpTimes } from './limits.js';
import { Problem, problemDocument, problemType } from './problem.js';

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  /** Certificate and key in PEM: then it speaks TLS and nothing else. */
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly times?: HttpTimes;
  /** Answers; never throws. */
  readonly onRequest: (request: IncomingMessage, response: ServerResponse) => void;
  /** What was answered to something that is no request. */
  readonly onMalformed: (status: number) => void;
}

const idleSweepMs = 50;
/** Who has not shaken hands by then is no caller. */
const tlsBounds = { handshakeTimeout: 5000, minVersion: 'TLSv1.2' } as const;

/** node:http with bounds on everything that a caller may send, or fail to send. */
export class HttpServer {
  private readonly server: Server;
  private readonly callers = new Connections(httpLimits.connections);

  private constructor(private readonly options: HttpServerOptions) {
    const { times = httpTimes, onRequest, tls } = options;
    const answer = (request: IncomingMessage, response: ServerResponse): void => {
      this.callers.owe(request.socket, response);
      onRequest(request, response);
    };
    const bounds = {
      maxHeaderSize: httpLimits.headerBytes,
      headersTimeout: times.headers,
      requestTimeout: times.request,
      keepAliveTimeout: times.keepAlive,
      connectionsCheckingInterval: times.check,
      // We answer those ourselves, as problems.
      requireHostHeader: false,
      noDelay: true,
    };
    this.server = tls ? createTlsServer({ ...bounds, ...tls, ...tlsBounds }, answer) : createServer(bounds, answer);
    // Beyond a count Node drops headers without a word, an If-Match perhaps; their bytes are bounded anyway.
    this.server.maxHeadersCount = 0;
    this.server.timeout = times.idle;
    this.server.on('connection', (socket: Socket) => this.callers.admit(socket));
    this.server.on('checkContinue', answer).on('checkExpectation', answer);
    this.server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => this.refuse(error, socket));
  }

  /** Resolves when it listens. */
  static async listen(options: HttpServerOptions): Promise<HttpServer> {
    const server = new HttpServer(options);
    await server.open();
    return server;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get connections(): number {
    return this.callers.size;
  }

  /** Takes no new connections, and closes those that idle or come to. Resolves when all are closed. */
  drain(): Promise<void> {
    const sweep = setInterval(() => this.closeIdle(), idleSweepMs);
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    return closed.finally(() => clearInterval(sweep));
  }

  /** Whatever is under way. */
  abort(): void {
    this.server.closeAllConnections();
  }

  private open(): Promise<void> {
    const { host, port } = this.options;
    return new Promise((resolve, reject) => {
      this.server.once('error', (error: NodeJS.ErrnoException) => {
        const advice = `port ${port} of ${host} is taken; set SYNOD_HTTP_PORT to a free one, or 0 for any`;
        reject(error.code === 'EADDRINUSE' ? new Error(advice) : error);
      });
      this.server.listen(port, host, resolve);
    });
  }

  /** Node leaves connections alone on which nothing ever came, such as browsers open in advance. */
  private closeIdle(): void {
    this.server.closeIdleConnections();
    this.callers.closeSilent();
  }

  /** What Node could not read as a request, or did not get in time. */
  private refuse(error: NodeJS.ErrnoException, socket: Socket): void {
    const owed = this.callers.owedTo(socket);
    // This must not be taken for an answer that is owed; unless to the one request of which something is wrong here.
    const inTheWay = owed.length > 1 || owed.some(({ headersSent, req }) => headersSent || req.complete);
    if (!socket.writable || error.code === 'ECONNRESET' || inTheWay) return void socket.destroy();
    const problem = problemOf(error);
    this.options.onMalformed(problem.status);
    const body = problemDocument(problem);
    socket.end(
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\nconnection: close\r\ncontent-type: ${problemType}\r\n` +
        `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  }
}

function problemOf({ code, message }: NodeJS.ErrnoException): Problem {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT': {
      const { headers, request } = httpTimes;
      const detail = `headers must be here within ${headers / 1000} s, the whole request within ${request / 1000} s`;
      return new Problem('request-timeout', detail);
    }
    case 'HPE_HEADER_OVERFLOW': {
      const limit = httpLimits.headerBytes;
      const detail = `request line and headers have more than ${limit} bytes`;
      return new Problem('headers-too-large', detail, { members: { limit } });
    }
    default:
      return new Problem('malformed-request', `not HTTP: ${message}`);
  }
}
