import type { IncomingMessage, ServerResponse } from 'node:http';
import { extract } from '@synod/telemetry';
import type { Access } from '../access/access.js';
import { everyRight } from '../access/rights.js';
import type { Rights } from '../access/rights.js';
import type { GatewayMetrics } from '../metrics.js';
import { Admission } from './admission.js';
import type { AdmissionLimits } from './admission.js';
import { Aborted, readBody } from './body.js';
import { httpLimits, httpTimes } from './limits.js';
import type { HttpTimes } from './limits.js';
import type { Answer, GatewayRequest } from './operation.js';
import { problemAnswer } from './problem-answer.js';
import { Problem } from './problem.js';
import { requireOwnPage } from './own-page.js';
import { Query } from './query.js';
import type { RequestTracing, TracedRequest } from './request-tracing.js';
import type { Found, Router } from './router.js';
import { parseTarget } from './target.js';

export interface DispatcherParts {
  readonly access: Access;
  readonly router: Router;
  readonly tracing: RequestTracing;
  readonly metrics: GatewayMetrics;
  /** An error that is a bug, with where it happened. */
  readonly onBug: (error: unknown, where: string) => void;
  /** A request was answered: for the log. */
  readonly onAnswered: (request: AnsweredRequest) => void;
  readonly limits?: AdmissionLimits;
  readonly times?: Pick<HttpTimes, 'silence'>;
}

/** Named by method and route, never by key. */
export interface AnsweredRequest {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly tookMs: number;
  /** Whose token it was; empty where none is wanted. */
  readonly principal: string;
  /** Of a request that was sampled. */
  readonly traceId: string | undefined;
}

/** No answer of ours is a page that may load or run anything, whatever bytes somebody stored. */
const safety = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cache-control': 'no-cache',
};

/** From a request to its answer: bounds, route, span, operation, problem document, metrics. */
export class Dispatcher {
  readonly admission: Admission;
  /** From now on each answer ends its connection. */
  stopping = false;

  constructor(private readonly parts: DispatcherParts) {
    this.admission = new Admission(parts.limits ?? httpLimits);
  }

  readonly onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const { socket } = request;
    try {
      this.admission.enter(socket);
    } catch (error) {
      return this.send(request, response, undefined, problemAnswer(error as Problem), 'refused');
    }
    response.once('close', () => this.admission.leave(socket));
    void this.answer(request, response);
  };

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedAt = performance.now();
    let found: Found | undefined;
    let rights: Rights | undefined;
    let span: TracedRequest | undefined;
    let answer: Answer;
    try {
      const target = parseTarget(request.url ?? '');
      requireSane(request);
      requireOwnPage(request);
      found = this.parts.router.find(request.method ?? '', target.path);
      rights = this.rightsOf(request, found);
      permit(rights, found);
      span = this.span(request, found);
      answer = await found.operation.handle(this.requestOf(request, response, found, target.query, rights, span));
    } catch (error) {
      if (error instanceof Aborted) return this.aborted(request, found, span, startedAt);
      answer = problemAnswer(this.problemOf(error, found), {}, span?.context && { traceId: span.traceId });
    }
    const route = found?.operation.path ?? 'none';
    const method = request.method ?? '';
    const tookMs = performance.now() - startedAt;
    this.parts.metrics.answered(method, route, answer.status, tookMs);
    this.send(request, response, span, answer, route);
    span?.end(answer.status);
    const traceId = span?.context && span.traceId;
    const principal = rights?.name ?? '';
    this.parts.onAnswered({ method, route, status: answer.status, tookMs, principal, traceId });
  }

  /** Before there is a span: who may not ask makes none. */
  private rightsOf({ headers }: IncomingMessage, { operation }: Found): Rights {
    return operation.needs === 'nothing' ? everyRight : this.parts.access(headers);
  }

  private span(request: IncomingMessage, found: Found): TracedRequest | undefined {
    const caller = extract((name) => request.headersDistinct[name]);
    return this.parts.tracing.begin(found, request.method ?? '', caller);
  }

  private requestOf(
    request: IncomingMessage,
    response: ServerResponse,
    found: Found,
    query: string,
    rights: Rights,
    span: TracedRequest | undefined,
  ): GatewayRequest {
    const { silence } = this.parts.times ?? httpTimes;
    const { operation, parts } = found;
    return {
      parts,
      query: new Query(query, Object.keys(operation.query ?? {})),
      headers: request.headers,
      rights,
      rightsNow: () => permit(this.rightsOf(request, found), found),
      context: span?.context,
      body: (mostBytes) => readBody(request, response, mostBytes, this.admission, silence),
    };
  }

  private problemOf(error: unknown, found: Found | undefined): Problem {
    if (error instanceof Problem) return error;
    const where = found ? `${found.operation.method} ${found.operation.path}` : 'routing';
    this.parts.onBug(error, where);
    return new Problem('internal', 'the log of the gateway says more; please report it');
  }

  private send(
    request: IncomingMessage,
    response: ServerResponse,
    span: TracedRequest | undefined,
    answer: Answer,
    route: string,
  ): void {
    if (response.destroyed || request.socket.destroyed) return;
    const { status, headers, body = '', stream } = answer;
    const unread = !request.complete && hasBody(request);
    const closing = this.stopping || unread;
    const length = stream === undefined && status !== 304 && { 'content-length': Buffer.byteLength(body) };
    const fields = { ...safety, ...span?.headers, ...(closing && { connection: 'close' }), ...length, ...headers };
    response.writeHead(status, fields);
    if (stream !== undefined && request.method !== 'HEAD') return stream(response);
    if (!unread) return void response.end(request.method === 'HEAD' ? undefined : body);
    if (request.method !== 'HEAD') response.write(body);
    linger(request, response);
    this.parts.metrics.unreadBodies.of(route).value++;
  }

  private aborted(
    request: IncomingMessage,
    found: Found | undefined,
    span: TracedRequest | undefined,
    startedAt: number,
  ): void {
    const route = found?.operation.path ?? 'none';
    this.parts.metrics.answered(request.method ?? '', route, 0, performance.now() - startedAt);
    span?.end(0);
  }
}

/** A connection closed over unread bytes is reset, and the answer in it lost: so those are read for a while. */
function linger(request: IncomingMessage, response: ServerResponse): void {
  const finish = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(finish, httpTimes.linger);
  request.once('end', finish).once('close', finish).on('error', finish).resume();
}

function permit(rights: Rights, { operation, parts }: Found): Rights {
  rights.require(operation.needs, parts['group']);
  return rights;
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function requireSane({ headers, httpVersion }: IncomingMessage): void {
  if (headers.host === undefined && httpVersion === '1.1') {
    throw new Problem('malformed-request', 'HTTP/1.1 wants a Host header');
  }
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue') {
    throw new Problem('unmet-expectation', `Expect is ${JSON.stringify(headers.expect)}; leave it out`);
  }
}
