import type { IncomingMessage, ServerResponse } from 'node:http';
import { gunzip } from 'node:zlib';
import { toJaeger } from './jaeger.js';
import { readOtlpJson, readOtlpProtobuf } from './otlp.js';
import type { TraceSpan } from './trace-model.js';
import type { TraceStore } from './trace-store.js';

const bodyMax = 8 * 1024 * 1024;
const tracesMax = 1000;

/** Why a request is not answered: status and a sentence. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    sentence: string,
  ) {
    super(sentence);
  }
}

/**
 * A listener for `node:http`. Takes OTLP/HTTP (`POST /v1/traces`, protobuf or JSON) and answers as Jaeger's query service
 * does: `GET /api/traces/{id}`, `/api/traces?limit=&service=&operation=`, `/api/services`.
 */
export function traceEndpoint(store: TraceStore): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    answer(store, request, response).catch((error: unknown) => {
      const status = error instanceof Refusal ? error.status : 400;
      send(response, status, { data: null, errors: [{ code: status, msg: (error as Error).message }] });
    });
  };
}

async function answer(store: TraceStore, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname === '/v1/traces') return receive(store, request, response);
  if (request.method !== 'GET') throw new Refusal(405, `${request.method} is not possible here; use GET`);
  if (url.pathname === '/api/services') return sendData(response, store.services());
  if (url.pathname === '/api/traces') return sendData(response, find(store, url.searchParams));
  const [, traceId] = /^\/api\/traces\/([0-9a-fA-F]{1,32})$/.exec(url.pathname) ?? [];
  if (traceId === undefined) throw new Refusal(404, 'try /api/traces, /api/traces/{trace id} or /api/services');
  const full = traceId.toLowerCase().padStart(32, '0');
  const spans = store.trace(full);
  if (spans === undefined)
    throw new Refusal(404, `trace ${full} is not here; it may have been dropped or not been sampled`);
  return sendData(response, [toJaeger(full, spans)]);
}

async function receive(store: TraceStore, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'POST') throw new Refusal(405, `${request.method} is not possible here; use POST`);
  const type = request.headers['content-type']?.split(';')[0]?.trim();
  if (type !== 'application/x-protobuf' && type !== 'application/json') {
    throw new Refusal(415, `content type ${type ?? 'none'}: use application/x-protobuf or application/json`);
  }
  const body = await readBody(request);
  store.add(parse(type, body));
  response.writeHead(200, { 'content-type': type }).end(type === 'application/json' ? '{}' : undefined);
}

function parse(type: string, body: Buffer): readonly TraceSpan[] {
  try {
    return type === 'application/json' ? readOtlpJson(body.toString('utf8')) : readOtlpProtobuf(body);
  } catch (error) {
    throw new Refusal(400, `the body is no OTLP trace request: ${(error as Error).message}`);
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > bodyMax) throw new Refusal(413, `the body is larger than ${bodyMax} bytes`);
    parts.push(part);
  }
  const body = Buffer.concat(parts);
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return body;
  if (encoding !== 'gzip') throw new Refusal(415, `content encoding ${encoding}: use gzip or none`);
  return new Promise((resolve, reject) => {
    gunzip(body, { maxOutputLength: bodyMax }, (error, unpacked) => {
      if (error) reject(new Refusal(400, `the body cannot be unpacked: ${error.message}`));
      else resolve(unpacked);
    });
  });
}

function find(store: TraceStore, parameters: URLSearchParams): readonly unknown[] {
  const limit = Number(parameters.get('limit') ?? 20);
  if (!Number.isInteger(limit) || limit < 1 || limit > tracesMax) {
    throw new Refusal(400, `limit must be a whole number from 1 to ${tracesMax}`);
  }
  const service = parameters.get('service') ?? undefined;
  const operation = parameters.get('operation') ?? undefined;
  return store.find({ limit, service, operation }).map((spans) => toJaeger(spans[0]!.traceId, spans));
}

function sendData(response: ServerResponse, data: readonly unknown[]): void {
  send(response, 200, { data, total: data.length, limit: 0, offset: 0, errors: null });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) return void response.end();
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
