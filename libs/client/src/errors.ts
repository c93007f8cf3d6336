import { errors, type ErrorCode } from '@synod/api';

export interface ErrorDetails {
  /** For `overloaded`: when to try again, in milliseconds from now. */
  readonly retryAfterMs?: number;
  /** A write that may have taken effect, or still may. Default: as the code's table says. */
  readonly mayHaveTakenEffect?: boolean;
}

/**
 * Why a call gave no result. The codes, what each means and what helps, are one table: `errors` of `@synod/api`.
 * `notLeader` is not among them: the client follows the hint itself.
 */
export class SynodError extends Error {
  override readonly name = 'SynodError';
  readonly retryAfterMs: number | undefined;
  /** Never true for reads. When false the call had no effect and will have none. */
  readonly mayHaveTakenEffect: boolean;

  constructor(
    readonly code: ErrorCode,
    message: string,
    details: ErrorDetails = {},
  ) {
    super(message);
    this.retryAfterMs = details.retryAfterMs;
    this.mayHaveTakenEffect = details.mayHaveTakenEffect ?? errors[code].outcome === 'unknown';
  }
}
