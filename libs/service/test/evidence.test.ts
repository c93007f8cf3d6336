import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EvidenceShelf } from '../src/evidence.js';

describe('evidence', () => {
  let data: string;
  let shelf: EvidenceShelf;
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'synod-evidence-'));
    shelf = new EvidenceShelf(data);
  });
  afterEach(() => rmSync(data, { recursive: true }));

  const proof = (text: string, name = 'equivocation-of-r1') => ({ name, bytes: Buffer.from(text) });

  test('is kept as it is, once, whoever finds it again', () => {
    expect(shelf.files()).toEqual([]);
    expect(shelf.keep(proof('one'))).toBe(join(data, 'evidence/01-equivocation-of-r1.cert'));
    expect(shelf.keep(proof('one'))).toBeUndefined();
    expect(shelf.keep(proof('other'))).toBe(join(data, 'evidence/02-equivocation-of-r1.cert'));
    expect(new EvidenceShelf(data).files()).toEqual(['01-equivocation-of-r1.cert', '02-equivocation-of-r1.cert']);
    expect(Buffer.from(shelf.read('01-equivocation-of-r1.cert')).toString()).toBe('one');
  });

  test('has a name of its own, when an operator has taken an older one away', () => {
    for (const text of ['one', 'other']) shelf.keep(proof(text));
    rmSync(join(data, 'evidence/01-equivocation-of-r1.cert'));
    expect(shelf.keep(proof('third'))).toBe(join(data, 'evidence/03-equivocation-of-r1.cert'));
  });

  test('fills no disk', () => {
    for (let i = 0; i < 40; i++) shelf.keep(proof(`lie ${i}`));
    expect(shelf.files()).toHaveLength(4);
  });

  test('of one liar leaves room for what proves another one faulty', () => {
    for (let i = 0; i < 40; i++) shelf.keep(proof(`lie ${i}`));
    expect(shelf.keep(proof('of another', 'equivocation-of-r10'))).toBe(
      join(data, 'evidence/05-equivocation-of-r10.cert'),
    );
    expect(shelf.keep(proof('and one more'))).toBeUndefined();
    for (let member = 100; member < 200; member++) shelf.keep(proof(`lie of ${member}`, `equivocation-of-r${member}`));
    expect(shelf.files().at(-1)).toBe('105-equivocation-of-r199.cert');
  });

  test('is told over the bus, and no other file is', () => {
    shelf.keep(proof('one'));
    writeFileSync(join(data, 'secret'), 'secret');
    for (const file of ['../secret', join(data, 'secret'), '02-equivocation-of-r1.cert', 7, null, ['x']])
      expect(() => shelf.read(file)).toThrow('there is no such file');
    shelf.keep({ name: 'large', bytes: Buffer.alloc(600 * 1024) });
    expect(() => shelf.read('02-large.cert')).toThrow(`too large for the bus: look in ${join(data, 'evidence')}`);
  });
});
