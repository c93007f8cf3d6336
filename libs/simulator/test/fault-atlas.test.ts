import type { Vocabulary } from '@synod/actor';
import { FaultAtlas } from '../src/index.js';
import type { Machine, Role } from '../src/index.js';

const role = (name: string, members: readonly string[], disksLost: number): Role => ({ name, members, everyone: `all-${name}`, disksLost }); // prettier-ignore

describe('the atlas of faults', () => {
  const machine = (address: string) =>
    ({ address, lives: 1, disk: { harmed: false } }) as unknown as Machine<Vocabulary> & { lives: number };
  const roles = [role('acceptor', ['a1', 'a2', 'a3'], 1), role('proposer', ['p1', 'p2'], 2)];
  let formed = true;
  const well = new Set<string>();
  const atlas = () => new FaultAtlas<Vocabulary>(roles, () => formed, ({ address }) => well.has(address)); // prettier-ignore

  beforeEach(() => {
    formed = true;
    well.clear();
  });

  test('allows each role as many lost disks as it tolerates', () => {
    const it = atlas();
    expect(['a1', 'a2', 'p1', 'p2'].map((address) => it.claim(machine(address)))).toEqual([true, false, true, true]);
  });

  test('spares everyone until the group has formed, and whoever has no role', () => {
    formed = false;
    expect(atlas().claim(machine('a1'))).toBe(false);
    formed = true;
    expect(atlas().claim(machine('x1'))).toBe(false);
  });

  test('counts a replica again when it is well in a later life', () => {
    const it = atlas();
    const a1 = machine('a1');
    it.claim(a1);
    well.add('a1');
    expect(it.claim(machine('a2'))).toBe(false);
    a1.lives = 2;
    well.clear();
    expect(it.claim(machine('a2'))).toBe(false);
    well.add('a1');
    expect(it.claim(machine('a2'))).toBe(true);
  });
});
