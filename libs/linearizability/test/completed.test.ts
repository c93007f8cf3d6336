import { completed, judge } from '../src/index.js';
import type { Execution, Operation, RecordedWrite, Written } from '../src/index.js';
import { at, history, lost } from './write-history.js';

const placed = (operation: Operation, index: number): Operation => ({ ...operation, index });
const textOf = (operation: Operation): string => `${operation.kind} ${'key' in operation ? operation.key : ''} ${'value' in operation ? operation.value : ''}`; // prettier-ignore

function execution(text: string, index: number, result: object, place = 0): Execution {
  return { operation: Buffer.from(text), result: Buffer.from(JSON.stringify(result)), index, place };
}

/** The calls, and how they travel: as text. */
function complete(
  calls: readonly Operation[],
  executions: readonly Execution[],
  isDoubled?: (operation: Operation) => boolean,
) {
  const writes = new Map<Operation, RecordedWrite>();
  for (const call of calls)
    if (call.kind !== 'get')
      writes.set(call, {
        kind: call.kind,
        encode: () => Buffer.from(textOf(call)),
        answerIn: (result) => JSON.parse(Buffer.from(result).toString()) as unknown,
      });
  return completed(calls, writes, executions, 100, isDoubled);
}

const done = (revision: number, existed = true): Written => ({ revision, existed });

describe('who can look into the log', () => {
  test('knows what became of a call without an answer: it returned at the end, or was never called', () => {
    const calls = history(lost(1).put('a', '1'), lost(2).put('a', '2'), at(5, 6).get('a', '1'));
    const { history: known, unasked } = complete(calls, [execution('put a 1', 3, done(3, false))]);
    expect(known).toEqual([
      calls[2],
      { ...calls[0], outcome: 'answered', returnedAt: 100, index: 3, place: 0, result: done(3, false) },
    ]);
    expect(unasked).toEqual([]);
  });

  test('takes what changed nothing for never called', () => {
    const calls = history(lost(1).cas('a', 7, 'x'));
    const mismatch = execution('compareAndSet a x', 3, { succeeded: false, revision: 2 });
    expect(complete(calls, [mismatch])).toEqual({ history: [], unasked: [], lost: [] });
  });

  test('gives calls of the same bytes what is left of them in the log, in their order', () => {
    const calls = history(
      lost(1).delete('a'),
      placed(at(2, 3).delete('a', done(5)), 5),
      lost(4).delete('a'),
      lost(8).delete('a'),
    );
    const log = [2, 5, 9].map((index) => execution('delete a ', index, done(index)));
    const { history: known, unasked } = complete(calls, log);
    expect(known.map(({ client, index }) => [client, index])).toEqual([
      ['c2', 5],
      ['c1', 2],
      ['c3', 9],
    ]);
    expect(unasked).toEqual([]);
  });

  test('tells operations of one position apart by their answers', () => {
    const second = placed(at(2, 3).delete('a', done(5, false)), 5);
    const log = [execution('delete a ', 5, done(5), 0), execution('delete a ', 5, done(5, false), 1)];
    const { history: known } = complete(history(lost(1).delete('a'), second), log);
    expect(known.map(({ client, place }) => [client, place])).toEqual([
      ['c2', 1],
      ['c1', 0],
    ]);
  });

  test('finds what was executed more often than it was called, by nobody, or though it was refused', () => {
    const calls = history(placed(at(0, 9).put('a', '1', done(3)), 3), lost(1).put('a', '2'));
    const twice = [3, 4].map((index) => execution('put a 1', index, done(index)));
    expect(complete(calls, twice).unasked).toEqual([twice[1]]);
    const nobodys = execution('put b 9', 5, done(5));
    expect(complete(calls, [nobodys]).unasked).toEqual([nobodys]);
    const refused = [{ ...calls[1]!, outcome: 'refused', returnedAt: 2 } as Operation];
    const executed = execution('put a 2', 5, done(5));
    expect(complete(refused, [executed]).unasked).toEqual([executed]);
  });

  test('finds what was answered as done and is not there, or not with that answer', () => {
    const calls = history(
      placed(at(0, 1).put('a', '1', done(3)), 3),
      placed(at(2, 3).put('a', '2', done(4)), 4),
      placed(at(4, 5).put('a', '3', done(6)), 6),
      placed(at(6, 7).cas('a', 1, 'x', false, 6), 7),
    );
    const log = [execution('put a 1', 3, done(3)), execution('put a 2', 4, done(4, false))];
    const { history: known, lost: missing } = complete(calls, log);
    expect(missing).toEqual([calls[1], calls[2]]);
    expect(known).toHaveLength(4);
  });

  test('believes no client whose call the network may have doubled', () => {
    const refused = { ...lost(1).put('a', '1'), outcome: 'refused', returnedAt: 2 } as Operation;
    const calls = history(refused, placed(at(3, 9).put('a', '2', done(6)), 6));
    const log = [execution('put a 1', 4, done(4)), execution('put a 2', 5, done(5)), execution('put a 2', 6, done(6))];
    const { history: known, unasked } = complete(calls, log, () => true);
    expect(known.map(({ client, index, returnedAt }) => [client, index, returnedAt])).toEqual([
      ['c2', 6, 9],
      ['c1', 4, 100],
      ['c2', 5, 100],
    ]);
    expect(unasked).toEqual([]);
    expect(complete(calls, log).unasked).toHaveLength(2);
  });

  test('decides what a search among unknown outcomes gives up', () => {
    const puts = Array.from({ length: 12 }, (_, i) => lost(i).put('a', String(i)));
    const read = { value: '11', revision: 40, created: 3, version: 7 };
    const calls = history(...puts, placed(at(50, 51).get('a', read), 41));
    expect(judge(calls, { steps: 8 }).undecided).toBe(true);
    const order = [4, 2, 9, 0, 7, 1, 11];
    const log = order.map((put, i) =>
      execution(`put a ${put}`, i === 6 ? 40 : 3 + i, done(i === 6 ? 40 : 3 + i, i > 0)),
    );
    const { history: known } = complete(calls, log);
    expect(judge(known, { steps: 8 })).toMatchObject({ problems: [], undecided: false });
  });
});

test('operations of one position come in its order, whoever returned first', () => {
  const [first, second] = [done(5, false), done(5)];
  const calls = history(
    { ...placed(at(1, 90).put('a', '1', first), 5), place: 0 },
    { ...placed(at(1, 8).put('a', '2', second), 5), place: 1 },
    placed({ ...at(9, 10).get('a', { value: '2', revision: 5, created: 5, version: 2 }), level: 'stale' }, 5),
  );
  expect(judge(calls).problems).toEqual([]);
  const swapped = calls.map((call, i) => (i < 2 ? { ...call, place: 1 - i } : call));
  expect(judge(swapped).problems).not.toEqual([]);
});
