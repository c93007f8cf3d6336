import fc from 'fast-check';
import { KeyValueStore, Ledger, StoreAndLedger } from '../src/index.js';
import type { Head, Operation, StateMachine } from '../src/index.js';
import { key, operation, value } from './arbitrary.js';
import { fromJson, jsonCodec, jsonLedgerCodec, ofLedger, resultOf, toJson } from './json-codec.js';
import { sha256 } from './naive-ledger.js';

const newStore = () => new KeyValueStore(jsonCodec);
const newBoth = () => new StoreAndLedger(newStore(), new Ledger(jsonLedgerCodec, sha256), jsonLedgerCodec);
const drain = (pages: Iterator<Uint8Array>) => [...{ [Symbol.iterator]: () => pages }];
const submission = (text: string) => ofLedger({ kind: 'submit', data: Buffer.from(text), time: 1 });
const headOf = (machine: StateMachine) => fromJson<Head>(machine.query(ofLedger({ kind: 'head' })));

function restore(machine: StateMachine, pages: readonly Uint8Array[]): void {
  const target = machine.restore();
  for (const page of pages) target.page(page);
  target.finish();
}

test('as long as nobody uses the ledger, it is the store alone: answers, hash and snapshots', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 20 }), (operations: readonly Operation[]) => {
      const [store, both] = [newStore(), newBoth()];
      operations.forEach((one, i) => {
        expect(both.apply(toJson(one), i + 1, 'ann')).toEqual(store.apply(toJson(one), i + 1));
      });
      expect(both.hash()).toBe(store.hash());
      const pages = drain(both.snapshot());
      expect(pages).toEqual(drain(store.snapshot()));
      const [older, newer] = [newStore(), newBoth()];
      restore(older, pages);
      restore(newer, pages);
      expect([older.hash(), newer.hash()]).toEqual([store.hash(), store.hash()]);
    }),
  );
});

test('both go into one snapshot, each operation goes to its own', () => {
  const step = fc.oneof(fc.record({ key, value }), fc.string({ minLength: 1, maxLength: 9 }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const both = newBoth();
      let submitted = 0;
      steps.forEach((one, i) => {
        if (typeof one === 'string') {
          both.apply(submission(one), i + 1, 'ann');
          submitted++;
        } else both.apply(toJson({ kind: 'put', ...one }), i + 1, 'ann');
      });
      const { transactions, pending } = headOf(both);
      expect(transactions + pending).toBe(submitted);
      const pages = drain(both.snapshot());
      const other = newBoth();
      restore(other, pages);
      expect(other.hash()).toBe(both.hash());
      expect(drain(other.snapshot())).toEqual(pages);
      for (const one of steps) {
        if (typeof one === 'string') continue;
        const get = toJson({ kind: 'get', key: one.key });
        expect(resultOf(other.query(get))).toEqual(resultOf(both.query(get)));
      }
    }),
  );
});

test('a store and a ledger that change both change the hash, and the snapshot is of one moment', () => {
  const both = newBoth();
  both.apply(submission('one'), 1, 'ann');
  const first = both.hash();
  const frozen = both.snapshot();
  both.apply(toJson({ kind: 'put', key: Buffer.from('k'), value: Buffer.from('v') }), 2, 'ann');
  const second = both.hash();
  both.apply(submission('two'), 3, 'ann');
  expect(new Set([first, second, both.hash()]).size).toBe(3);
  const other = newBoth();
  restore(other, drain(frozen));
  expect(other.hash()).toBe(first);
});

describe('a snapshot that is wrong is refused whole', () => {
  const both = newBoth();
  both.apply(toJson({ kind: 'put', key: Buffer.from('k'), value: Buffer.from('v') }), 1, 'ann');
  for (let i = 0; i < 15; i++) both.apply(submission(`transaction ${i}`), 2, 'ann');
  const [store, ledger] = drain(both.snapshot()) as [Uint8Array, Uint8Array];
  const changedAt = (at: number) => ledger.map((byte, i) => (i === at ? byte ^ 1 : byte));
  const header = 21;

  test.each([
    ['without the end of its ledger', [store, ledger.subarray(0, -1)]],
    ['with more than its ledger', [store, Uint8Array.from([...ledger, 0, 0, 0, 0])]],
    ['without its store', [ledger]],
    ['with its ledger first', [ledger, store]],
    ['with its ledger twice', [store, ledger, ledger]],
    ['in a format of a later version', [store, ledger.map((byte, i) => (i === 0 ? 3 : byte))]],
    ['with another number of blocks', [store, changedAt(2)]],
    ['with another state hash', [store, changedAt(20)]],
    ['with another hash of a block', [store, changedAt(header + 4)]],
    ['with another time of a block', [store, changedAt(header + 4 + 32 + 79)]],
    ['with another transaction in a block', [store, changedAt(header + 4 + 32 + 96 + 3 + 4 + 12 + 5)]],
    ['with another transaction in the open block', [store, changedAt(ledger.length - 1)]],
    ['with a transaction without end', [store, changedAt(header)]],
  ])('%s', (_what, pages) => {
    const other = newBoth();
    other.apply(submission('mine'), 1, 'ann');
    const hash = other.hash();
    expect(() => restore(other, pages)).toThrow(/snapshot/);
    expect(other.hash()).toBe(hash);
    restore(other, [store, ledger]);
    expect(other.hash()).toBe(both.hash());
  });
});
