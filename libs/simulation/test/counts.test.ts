import type { Effect, Input, Vocabulary } from '@synod/actor';
import { Counters } from '@synod/simulator';
import type { Machine } from '@synod/simulator';
import { Effort, Situations, atMost } from '../src/index.js';

type V = Vocabulary;

const machine = {} as Machine<V>;
const receive = (message: object): Input<V> => ({ kind: 'receive', at: 0, from: 'c1', message } as Input<V>); // prettier-ignore
const observe = (event: object): Effect<V> => ({ kind: 'observe', event }) as Effect<V>;

describe('the effort of a run', () => {
  test('counts publishes between members, a multicast once, and what is received by kind', () => {
    const effort = new Effort<V>((address) => address.startsWith('r'));
    effort.left('r1', ['r2', 'r3']);
    effort.left('r1', ['c1']);
    effort.left('c1', ['r1']);
    for (const message of [{ kind: 'request' }, { kind: 'read', level: 'stale' }, { kind: 'read', level: 'discover' }])
      effort.stepping(machine, receive(message));
    effort.synced();
    effort.executed(machine, observe({ kind: 'proposed' }));
    expect([effort.publishes, effort.syncs, effort.observed('proposed'), effort.observed('committed')]).toEqual([1, 1, 1, 0]); // prettier-ignore
    expect(['request', 'read stale', 'read linearizable'].map((kind) => effort.received(kind))).toEqual([1, 1, 0]);
  });

  test('is at most what is due', () => {
    atMost('paper §3', 'rounds', 4, 4);
    expect(() => atMost('paper §3', 'rounds', 5, 4)).toThrow('Efficiency (paper §3): 5 rounds, at most 4 are due');
  });
});

describe('situations', () => {
  test('are expected before they come up, and counted by event', () => {
    const counters = new Counters();
    const situations = new Situations<V>(counters, { elected: 'elections' });
    expect(counters.zeros).toEqual(expect.arrayContaining(['elections', 'torn tails recovered']));
    situations.executed(machine, observe({ kind: 'elected' }));
    situations.executed(machine, observe({ kind: 'rejected', reason: 'forged' }));
    situations.stepping(machine, { kind: 'recovered', at: 0, tail: 'torn' } as Input<V>);
    expect(counters.zeros).not.toContain('elections');
    expect(counters.zeros).not.toContain('torn tails recovered');
    expect(counters.get('rejected: forged')).toBe(1);
  });
});
