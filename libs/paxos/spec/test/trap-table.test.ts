import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mutants } from '../src/index.js';

const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
const rows = readme.slice(readme.indexOf('| trap |')).split('\n');

describe('the table of traps', () => {
  test('has a row for each of the 23', () => {
    const numbers = rows.flatMap((row) => /^\| P(\d+) /.exec(row)?.[1] ?? []);
    expect(numbers).toEqual(Array.from({ length: 23 }, (_, i) => String(i + 1)));
  });

  test('names every mutant and no other', () => {
    const named = rows.flatMap((row) => [...row.matchAll(/`([a-z]+(?:-[a-z0-9]+)+)`/g)].map(([, name]) => name!));
    expect([...new Set(named)].sort()).toEqual(Object.keys(mutants).sort());
  });
});
