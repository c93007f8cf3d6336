import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mutants } from '../src/index.js';

const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
const rows = readme.slice(readme.indexOf('| trap |')).split('\n');

const frontPage = readFileSync(join(__dirname, '../../../../README.md'), 'utf8');

test('the front page says how many there are', () => {
  const numbers = [...frontPage.matchAll(/(\d+)(?: deliberately wrong variants)? of Raft\b/g)].map(([, number]) =>
    Number(number),
  );
  expect(numbers).toEqual(Array(2).fill(Object.keys(mutants).length));
});

describe('the table of traps', () => {
  test('has a row for each of the 56', () => {
    const numbers = rows.flatMap((row) => /^\| (\d+) /.exec(row)?.[1] ?? []);
    expect(numbers).toEqual(Array.from({ length: 56 }, (_, i) => String(i + 1)));
  });

  test('names every mutant and no other', () => {
    const named = rows.flatMap((row) => [...row.matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map(([, name]) => name!));
    expect([...new Set(named)].sort()).toEqual(Object.keys(mutants).sort());
  });
});
