import { checkHistory } from '../src/index.js';
import type { Operation } from '../src/index.js';

function operation(line: string): Operation {
  const [client, kind, value, version, startedAt, endedAt] = line.split(' ') as [string, 'write' | 'read', ...string[]];
  const known = (text: string | undefined): number | undefined => (text === '?' ? undefined : Number(text));
  return { client, kind, key: 'x', value: value === 'nothing' ? undefined : value, version: known(version), startedAt: Number(startedAt), endedAt: known(endedAt) }; // prettier-ignore
}

const check =
  (...lines: string[]) =>
  () =>
    checkHistory(lines.map(operation));

/** client, kind, value, version, start, end. */
describe('the check of histories', () => {
  test.each([
    ['one after the other', ['c1 write a 1 0 1', 'c2 read a 1 2 3', 'c1 write b 2 4 5', 'c2 read b 2 6 7']],
    ['a read during a write may see it or not', ['c1 write a 1 0 9', 'c2 read a 1 1 2', 'c3 read nothing 0 0 3']],
    ['a write without an answer may have happened', ['c1 write a ? 0 ?', 'c2 read a 1 5 6']],
    ['or not, or later', ['c1 write a ? 0 ?', 'c2 read nothing 0 5 6', 'c2 read a 1 7 8']],
    ['a read that never ended says nothing', ['c1 write a 1 0 1', 'c2 read nothing ? 2 ?']],
  ])('accepts: %s', (_name, lines) => {
    expect(check(...lines)).not.toThrow();
  });

  test.each([
    ['a stale read', ['c1 write a 1 0 1', 'c1 write b 2 2 3', 'c2 read a 1 4 5']],
    ['a lost write', ['c1 write a 1 0 1', 'c2 read nothing 0 2 3']],
    ['a read that goes back behind another', ['c1 write a 1 0 9', 'c2 read a 1 1 2', 'c3 read nothing 0 3 4']],
    ['a write that takes its place before one that had ended', ['c1 write a 2 0 1', 'c2 write b 1 2 3']],
    ['a value that nobody wrote', ['c1 read z 1 0 1']],
    ['a value from the future', ['c1 read a 1 0 1', 'c2 write a 1 2 3']],
    ['one write at two places', ['c1 write a 1 0 1', 'c2 read a 2 2 3']],
    ['two writes at one place', ['c1 write a 1 0 9', 'c2 write b 1 0 9']],
  ])('refuses: %s', (_name, lines) => {
    expect(check(...lines)).toThrow('Linearizability (Raft §8)');
  });
});
