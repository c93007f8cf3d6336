import { cutsOf, parseSides } from '../src/fault/partition.js';

const members = ['raft-r1', 'raft-r2', 'raft-r3'];
const cuts = (text: string, all = members) => Object.fromEntries(cutsOf(parseSides(text, all), all));

test('sides do not hear each other', () => {
  expect(cuts('r1,r2/r3')).toEqual({
    'raft-r1': ['raft-r3'],
    'raft-r2': ['raft-r3'],
    'raft-r3': ['raft-r1', 'raft-r2'],
  });
});

test('one side alone is cut off from the rest', () => {
  expect(cuts('raft-r2')).toEqual(cuts('r2/r1,r3'));
});

test('who is on no side goes on hearing everyone', () => {
  expect(cuts('r1/r2')).toEqual({ 'raft-r1': ['raft-r2'], 'raft-r2': ['raft-r1'], 'raft-r3': [] });
});

test.each([
  ['r9', 'none of raft-r1, raft-r2, raft-r3'],
  ['r1,r1', 'named twice'],
  ['r1/r2,r1', 'named twice'],
  ['r1,r2,r3', 'names all replicas'],
  ['r1,/r2', '"" is none of'],
])('%s is refused', (text, message) => {
  expect(() => parseSides(text, members)).toThrow(message);
});

test('a short name that could be two is refused', () => {
  expect(() => parseSides('r1', ['a-r1', 'b-r1'])).toThrow('could be several of a-r1, b-r1');
});
