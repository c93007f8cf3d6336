/**
 * Every way in which a call can fail that a client may have to tell apart, whatever the protocol behind the group.
 * A compare-and-set or a transaction whose condition does not hold is a result, not an error.
 *
 * `meaning` says what happened and `remedy` what helps, both for people. `outcome`: whether the call may have taken
 * effect nevertheless: `none` it did not and will not; `unknown` it may have, or still may.
 */
export const errors = {
  overloaded: { meaning: 'a bound on work in progress is reached', remedy: 'try again later', outcome: 'none' },
  unknownOutcome: {
    meaning: 'no answer arrived in time; a write may have taken effect, or still may',
    remedy: 'read, or repeat the same batch of the same session',
    outcome: 'unknown',
  },
  noQuorum: { meaning: 'replicas answer, but no majority is in reach', remedy: 'try again later', outcome: 'none' },
  unavailable: { meaning: 'no replica of the group serves', remedy: 'try again later', outcome: 'none' },
  sessionExpired: {
    meaning: 'the group does not know the session any more; earlier batches may have taken effect',
    remedy: 'open another session; read before writing again',
    outcome: 'unknown',
  },
  sequenceReused: {
    meaning: 'the same sequence of the session came before with other bytes',
    remedy: 'use a new sequence',
    outcome: 'none',
  },
  windowExceeded: {
    meaning: 'the session has too many batches that are not acknowledged',
    remedy: 'acknowledge answers before sending more',
    outcome: 'none',
  },
  alreadyAcknowledged: {
    meaning: 'the batch was executed and acknowledged; its results are dropped',
    remedy: 'use a new sequence',
    outcome: 'none',
  },
  tooLarge: { meaning: 'above a documented limit of size or number', remedy: 'split it', outcome: 'none' },
  invalid: { meaning: 'not what the group or its state machine understands', remedy: 'correct it', outcome: 'none' },
  unauthorized: {
    meaning: 'this user may not do that here',
    remedy: 'use another user or extend its permissions',
    outcome: 'none',
  },
  unsupported: { meaning: 'not offered', remedy: 'use what is documented', outcome: 'none' },
  closed: { meaning: 'this client was closed', remedy: 'connect anew', outcome: 'none' },
} as const satisfies Readonly<
  Record<string, { readonly meaning: string; readonly remedy: string; readonly outcome: 'none' | 'unknown' }>
>;

export type ErrorCode = keyof typeof errors;
