import type { Operation } from '@synod/linearizability';
import type { StateMachine } from '@synod/state-machine';
import { Violation } from '@synod/simulator';
import { Executions, checkHistory } from '../src/index.js';

const machine = (name: string): StateMachine => ({
  apply: (operation) => Buffer.from(`${name} did ${Buffer.from(operation).toString()}`),
  query: () => new Uint8Array(),
  hash: () => name,
  snapshot: () => [][Symbol.iterator](),
  restore: () => ({ page: () => undefined, finish: () => undefined }),
});

describe('what a group executed', () => {
  test('is noted once, whichever replica comes first, with positions and places', () => {
    const executions = new Executions();
    const applied: string[] = [];
    const overheard = (name: string) => executions.overhear(machine(name), (index) => applied.push(`${name} ${index}`));
    const [fast, slow] = [overheard('fast'), overheard('slow')];
    const operation = Buffer.from('x');
    fast.apply(operation, 3, 'ann');
    slow.apply(Buffer.from('x'), 3, 'ann');
    slow.apply(Buffer.from('y'), 3, 'ann');
    fast.apply(Buffer.from('y'), 3, 'ann');
    expect(Buffer.from(fast.apply(Buffer.from('z'), 4, 'ann')).toString()).toBe('fast did z');
    operation.fill(0);
    const told = executions.all.map(({ operation, result, index, place }) => [Buffer.from(operation).toString(), Buffer.from(result).toString(), index, place]); // prettier-ignore
    expect(told).toEqual([
      ['x', 'fast did x', 3, 0],
      ['y', 'slow did y', 3, 1],
      ['z', 'fast did z', 4, 0],
    ]);
    expect(applied).toEqual(['fast 3', 'slow 3', 'slow 3', 'fast 3', 'fast 4']);
  });

  test('and nobody called is a violation', () => {
    const nobodys = { operation: new Uint8Array(), result: new Uint8Array(), index: 7, place: 0 };
    expect(checkHistory({ history: [], unasked: [], lost: [] }, 'paper §8')).toBe(true);
    expect(() => checkHistory({ history: [], unasked: [nobodys], lost: [] }, 'paper §8')).toThrow(
      'Executed as Called (paper §8): 1 changes in the log, the first at 7',
    );
  });
});

describe('what clients saw', () => {
  const call = { client: 'ann', key: 'k', outcome: 'answered' } as const;
  const written: readonly Operation[] = [
    { ...call, kind: 'put', value: 'old', invokedAt: 0, returnedAt: 1, result: {} },
    { ...call, kind: 'put', value: 'new', invokedAt: 2, returnedAt: 3, result: {} },
  ];
  const reading = (value: string): readonly Operation[] => [
    ...written,
    { ...call, client: 'bob', kind: 'get', invokedAt: 4, returnedAt: 5, result: { entry: { value } } },
  ];

  test('and an order explains is as it must be', () => {
    expect(checkHistory({ history: reading('new'), unasked: [], lost: [] }, 'paper §8')).toBe(true);
  });

  test('and what was answered as done and is in no log is a violation, whether or not anybody read it', () => {
    expect(() => checkHistory({ history: written, unasked: [], lost: [written[1]!] }, 'paper §8')).toThrow(
      'Acknowledged is Executed (paper §8): 1 writes were answered as done and are in no log, first the put that ann called at 2',
    );
  });

  test('and no order explains is a violation, with the picture', () => {
    const check = () => checkHistory({ history: reading('old'), unasked: [], lost: [] }, 'paper §8');
    expect(check).toThrow(Violation);
    expect(check).toThrow(/^Linearizability \(paper §8\): no order explains the answers:\n[^]*bob/);
  });

  test('and whose log positions contradict it is a violation', () => {
    const named: readonly Operation[] = written.map((put, at) => ({ ...put, index: 2 - at, place: 0 }));
    expect(() => checkHistory({ history: named, unasked: [], lost: [] }, 'paper §8')).toThrow(
      /^Linearizability \(paper §8\): ann: put .* names log position/,
    );
  });
});
