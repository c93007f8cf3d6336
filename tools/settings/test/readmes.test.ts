import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { documents } from '../src/documents.js';
import { tableOf, withTable } from '../src/table.js';

const workspace = root(process.cwd());

function root(folder: string): string {
  return existsSync(join(folder, 'nx.json')) ? folder : root(dirname(folder));
}

test.each(Object.entries(documents))('%s says what its service reads; else: npm run settings', (path, settings) => {
  const document = readFileSync(join(workspace, path), 'utf8');
  expect(document).toBe(withTable(document, settings));
});

test('a table names each variable, its default and its meaning', () => {
  const parse = (text: string): string => text;
  const settings = {
    one: { variable: 'ONE', meaning: 'a | b', parse },
    two: { variable: 'TWO', meaning: 'of two', parse, fallback: '2' },
    three: { variable: 'THREE', meaning: 'of three', parse, fallback: '' },
  };
  expect(tableOf(settings).split('\n').slice(2)).toEqual([
    '| `ONE` | required | a \\| b |',
    '| `TWO` | `2` | of two |',
    '| `THREE` | empty | of three |',
  ]);
});

test('a document without a place for the table is an error', () => {
  expect(() => withTable('# Nothing', {})).toThrow('has no <!-- settings');
});
