import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { TraceContext } from '@synod/client';
import type { Need, Rights } from '../access/rights.js';
import type { ProblemName } from './problem.js';
import type { Query } from './query.js';

/** A request as an operation sees it. */
export interface GatewayRequest {
  /** What stands for `{name}` in the operation's path, still percent-encoded. */
  readonly parts: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly headers: IncomingHttpHeaders;
  /** What who asks may do; what the operation `needs` he may. */
  readonly rights: Rights;
  /** The same, as it is by now: for an answer that does not end. Throws what a new request would be refused with. */
  rightsNow(): Rights;
  /** The gateway's own span, when this request is sampled. */
  readonly context: TraceContext | undefined;
  /** The whole body, which may be read once. Throws the 413, 400 and 408 of a body that is too large or never ends. */
  body(mostBytes: number): Promise<Buffer>;
}

/** What an operation answers; all but its problems. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** Instead of a body: takes over the response after its headers were set, and ends it. */
  readonly stream?: (response: ServerResponse) => void;
}

/** A fragment of the OpenAPI document. */
export type Fragment = Readonly<Record<string, unknown>>;

/** One method of one path: what it does, and what the OpenAPI document says of it. */
export interface Operation {
  /** GET is HEAD, too. */
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** `{name}` is one part of the path; `{key}`, always the last one, is all that is left. */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  /** Query parameters by name, with their schema; others are refused. */
  readonly query?: Readonly<Record<string, Fragment>>;
  /** Request headers that mean something here. */
  readonly headers?: Readonly<Record<string, Fragment>>;
  readonly body?: Fragment;
  /** By status, other than problems. */
  readonly answers: Readonly<Record<number, Fragment>>;
  /** What it may throw, beside what any operation may. */
  readonly problems: readonly ProblemName[];
  /** Refused to whom has no such right, before anything is done. */
  readonly needs: Need;
  /** Requests make spans: those that people care to see, not those that look at the gateway itself. */
  readonly traced: boolean;
  handle(request: GatewayRequest): Promise<Answer> | Answer;
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: `${JSON.stringify(value)}\n` };
}

export function plain(status: number, body: string, type = 'text/plain; charset=utf-8'): Answer {
  return { status, headers: { 'content-type': type }, body };
}
