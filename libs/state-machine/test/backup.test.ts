import fc from 'fast-check';
import { administrator, KeyValueStore, Ledger, StoreAndLedger } from '../src/index.js';
import type { Operation, StateMachine } from '../src/index.js';
import { operation } from './arbitrary.js';
import { fromJson, jsonCodec, jsonLedgerCodec, ofLedger, toJson } from './json-codec.js';
import { bytes, drain, filled, idOf, Member } from './member.js';
import { sha256 } from './naive-ledger.js';

describe('a state that is frozen', () => {
  test('is read as it was, though it changes and the protocol takes snapshots meanwhile', () => {
    fc.assert(
      fc.property(
        fc.array(operation, { maxLength: 30 }),
        fc.array(fc.oneof(operation, fc.constant('snapshot' as const)), { maxLength: 30 }),
        (before: readonly Operation[], after) => {
          const [member, twin] = [new Member(), new Member()];
          for (const one of before) for (const each of [member, twin]) each.apply(toJson(one));
          // Whether it was ever used is no part of what is saved.
          const expected = drain(twin.machine.snapshot()).filter((page) => page[0] !== 3);
          const position = member.freeze();
          twin.index = member.index;
          // Pages are made when they are asked for; those of the protocol's snapshots, too.
          let snapshot: { readonly pages: Iterator<Uint8Array>; readonly expected: readonly Uint8Array[] } | undefined;
          for (const one of after) {
            if (one !== 'snapshot') {
              for (const each of [member, twin]) each.apply(toJson(one));
              continue;
            }
            if (snapshot) expect(drain(snapshot.pages)).toEqual(snapshot.expected);
            snapshot = { pages: member.machine.snapshot(), expected: drain(twin.copy().machine.snapshot()) };
          }
          expect(member.pages(position)).toEqual(expected);
          if (snapshot) expect(drain(snapshot.pages)).toEqual(snapshot.expected);
          expect(member.machine.hash()).toBe(twin.machine.hash());
        },
      ),
    );
  });

  test('changes nothing: neither hash nor snapshot, whoever marks the place', () => {
    const member = filled(300);
    const [hash, pages] = [member.machine.hash(), drain(member.machine.snapshot())];
    const position = member.freeze();
    member.backup({ kind: 'freeze' }, 'ann');
    expect(member.machine.hash()).toBe(hash);
    expect(drain(member.machine.snapshot())).toEqual(pages);
    expect(member.ask({ kind: 'image', position })).toMatchObject({ kind: 'image', position, hash, keys: 200, blocks: 1, revision: position }); // prettier-ignore
  });

  test('is the admin’s; there is one at a time; it can be let go, and lapses when nobody asks', () => {
    const member = filled(300);
    const first = member.freeze();
    expect(member.ask({ kind: 'page', position: first, number: 0 }, 'ann')).toEqual({ kind: 'error', code: 'notAllowed' }); // prettier-ignore
    const second = member.freeze();
    expect(member.pages(first)).toBeUndefined();
    expect(member.pages(second)).toBeDefined();
    member.backup({ kind: 'thaw', position: first });
    expect(member.pages(second)).toBeDefined();
    member.backup({ kind: 'thaw', position: second });
    expect(member.pages(second)).toBeUndefined();
    const third = member.freeze();
    member.index += 199_999;
    member.put('k');
    expect(member.ask({ kind: 'image', position: third }).kind).toBe('image');
    member.index += 200_001;
    member.put('k');
    expect(member.ask({ kind: 'image', position: third })).toEqual({ kind: 'error', code: 'noImage' });
  });

  test('a page comes again as long as it is recent; who comes to lead late makes those before, some at a time', () => {
    const member = filled(700, 500);
    const position = member.freeze();
    const pages = member.pages(position)!;
    expect(pages.length).toBeGreaterThan(10);
    expect(member.ask({ kind: 'page', position, number: pages.length - 3 })).toMatchObject({ kind: 'page' });
    const late = filled(1200, 1000);
    const place = late.freeze();
    const last = 40;
    expect(late.ask({ kind: 'page', position: place, number: last })).toEqual({ kind: 'later' });
    expect(late.ask({ kind: 'page', position: place, number: last })).toMatchObject({ kind: 'page' });
    expect(late.ask({ kind: 'page', position: place, number: 0 })).toEqual({ kind: 'error', code: 'noImage' });
  });
});

describe('an empty group', () => {
  const source = filled();
  const position = source.freeze();
  const pages = source.pages(position)!;
  const id = idOf(pages);
  const begin = { kind: 'begin', id, revision: position, pages: pages.length } as const;

  test('becomes what was saved: keys, revisions and blocks, with the same pages', () => {
    const member = new Member();
    expect(member.restore(pages, position)).toMatchObject({ kind: 'restoration', phase: 'restored', hash: source.machine.hash() }); // prettier-ignore
    expect(member.get('k7')).toEqual(source.get('k7'));
    expect(member.pages(member.freeze())).toEqual(pages);
    expect(member.copy().machine.hash()).toBe(member.machine.hash());
  });

  test('gives new revisions above all that were saved, and again when it is saved and restored once more', () => {
    const member = new Member();
    member.restore(pages, position);
    expect(member.put('new')).toEqual({ kind: 'written', revision: position + member.index, existed: false });
    const again = member.freeze();
    expect(member.ask({ kind: 'image', position: again })).toMatchObject({ revision: position + again });
    const third = new Member();
    third.restore(member.pages(again)!, position + again);
    expect(third.copy().put('newer')).toMatchObject({ revision: position + again + third.index + 1 });
  });

  test('answers nobody while it is half restored, and all members are alike at each step', () => {
    const member = new Member();
    const hashes = new Set([member.machine.hash()]);
    member.backup(begin);
    pages.slice(0, -1).forEach((page, number) => {
      hashes.add(member.machine.hash());
      expect(member.get('k7')).toEqual({ kind: 'error', code: 'restoring' });
      expect(member.put('k')).toEqual({ kind: 'error', code: 'restoring' });
      expect(member.submit('x')).toEqual({ kind: 'error', code: 'restoring' });
      expect(fromJson(member.machine.query(ofLedger({ kind: 'head' }), 'ann'))).toMatchObject({ code: 'restoring' });
      member.backup({ kind: 'load', id, number, page });
      // One that gets it as a snapshot is the same, and goes on as the others do.
      expect(member.copy().machine.hash()).toBe(member.machine.hash());
    });
    expect(member.pages(member.freeze())).toBeUndefined();
    expect(hashes.size).toBe(pages.length);
    const other = member.copy();
    for (const each of [member, other]) {
      each.backup({ kind: 'load', id, number: pages.length - 1, page: pages.at(-1)! });
      expect(each.backup({ kind: 'finish', id })).toMatchObject({ phase: 'restored', hash: source.machine.hash() });
    }
    expect(other.machine.hash()).toBe(member.machine.hash());
  });

  test('takes each step once: repeated ones change nothing, those out of order are refused', () => {
    const member = new Member();
    expect(member.backup({ kind: 'load', id, number: 0, page: pages[0]! })).toEqual({
      kind: 'error',
      code: 'notBegun',
    });
    expect(member.backup({ kind: 'finish', id })).toEqual({ kind: 'error', code: 'notBegun' });
    member.backup(begin);
    member.backup({ kind: 'load', id, number: 0, page: pages[0]! });
    const hash = member.machine.hash();
    expect(member.backup(begin)).toMatchObject({ phase: 'loading', next: 1 });
    expect(member.backup({ kind: 'load', id, number: 0, page: pages[0]! })).toMatchObject({ next: 1 });
    expect(member.backup({ kind: 'load', id, number: 2, page: pages[2]! })).toEqual({ kind: 'error', code: 'notNext' });
    expect(member.backup({ kind: 'finish', id })).toEqual({ kind: 'error', code: 'notWhole' });
    const another = sha256(bytes('another'));
    expect(member.backup({ ...begin, id: another })).toEqual({ kind: 'error', code: 'another' });
    expect(member.backup({ kind: 'load', id: another, number: 1, page: pages[1]! })).toEqual({ kind: 'error', code: 'another' }); // prettier-ignore
    expect(member.backup({ kind: 'abandon', id: another })).toEqual({ kind: 'error', code: 'another' });
    expect(member.machine.hash()).toBe(hash);
    expect(member.backup({ kind: 'abandon', id })).toMatchObject({ phase: 'empty' });
    expect(member.machine.hash()).toBe(new Member().machine.hash());
    expect(member.restore(pages)).toMatchObject({ phase: 'restored' });
    expect(member.backup({ kind: 'finish', id })).toMatchObject({ phase: 'restored' });
    expect(member.backup({ kind: 'abandon', id })).toEqual({ kind: 'error', code: 'another' });
  });

  test('does not become what is no state, and is empty afterwards', () => {
    const member = new Member();
    const changed = pages.map((page) => page.slice());
    changed[1]![100]! ^= 1;
    expect(member.restore(changed)).toMatchObject({ kind: 'error' });
    expect(member.machine.hash()).toBe(new Member().machine.hash());
    expect(member.restore(pages.filter((_, i) => i !== pages.length - 2))).toEqual({ kind: 'error', code: 'damaged' });
    expect(member.machine.hash()).toBe(new Member().machine.hash());
    const ofLater = [Uint8Array.of(9, 1, 2, 3)];
    member.backup({ kind: 'begin', id, revision: 1, pages: 1 });
    expect(member.backup({ kind: 'load', id, number: 0, page: ofLater[0]! })).toEqual({ kind: 'error', code: 'damaged' }); // prettier-ignore
    expect(member.put('k')).toMatchObject({ kind: 'written' });
  });

  test('never opens as another state than was saved, however often it is told to', () => {
    const [member, hash] = [new Member(), source.machine.hash()];
    const load = (revision: number): void => {
      member.backup({ ...begin, revision });
      pages.forEach((page, number) => member.backup({ kind: 'load', id, number, page }));
    };
    const refused = { kind: 'error', code: 'differs' };
    const empty = new Member().machine.hash();
    for (let i = 0; i < 2; i++) {
      load(position);
      expect(member.backup({ kind: 'finish', id, hash: hash.replace(/./, (c) => (c === '0' ? '1' : '0')) })).toEqual(refused); // prettier-ignore
      expect(member.machine.hash()).toBe(empty);
      expect(member.get('k7')).not.toEqual(source.get('k7'));
    }
    // New revisions would come that are among its keys already.
    load(2999);
    expect(member.backup({ kind: 'finish', id, hash })).toEqual(refused);
    expect(member.machine.hash()).toBe(empty);
    load(3000);
    expect(member.backup({ kind: 'finish', id, hash })).toMatchObject({ phase: 'restored', hash });
    // What an earlier version has in its log is executed as it was then.
    const older = new Member();
    expect(older.restore(pages, 1)).toMatchObject({ phase: 'restored', hash });
  });

  test('is restored by the admin alone, who does nothing else; and one that is not empty is not', () => {
    const member = new Member();
    expect(member.backup(begin, 'ann')).toEqual({ kind: 'error', code: 'notAllowed' });
    for (const wrong of [{ id: id.slice(1) }, { pages: 0 }, { pages: 2 ** 21 }, { revision: 2 ** 52 + 2 }]) {
      expect(member.backup({ ...begin, ...wrong })).toEqual({ kind: 'error', code: 'malformed' });
    }
    expect(member.put('k', 'v', administrator)).toEqual({ kind: 'error', code: 'notAllowed' });
    expect(member.get('k', administrator)).toEqual({ kind: 'error', code: 'notAllowed' });
    expect(member.submit('x', administrator)).toEqual({ kind: 'error', code: 'notAllowed' });
    expect(member.ask({ kind: 'restoration' })).toMatchObject({ phase: 'empty' });
    member.put('k');
    expect(member.ask({ kind: 'restoration' })).toMatchObject({ phase: 'used' });
    expect(member.backup(begin)).toEqual({ kind: 'error', code: 'notEmpty' });
    const withLedger = new Member();
    withLedger.submit('x');
    expect(withLedger.backup(begin)).toEqual({ kind: 'error', code: 'notEmpty' });
  });
});

describe('a snapshot of a group that is being restored', () => {
  const source = filled();
  const pages = source.pages(source.freeze())!;
  const half = new Member();
  half.backup({ kind: 'begin', id: idOf(pages), revision: 9, pages: pages.length });
  half.backup({ kind: 'load', id: idOf(pages), number: 0, page: pages[0]! });
  const whole = drain(half.machine.snapshot());

  function restored(pages: readonly Uint8Array[]): StateMachine {
    const { machine } = new Member();
    const target = machine.restore();
    for (const page of pages) target.page(page);
    target.finish();
    return machine;
  }

  test('comes back as it was', () => {
    expect(restored(whole).hash()).toBe(half.machine.hash());
    expect(drain(restored(whole).snapshot())).toEqual(whole);
  });

  test('is refused by a version that restores nothing, and when anything in it is wrong', () => {
    const older = new StoreAndLedger(
      new KeyValueStore(jsonCodec),
      new Ledger(jsonLedgerCodec, sha256),
      jsonLedgerCodec,
    );
    const target = older.restore();
    expect(() => {
      for (const page of whole) target.page(page);
      target.finish();
    }).toThrow('a snapshot page of format 3');
    expect(() => restored(whole.slice(0, -1))).toThrow(/not whole/);
    const about = whole.findIndex((page) => page[0] === 3);
    // The phase; the number of the next page; the hash; a byte of a page.
    for (const at of [4, 8, 16, 20, 70, 1000]) {
      const changed = whole.map((page) => page.slice());
      changed[about]![at]! ^= 1;
      const machine = new Member().machine;
      const empty = machine.hash();
      const target = machine.restore();
      expect(() => {
        for (const page of changed) target.page(page);
        target.finish();
      }).toThrow(/a snapshot/);
      expect(machine.hash()).toBe(empty);
    }
  });
});
