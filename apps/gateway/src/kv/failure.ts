import { SynodError } from '@synod/client';
import type { ErrorCode } from '@synod/client';
import { Problem } from '../http/problem.js';
import type { ProblemName } from '../http/problem.js';

/** What a group's error is in HTTP. Codes that only a mistake of the gateway itself can cause are missing. */
const byCode: Readonly<Partial<Record<ErrorCode, ProblemName>>> = {
  overloaded: 'overloaded',
  unknownOutcome: 'unknown-outcome',
  noQuorum: 'no-quorum',
  unavailable: 'unavailable',
  closed: 'unavailable',
  sessionExpired: 'unknown-outcome',
  tooLarge: 'too-large',
  invalid: 'refused',
  unauthorized: 'forbidden',
};

const retryAfterMs = 1000;

/** What a write threw, as what the dispatcher answers. */
export function writeFailure(error: unknown): unknown {
  if (!(error instanceof SynodError)) return error;
  // Refused for good, but an earlier copy of it may have got through.
  if (error.mayHaveTakenEffect || byCode[error.code] === 'unknown-outcome') return unknownOutcome(error.message);
  return failure(error);
}

/** What a read threw: its outcome is never unknown. */
export function readFailure(error: unknown): unknown {
  return error instanceof SynodError && !error.mayHaveTakenEffect ? failure(error) : error;
}

/** Of an error without an open outcome. */
export function failure(error: SynodError): Problem | SynodError {
  const { message } = error;
  const problem = byCode[error.code];
  if (problem === undefined) return error;
  const mayRetry = problem === 'overloaded' || problem === 'no-quorum' || problem === 'unavailable';
  if (mayRetry) return Problem.retryable(problem, message, error.retryAfterMs ?? retryAfterMs);
  return new Problem(problem, message);
}

export function unknownOutcome(detail: string): Problem {
  const remedy = 'read, or send the same request again with the same Idempotency-Key';
  return new Problem('unknown-outcome', `${detail}; ${remedy}`);
}
