import { SynodError } from '@synod/client';
import { Problem } from '../http/problem.js';
import { failure, readFailure } from '../kv/failure.js';

/** What a wish for a register threw, as what the dispatcher answers. */
export function decideFailure(error: unknown): unknown {
  if (!(error instanceof SynodError)) return error;
  if (error.code === 'unsupported') return new Problem('no-registers', error.message);
  if (!error.mayHaveTakenEffect) return failure(error);
  return new Problem('unknown-outcome', `${error.message}; send the same request again: it is decided once`);
}

/** What the question for its value threw. */
export function decidedFailure(error: unknown): unknown {
  const isMissing = error instanceof SynodError && error.code === 'unsupported';
  return isMissing ? new Problem('no-registers', error.message) : readFailure(error);
}
