import { expect, test } from '@jest/globals';
import { decodeSet, encodeSet, majorities, mostAcceptors, quorumFault } from '../src/index.js';

const acceptors = (count: number) => Array.from({ length: count }, (_, i) => ({ address: `a${i + 1}`, disk: 0 }));

test('every set without a fault can be said in the log, and read there', () => {
  for (const count of [1, 2, 3, mostAcceptors]) {
    const set = majorities(acceptors(count), 2);
    expect(quorumFault(set)).toBeUndefined();
    expect(decodeSet(encodeSet(set))).toEqual(set);
  }
  const tooMany = majorities(acceptors(mostAcceptors + 1), 2);
  expect(decodeSet(encodeSet(tooMany))).toBeUndefined();
  expect(quorumFault(tooMany)).toBe('65 acceptors; at most 64 are possible');
});

test('quorums that need not meet are a fault', () => {
  const set = (phase1: number, phase2: number) => quorumFault({ acceptors: acceptors(4), phase1, phase2 });
  expect(set(3, 2)).toBeUndefined();
  expect(set(1, 4)).toBeUndefined();
  expect(set(2, 2)).toContain('need not meet');
  expect(set(0, 4)).toContain('a quorum of 0');
  expect(set(5, 4)).toContain('a quorum of 5');
  const twice = [...acceptors(2), { address: 'a1', disk: 7 }];
  expect(quorumFault({ acceptors: twice, phase1: 2, phase2: 2 })).toBe('an acceptor is named twice');
});
