import fc from 'fast-check';
import {
  byzantineFaults,
  byzantineQuorum,
  jointMajorityIndex,
  JointVoteSet,
  majority,
  majorityIndex,
  VoteSet,
} from '../src/index.js';

/** All subsets of 0…n-1 as bit masks. */
const subsets = (n: number): number[] => Array.from({ length: 2 ** n }, (_, mask) => mask);
const size = (mask: number): number => mask.toString(2).replaceAll('0', '').length;
const indices = fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 7 });

/** The definition, by brute force: some majority of members that all reached it. */
function reachedByMajority(reached: readonly number[], index: number): boolean {
  return subsets(reached.length).some(
    (mask) => size(mask) * 2 > reached.length && reached.every((value, i) => !(mask & (1 << i)) || value >= index),
  );
}

describe('sizes', () => {
  test.each([1, 2, 3, 4, 5, 6, 7])('any two majorities of %i share a member, and fewer members need not', (n) => {
    const groups = (k: number) => subsets(n).filter((mask) => size(mask) === k);
    expect(groups(majority(n)).every((a) => groups(majority(n)).every((b) => (a & b) !== 0))).toBe(true);
    const smaller = majority(n) - 1;
    expect(groups(smaller).some((a) => groups(smaller).some((b) => (a & b) === 0))).toBe(true);
  });

  test.each([4, 5, 6, 7, 8])('any two Byzantine quorums of %i share a correct member', (n) => {
    const f = byzantineFaults(n);
    const share = (k: number) => {
      const groups = subsets(n).filter((mask) => size(mask) === k);
      return Math.min(...groups.flatMap((a) => groups.map((b) => size(a & b))));
    };
    expect(share(byzantineQuorum(n))).toBeGreaterThan(f);
    expect(share(byzantineQuorum(n) - 1)).toBeLessThanOrEqual(f);
    expect(byzantineQuorum(n)).toBeLessThanOrEqual(n - f); // the correct ones alone can decide
  });

  test('PBFT: n = 3f + 1 gives quorums of 2f + 1', () => {
    expect([4, 7, 10, 13].map((n) => byzantineQuorum(n))).toEqual([3, 5, 7, 9]);
    expect([0, 1, 3, 4, 6, 7, 10].map(byzantineFaults)).toEqual([0, 0, 0, 1, 1, 2, 3]);
  });
});

describe('majorityIndex', () => {
  test('is the greatest index that some majority reached', () => {
    fc.assert(
      fc.property(indices, (reached) => {
        const index = majorityIndex(reached);
        expect(index === 0 || reachedByMajority(reached, index)).toBe(true);
        expect(reachedByMajority(reached, index + 1)).toBe(false);
      }),
    );
  });

  test('leaves its argument as it is and does not depend on the order', () => {
    fc.assert(
      fc.property(indices, (reached) => {
        const before = [...reached];
        expect(majorityIndex([...reached].reverse())).toBe(majorityIndex(reached));
        expect(reached).toEqual(before);
      }),
    );
  });

  test('of nobody is 0; joint needs both configurations', () => {
    expect(majorityIndex([])).toBe(0);
    fc.assert(
      fc.property(indices, indices, (a, b) => {
        const index = jointMajorityIndex(a, b);
        expect(index === 0 || (reachedByMajority(a, index) && reachedByMajority(b, index))).toBe(true);
        expect(reachedByMajority(a, index + 1) && reachedByMajority(b, index + 1)).toBe(false);
      }),
    );
  });
});

describe('VoteSet', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const ballots = fc.array(fc.tuple(fc.constantFrom(...names, 'stranger'), fc.boolean()), { maxLength: 12 });

  /** Tries every way in which those who are silent might still vote. */
  function twin(voters: readonly string[], votes: readonly (readonly [string, boolean])[]): string {
    const firstOf = (name: string) => votes.find(([voter]) => voter === name)?.[1];
    const ends = subsets(voters.length).map(
      (mask) => voters.filter((name, i) => firstOf(name) ?? (mask & (1 << i)) !== 0).length * 2 > voters.length,
    );
    if (ends.every((won) => won)) return 'won';
    return ends.some((won) => won) ? 'pending' : 'lost';
  }

  test('decides as soon as the silent cannot change it, whatever is repeated or comes from strangers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), ballots, (n, votes) => {
        const voters = names.slice(0, n);
        const set = new VoteSet(voters);
        for (const [voter, granted] of votes) set.record(voter, granted);
        expect(set.outcome()).toBe(twin(voters, votes));
        expect(new Set([...set.granted, ...set.refused]).size).toBe(set.granted.length + set.refused.length);
        expect([...set.granted, ...set.refused].every((name) => voters.includes(name))).toBe(true);
      }),
    );
  });

  test('a repeated vote counts once and cannot be changed', () => {
    const set = new VoteSet(['a', 'b', 'c']);
    for (let i = 0; i < 3; i++) set.record('a', true);
    set.record('a', false);
    expect(set.outcome()).toBe('pending');
    expect(set.granted).toEqual(['a']);
  });

  test('takes another quorum than the majority', () => {
    const set = new VoteSet(['a', 'b', 'c', 'd'], byzantineQuorum(4));
    set.record('a', true);
    set.record('b', true);
    expect(set.outcome()).toBe('pending');
    set.record('c', true);
    expect(set.outcome()).toBe('won');
  });

  test('without voters nothing is ever won', () => {
    expect(new VoteSet([]).outcome()).toBe('lost');
  });

  test('joint: both configurations must grant', () => {
    fc.assert(
      fc.property(
        fc.subarray(names, { minLength: 1 }),
        fc.subarray(names, { minLength: 1 }),
        ballots,
        (a, b, votes) => {
          const joint = new JointVoteSet(a, b);
          for (const [voter, granted] of votes) joint.record(voter, granted);
          const halves = [twin(a, votes), twin(b, votes)];
          const expected = halves.includes('lost') ? 'lost' : halves.includes('pending') ? 'pending' : 'won';
          expect(joint.outcome()).toBe(expected);
        },
      ),
    );
  });
});
