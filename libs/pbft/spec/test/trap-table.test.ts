import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scenarioFiles } from '@synod/scenario';
import { treasons } from '@synod/pbft-traitors';
import { mutants } from '../src/index.js';

const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
const rows = readme.slice(readme.indexOf('| trap |')).split('\n');
const shown = rows.flatMap((row) => row.split(' | ')[2] ?? []);

describe('the table of traps', () => {
  test('has a row for each of the 34', () => {
    const numbers = rows.flatMap((row) => /^\| B(\d+) /.exec(row)?.[1] ?? []);
    expect(numbers).toEqual(Array.from({ length: 34 }, (_, i) => String(i + 1)));
  });

  test('names every mutant and no other', () => {
    const named = shown.flatMap((text) => [...text.matchAll(/`([a-z0-9]+(?:-[a-z0-9]+)+)`/g)].map(([, name]) => name!));
    expect([...new Set(named)].sort()).toEqual(Object.keys(mutants).sort());
  });

  test('names scenarios and tests that there are', () => {
    const scenarios = scenarioFiles(join(__dirname, '../scenarios')).map(({ name }) => name.split('/')[1]);
    for (const [, name] of shown.flatMap((text) => [...text.matchAll(/\*([a-z0-9-]+)\*/g)])) expect(scenarios).toContain(name); // prettier-ignore
    for (const [, path] of shown.flatMap((text) => [...text.matchAll(/`([a-z]+\/test\/[a-z-]+\.test\.ts)`/g)])) expect(existsSync(join(__dirname, '../..', path!))).toBe(true); // prettier-ignore
  });
});

test('the table of treasons names every one and no other', () => {
  const table = readme.slice(readme.indexOf('| treason in'), readme.indexOf('**Known limits.**'));
  const named = table.split('\n').slice(2).flatMap((row) => [...(row.split(' | ')[0] ?? '').matchAll(/`([a-z-]+)`/g)].map(([, name]) => name!)); // prettier-ignore
  expect(named.sort()).toEqual(Object.keys(treasons).sort());
});
