import type { Result } from '@synod/pbft-wire';
import { agreeing } from '../src/pbft/consultation.js';
import { Questions } from '../src/pbft/questions.js';
import type { Envelope } from '../src/exchange.js';
import { encodeReadBatch, encodeRequestBatch } from '@synod/api';

const keys = {
  ...{ cluster: 'c', group: 'g', epoch: 'e', members: ['r1', 'r2', 'r3', 'r4'] },
  replica: () => new Uint8Array(32),
  user: () => new Uint8Array(32),
};
const questions = new Questions('ann', 'token', {
  keys,
  sha256: () => '00'.repeat(32),
  verify: () => true,
  sign: () => new Uint8Array(64),
  openingNumber: () => 1,
});
const common = { context: undefined, repeatable: true, asks: 'leader' } as const;
const read: Envelope = {
  ...{ ...common, kind: 'read', session: 0, sequence: 1, count: 1 },
  bytes: encodeReadBatch({
    client: 'token',
    sequence: 1,
    level: 'linearizable',
    maxAgeMs: 0,
    queries: [Uint8Array.of(7)],
  }),
};
const places = { session: 3, sequence: 1, acknowledgedThrough: 0, operations: [Uint8Array.of(7)] };
const write: Envelope = {
  ...{ ...common, kind: 'request', session: 3, sequence: 1, count: 1 },
  bytes: encodeRequestBatch({ client: 'token', ...places }),
};
const opening: Envelope = {
  ...{ ...common, kind: 'request', session: 0, sequence: 9, count: 0 },
  bytes: encodeRequestBatch({ client: 'token', ...places, session: 0, sequence: 9, operations: [] }),
};
const at = (index: number): Result => ({ results: Uint8Array.of(1), index }) as unknown as Result;

/** Whether two members' answers with the same results at these places are enough. */
function isAnswered(envelope: Envelope, first: number, second: number): boolean {
  const question = questions.order(envelope);
  question.answers.set('r1', at(first));
  question.answers.set('r2', at(second));
  return agreeing(question) !== undefined;
}

test.each([
  ['a read that was ordered: it tells which state it saw', read, false],
  ['a session that was opened: it is its name', opening, false],
  ['a write: who executed it before does not know its place', write, true],
])('of f + 1 members with the same results the places count for %s', (_what, envelope, enough) => {
  expect(isAnswered(envelope, 5, 5)).toBe(true);
  expect(isAnswered(envelope, 5, 6)).toBe(enough);
});
