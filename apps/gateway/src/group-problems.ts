import type { ProblemName } from './http/problem.js';

/** What a group may answer to whatever it is asked. */
export const groupProblems: readonly ProblemName[] = [
  'unknown-group',
  'invalid-parameter',
  'refused',
  'too-large',
  'forbidden',
  'overloaded',
  'no-quorum',
  'unavailable',
];

/** Where an Idempotency-Key counts. */
export const idempotencyProblems: readonly ProblemName[] = [
  'invalid-idempotency-key',
  'idempotency-key-reused',
  'lost-outcome',
];

/** Where a body is read and written. */
export const writtenBodyProblems: readonly ProblemName[] = ['unsupported-media-type', 'unknown-outcome'];
