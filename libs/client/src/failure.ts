import { errors, type ErrorCode, type Refusal, type RefusalReason, type Results } from '@synod/api';
import { SynodError } from './errors.js';
import type { Exchange } from './exchange.js';

const codes: Readonly<Record<RefusalReason, ErrorCode>> = {
  notLeader: 'noQuorum',
  overloaded: 'overloaded',
  tooLarge: 'tooLarge',
  noQuorum: 'noQuorum',
  unavailable: 'unavailable',
  lost: 'noQuorum',
  unauthorized: 'unauthorized',
  malformed: 'invalid',
  steppedDown: 'noQuorum',
};

/** A refusal as the caller sees it. */
export function refused(group: string, refusal: Refusal, mayHaveTakenEffect = false): SynodError {
  const code = codes[refusal.reason];
  const detail = refusal.detail === '' ? '' : ` (${quoted(refusal.detail)})`;
  const message = `group ${group}: ${errors[code].meaning}${detail}; ${remedyOf(code, refusal)}`;
  return new SynodError(code, message, {
    mayHaveTakenEffect,
    ...(code === 'overloaded' && { retryAfterMs: refusal.retryAfterMs }),
  });
}

/** Too large is one thing, unless the group says more: then it has no room, ever, and there is nothing to split. */
function remedyOf(code: ErrorCode, { detail }: Refusal): string {
  return code === 'tooLarge' && detail !== '' ? 'use another group' : errors[code].remedy;
}

/** A replica's words in a sentence of ours: they make no lines in logs, and steer no terminal. */
function quoted(detail: string): string {
  return detail.replaceAll(/\p{C}/gu, ' ');
}

/** What is known when time is up. `goesOn`: the message is still sent, for others that travel in it. */
export function timedOut(
  group: string,
  exchange: Exchange | undefined,
  goesOn: boolean,
  groupAnswers: boolean,
): SynodError {
  if (exchange?.mayHaveTakenEffect || (goesOn && exchange?.envelope.repeatable === false)) {
    const last = exchange.lastRefusal && `; the last answer was: ${errors[codes[exchange.lastRefusal.reason]].meaning}`;
    return new SynodError('unknownOutcome', `group ${group}: ${errors.unknownOutcome.meaning}${last ?? ''}`);
  }
  if (exchange?.lastRefusal && !exchange.awaiting) return refused(group, exchange.lastRefusal);
  if (groupAnswers) return new SynodError('noQuorum', `group ${group}: replicas answer, but none as leader in time`);
  return new SynodError('unavailable', `group ${group}: no replica answered in time. Is the group running?`);
}

/** Of a group whose protocol has none. */
export function withoutRegisters(group: string, protocol = 'a protocol'): SynodError {
  const remedy = 'ask a group whose protocol has them, or use compareAndSet with revision 0';
  return new SynodError(
    'unsupported',
    `group ${group} speaks ${protocol}, which has no write-once registers: ${remedy}`,
  );
}

/** Time is up, and the numbers under which a session was to be opened were all too low. */
export function notOpened(): SynodError {
  const why = 'no session was opened: others of this user have opened theirs under higher numbers all the time';
  const remedy = 'are more than 32 opened at once, or is a clock of this user’s machines ahead? Try again later';
  return new SynodError('unavailable', `${why}; ${remedy}`, { mayHaveTakenEffect: false });
}

const sessionCodes = {
  expired: 'sessionExpired',
  sequenceReused: 'sequenceReused',
  windowExceeded: 'windowExceeded',
  alreadyAcknowledged: 'alreadyAcknowledged',
  malformed: 'invalid',
} as const satisfies Record<NonNullable<Results['sessionError']>, ErrorCode>;

/** The batch reached the log, but its session refused it there. `mayHaveTakenEffect`: an earlier copy of it. */
export function sessionFailure(
  error: NonNullable<Results['sessionError']>,
  mayHaveTakenEffect = errors[sessionCodes[error]].outcome === 'unknown',
): SynodError {
  const code = sessionCodes[error];
  return new SynodError(code, `${errors[code].meaning}; ${errors[code].remedy}`, { mayHaveTakenEffect });
}
