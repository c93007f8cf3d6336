import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readHistory, valueOf, writeHistory } from '../src/index.js';
import type { History } from '../src/index.js';

const folder = mkdtempSync(join(tmpdir(), 'synod-history-'));
const path = join(folder, 'history.jsonl');

afterAll(() => rmSync(folder, { recursive: true }));

const history: History = [
  {
    client: 'a',
    kind: 'put',
    key: 'k',
    value: 'ÿ\n"',
    invokedAt: 0.5,
    returnedAt: 1,
    outcome: 'answered',
    result: { revision: 7, existed: false },
    index: 7,
  },
  { client: 'a', kind: 'delete', key: 'k', invokedAt: 2, outcome: 'unknown' },
  {
    client: 'b',
    kind: 'compareAndSet',
    key: 'k',
    expectedRevision: 7,
    value: '2',
    invokedAt: 2,
    returnedAt: 3,
    outcome: 'refused',
  },
  {
    client: 'b',
    kind: 'get',
    key: 'k',
    level: 'stale',
    maxAgeMs: 9,
    ageMs: 3,
    invokedAt: 4,
    returnedAt: 4,
    outcome: 'answered',
    result: {},
  },
  {
    client: 'b',
    kind: 'range',
    prefix: '',
    invokedAt: 4,
    returnedAt: 5,
    outcome: 'answered',
    result: { entries: [{ key: 'k', value: 'v' }], more: false },
  },
  {
    client: 'b',
    kind: 'transaction',
    conditions: [{ key: 'k', is: 'equal', revision: 0 }],
    success: [{ kind: 'put', key: 'k', value: 'v' }],
    failure: [{ kind: 'get', key: 'k' }],
    invokedAt: 4,
    returnedAt: 5,
    outcome: 'answered',
    result: { succeeded: false, results: [{ entry: { value: '1', revision: 7, created: 7, version: 1 } }] },
  },
];

test('what is written is read back', async () => {
  await writeHistory(path, history);
  expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(history.length + 1);
  expect(await readHistory(path)).toEqual(history);
});

test.each([
  ['{', 'is not JSON'],
  ['7', 'kind is not one of put,'],
  ['{"kind":"put","client":"a","invokedAt":0,"outcome":"unknown","value":""}', 'key is not text'],
  [
    '{"kind":"delete","client":"a","key":"k","invokedAt":0,"outcome":"lost"}',
    'outcome is not one of answered, refused, unknown',
  ],
  ['{"kind":"delete","client":"a","key":"k","invokedAt":0,"outcome":"answered"}', 'returnedAt is there if and only if'],
  [
    '{"kind":"delete","client":"a","key":"k","invokedAt":1,"returnedAt":0,"outcome":"refused"}',
    'it returns before it is invoked',
  ],
  [
    '{"kind":"get","client":"a","key":"k","invokedAt":0,"returnedAt":1,"outcome":"answered"}',
    'result: is not an object',
  ],
  [
    '{"kind":"get","client":"a","key":"k","invokedAt":0,"outcome":"unknown","result":{}}',
    'only an answered operation has a result',
  ],
  [
    '{"kind":"range","client":"a","prefix":"","invokedAt":0,"returnedAt":1,"outcome":"answered","result":{"entries":[{}],"more":false}}',
    'result: entries [0] key is not text',
  ],
])('a malformed line is named: %s', async (line, message) => {
  writeFileSync(path, `\n${line}\n`);
  await expect(readHistory(path)).rejects.toThrow(`${path}:2 is not`);
  await expect(readHistory(path)).rejects.toThrow(message);
});

test('a file that is not there is an error', async () => {
  await expect(readHistory(join(folder, 'none'))).rejects.toThrow('ENOENT');
  await expect(writeHistory(join(folder, 'none', 'x'), history)).rejects.toThrow('ENOENT');
});

test('text keeps the order of bytes; long values are told by a digest', () => {
  expect(valueOf(Uint8Array.of(0x41, 0xff))).toBe('Aÿ');
  const [one, two] = [new Uint8Array(100).fill(65), new Uint8Array(100).fill(65)];
  expect(valueOf(one)).toBe(valueOf(two));
  two[99] = 66;
  expect(valueOf(one)).not.toBe(valueOf(two));
});
