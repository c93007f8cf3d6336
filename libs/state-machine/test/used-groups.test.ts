import { administrator, KeyValueStore, Ledger, StoreAndLedger } from '../src/index.js';
import { jsonCodec, jsonLedgerCodec, toJson } from './json-codec.js';
import { bytes, drain, filled, idOf, Member } from './member.js';
import { sha256 } from './naive-ledger.js';

describe('a group whose keys are all gone again', () => {
  const source = filled(300);
  const pages = source.pages(source.freeze())!;
  const begin = { kind: 'begin', id: idOf(pages), revision: 400, pages: pages.length } as const;
  const remove = (member: Member, key: string) => member.apply(toJson({ kind: 'delete', key: bytes(key) }));

  test('is no new one: a revision that somebody remembers would mean something else', () => {
    const member = new Member();
    member.put('k7');
    remove(member, 'k7');
    expect(member.ask({ kind: 'restoration' })).toMatchObject({ phase: 'used', id: new Uint8Array(0), next: 0 });
    expect(member.backup(begin)).toEqual({ kind: 'error', code: 'notEmpty' });
    // Nor one in which nothing came of what was asked.
    const other = new Member();
    expect(remove(other, 'k7')).toMatchObject({ kind: 'written', existed: false });
    expect(other.backup(begin)).toEqual({ kind: 'error', code: 'notEmpty' });
    // Marks, queries and what was begun and given up are no use.
    const idle = new Member();
    idle.freeze();
    idle.backup({ kind: 'freeze' }, 'ann');
    idle.get('k7');
    idle.put('k', 'v', administrator);
    idle.backup({ ...begin, revision: 5 });
    idle.put('k');
    idle.backup({ kind: 'abandon', id: begin.id });
    expect(idle.ask({ kind: 'restoration' })).toMatchObject({ phase: 'empty' });
    expect(idle.machine.hash()).toBe(new Member().machine.hash());
    expect(idle.backup(begin)).toMatchObject({ phase: 'loading' });
  });

  test('is the same on a member that executed it all, one that got a snapshot before, and one that got it after', () => {
    const member = new Member();
    member.put('k7');
    const before = member.copy();
    expect(before.machine.hash()).toBe(member.machine.hash());
    for (const each of [member, before]) remove(each, 'k7');
    const after = member.copy();
    const all = [member, before, after];
    const alike = () => {
      expect(new Set(all.map((each) => each.machine.hash())).size).toBe(1);
      expect(new Set(all.map((each) => toJson(drain(each.machine.snapshot())).join())).size).toBe(1);
      expect(new Set(all.map((each) => toJson(each.ask({ kind: 'restoration' })).join())).size).toBe(1);
    };
    alike();
    expect(member.machine.hash()).not.toBe(new Member().machine.hash());
    for (const each of all) expect(each.backup(begin)).toEqual({ kind: 'error', code: 'notEmpty' });
    for (const each of all) each.put('k8');
    alike();
    // As groups are that know nothing of this: members of two versions are equal as long as there is a key.
    const plain = new StoreAndLedger(new KeyValueStore(jsonCodec), new Ledger(jsonLedgerCodec, sha256), jsonLedgerCodec); // prettier-ignore
    plain.apply(toJson({ kind: 'put', key: bytes('k8'), value: bytes('v') }), member.index, 'ann');
    expect(member.machine.hash()).toBe(plain.hash());
    expect(drain(member.machine.snapshot())).toEqual(drain(plain.snapshot()));
  });

  test('of a snapshot that says more of it than that, nothing is taken', () => {
    const member = new Member();
    remove(member, 'k7');
    const whole = drain(member.machine.snapshot());
    expect(whole.at(-1)![0]).toBe(3);
    for (const at of [8, 12, 16, 20, 28, 60]) {
      const target = new Member().machine.restore();
      const changed = whole.map((page) => page.slice());
      changed.at(-1)![at]! ^= 1;
      expect(() => {
        for (const page of changed) target.page(page);
        target.finish();
      }).toThrow(/^a snapshot (of a restoration that cannot be|with a number that is no index)$/);
    }
  });
});
