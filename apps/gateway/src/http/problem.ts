/**
 * Every way in which a request can fail. The name is the last part of the problem's `type`, which is stable: programs
 * compare it. Under `/problems/{name}` the gateway explains each.
 */
export const problems = {
  'malformed-request': { status: 400, title: 'The request is not well-formed' },
  'invalid-parameter': { status: 400, title: 'A query parameter is not what it must be' },
  'invalid-key': { status: 400, title: 'The key is not what a key must be' },
  'invalid-precondition': { status: 400, title: 'If-Match or If-None-Match is not what it must be' },
  'invalid-idempotency-key': { status: 400, title: 'Idempotency-Key is not what it must be' },
  'invalid-body': { status: 400, title: 'The body is not what it must be' },
  refused: { status: 400, title: 'The group refuses the operation as invalid' },
  unauthenticated: { status: 401, title: 'This gateway wants a bearer token that it knows' },
  'not-allowed': { status: 403, title: 'The holder of this token may not do that' },
  'cross-site': { status: 403, title: 'A browser sends this for a page of another site' },
  forbidden: { status: 403, title: "The gateway's NATS user may not do that in this group" },
  'unknown-path': { status: 404, title: 'There is nothing at this path' },
  'unknown-group': { status: 404, title: 'This gateway does not serve a group of that name' },
  'key-not-found': { status: 404, title: 'There is no such key' },
  undecided: { status: 404, title: 'Nothing is decided for this register' },
  'no-registers': { status: 404, title: 'The protocol of this group has no write-once registers' },
  'block-not-found': { status: 404, title: 'The ledger has no closed block, or no transaction, there' },
  'no-ledger': { status: 404, title: 'The replicas of this group have no ledger' },
  'trace-not-found': { status: 404, title: 'There is no such trace, or not any more' },
  'method-not-allowed': { status: 405, title: 'This method is not possible here' },
  'not-certified': { status: 406, title: 'Answers of this group have no certificate; nothing was done' },
  'request-timeout': { status: 408, title: 'The request did not arrive in time' },
  'decided-otherwise': { status: 409, title: 'The register has another value, and will have no other' },
  'precondition-failed': { status: 412, title: 'The precondition does not hold; nothing was changed' },
  'too-large': { status: 413, title: 'The request is above a limit' },
  'unsupported-media-type': { status: 415, title: 'The body is of a type or encoding that is not taken here' },
  'unmet-expectation': { status: 417, title: 'Expect may only be 100-continue' },
  misdirected: { status: 421, title: 'This gateway is not called by that name' },
  'idempotency-key-reused': { status: 422, title: 'The Idempotency-Key came before with another request' },
  overloaded: { status: 429, title: 'A bound on work in progress is reached; nothing was done' },
  'headers-too-large': { status: 431, title: 'Request line and headers together are too large' },
  internal: { status: 500, title: 'The gateway has an error in itself' },
  'no-quorum': { status: 503, title: 'Replicas answer, but no majority is in reach; nothing was done' },
  unavailable: { status: 503, title: 'What is needed does not answer; nothing was done' },
  'unknown-outcome': { status: 504, title: 'No answer in time: the write may have taken effect, or still may' },
  'lost-outcome': {
    status: 504,
    title: 'Whether the write took effect cannot be found out any more; it is not executed again',
  },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly title: string }>>;

export type ProblemName = keyof typeof problems;

export interface ProblemDetails {
  /** Further members of the problem document. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Why a request is not answered as it wishes; becomes an `application/problem+json` document (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly problem: ProblemName,
    /** For people: what is wrong with this very request, and what would be right. */
    readonly detail: string,
    readonly details: ProblemDetails = {},
  ) {
    super(detail);
  }

  get status(): number {
    return problems[this.problem].status;
  }

  /** `retryAfterMs` as Retry-After, which knows whole seconds only. */
  static retryable(problem: ProblemName, detail: string, retryAfterMs: number): Problem {
    const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
    return new Problem(problem, detail, {
      members: { retryAfterMs },
      headers: { 'retry-after': String(seconds) },
    });
  }
}

export const problemType = 'application/problem+json';

export function problemPath(name: ProblemName): string {
  return `/problems/${name}`;
}

/** `more` are members of the document, such as the trace. */
export function problemDocument(
  { problem, status, detail, details }: Problem,
  more: Readonly<Record<string, unknown>> = {},
): string {
  const { title } = problems[problem];
  return `${JSON.stringify({ type: problemPath(problem), title, status, detail, ...details.members, ...more })}\n`;
}
