import { Disk, Random, asObjects } from '../src/index.js';

interface Log {
  readonly message: never;
  readonly record:
    | { readonly kind: 'entries'; readonly first: number; readonly count: number }
    | { readonly kind: 'truncate'; readonly from: number }
    | { readonly kind: 'mark' };
  readonly batch: string;
  readonly timer: never;
  readonly event: never;
}

function disk(): Disk<Log> {
  return new Disk<Log>(
    asObjects<Log>(
      (record) => {
        if (record.kind === 'entries') return { sizeBytes: 10, log: { first: record.first, count: record.count } };
        return { sizeBytes: 1, truncateFrom: record.kind === 'truncate' ? record.from : undefined };
      },
      (record, voidFrom) =>
        record.kind === 'entries'
          ? `${record.first}+${record.count}${voidFrom === undefined ? '' : ` void from ${voidFrom}`}`
          : '',
    ),
  );
}

function sync(of: Disk<Log>): void {
  of.startSync();
  of.finishSync();
}

describe('the simulated journal', () => {
  test('keeps what is durable, and of the rest any prefix, over a crash', () => {
    const survived = new Set<number>();
    for (let seed = 0; seed < 60; seed++) {
      const it = disk();
      for (let token = 1; token <= 5; token++) {
        it.append(token, { kind: 'entries', first: token, count: 1 });
        if (token === 2) sync(it);
        if (token === 4) it.startSync();
      }
      it.crash(new Random(`crash ${seed}`));
      expect(it.durable.map(({ token }) => token)).toEqual([1, 2, 3, 4, 5].slice(0, it.durable.length));
      survived.add(it.durable.length);
    }
    expect([...survived].sort()).toEqual([2, 3, 4, 5]);
  });

  test('reads what is buffered too, in whole batches, at least one', () => {
    const it = disk();
    it.append(1, { kind: 'entries', first: 1, count: 3 });
    sync(it);
    it.append(2, { kind: 'entries', first: 4, count: 2 });
    expect(it.read(2, 5, 1)).toEqual(['1+3']);
    expect(it.read(2, 5, 100)).toEqual(['1+3', '4+2']);
    expect(it.read(6, 9, 100)).toEqual([]);
  });

  test('tells how much of a batch a truncation left', () => {
    const it = disk();
    it.append(1, { kind: 'entries', first: 1, count: 4 });
    it.append(2, { kind: 'truncate', from: 3 });
    it.append(3, { kind: 'entries', first: 3, count: 1 });
    expect(it.read(1, 9, 100)).toEqual(['1+4 void from 3', '3+1']);
    sync(it);
    it.crash();
    expect(it.read(1, 9, 100)).toEqual(['1+4 void from 3', '3+1']);
  });

  test('is cut at the front, never what is still needed', () => {
    const left = new Set<string>();
    for (let seed = 0; seed < 40; seed++) {
      const it = disk();
      for (let token = 1; token <= 4; token++) it.append(token, { kind: 'entries', first: token, count: 1 });
      it.append(5, { kind: 'mark' });
      sync(it);
      it.cut(3, 5, new Random(`cut ${seed}`));
      left.add(it.durable.map(({ token }) => token).join());
      expect(it.read(4, 4, 100)).toEqual(['4+1']);
    }
    expect([...left].sort()).toEqual(['1,2,3,4,5', '2,3,4,5', '3,4,5', '4,5']);
  });
});
