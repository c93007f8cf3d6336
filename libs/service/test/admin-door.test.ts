import type { Deliver, Transport } from '@synod/actor-host';
import { AdminDoor, answersMost } from '../src/admin-door.js';

describe('the admin’s door', () => {
  const members = new Set(['r1', 'r2']);
  let now: number;
  let said: string[];
  let passed: string[];
  let deliver: Deliver;

  beforeEach(() => {
    now = 0;
    said = [];
    passed = [];
    const inner: Transport = {
      publish: (to, _kind, payload) => void said.push(`${to} ${Buffer.from(payload).toString()}`),
      listen: (listener) => void (deliver = listener),
      close: () => Promise.resolve(),
    };
    const questions = {
      status: () => 'well',
      fault: () => 'done',
      evidence: () => 'nothing',
      'log-level': () => 'info',
      registers: () => 'none',
    };
    const door = new AdminDoor(inner, members, questions, () => now);
    door.listen(({ from, kind }) => {
      passed.push(`${from} ${kind}`);
      return from !== 'full';
    });
  });

  const ask = (from: string, kind: string, payload = JSON.stringify({ client: 'x' })): boolean | void =>
    deliver({ from, to: 'r1', kind, payload: Buffer.from(payload) });

  test('answers the admin, passes on all else, and what became of it', () => {
    expect([ask('admin', 'status'), ask('r2', 'status'), ask('client', 'request'), ask('full', 'request')]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(said).toEqual(['admin "well"']);
    for (const kind of ['fault', 'evidence', 'log-level']) ask('admin', kind);
    expect(said.slice(1)).toEqual(['admin "done"', 'admin "nothing"', 'admin "info"']);
    expect(passed).toEqual(['r2 status', 'client request', 'full request']);
  });

  test('answers each only so often: more is refused, and again answered when a second is over', () => {
    for (let i = 0; i < 3 * answersMost; i++) expect(ask('gateway', 'status')).toBe(i < answersMost);
    expect(said).toHaveLength(answersMost);
    expect(ask('admin', 'status')).toBe(true);
    now += 1000;
    expect(ask('gateway', 'status')).toBe(true);
  });

  test.each([
    ['nothing', ''],
    ['half of one', '{'],
    ['null', 'null'],
    ['a list', '[]'],
    ['without a name for the answer', '{}'],
    ['with a number for it', '{"client":7}'],
    ['with two tokens for it', '{"client":"a.b"}'],
    ['with a long one', `{"client":"${'x'.repeat(33)}"}`],
    ['much too long', `{"client":"x"}${' '.repeat(5000)}`],
  ])('a question that is none (%s) is not answered', (_what, payload) => {
    ask('admin', 'status', payload);
    expect(said).toEqual([]);
  });
});
