import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { newToken, parsePrincipals, principalOf, printPrincipals, readPrincipals } from '../src/index.js';
import type { Principal } from '../src/index.js';

const { token, sha256 } = newToken();
const ann: Principal = {
  name: 'ann',
  sha256,
  groups: ['raft'],
  read: ['a/'],
  write: [],
  ledger: ['read'],
  status: true,
};
const bob: Principal = { name: 'bob', sha256: newToken().sha256, read: [], write: [''], ledger: [], status: false };

test('what is printed is read alike, and whose token it is is found', () => {
  const all = parsePrincipals(printPrincipals([ann, bob]));
  expect(all).toEqual([ann, bob]);
  expect(principalOf(all, token)).toEqual(ann);
  for (const other of [newToken().token, '', sha256, token.slice(1), `${token} `]) {
    expect(principalOf(all, other)).toBeUndefined();
  }
});

test('a token is its holder’s by the whole of its hash', () => {
  const last = sha256.endsWith('0') ? '1' : '0';
  for (const almost of [`${sha256.slice(0, -1)}${last}`, `${sha256.slice(0, 2)}${'0'.repeat(62)}`]) {
    expect(principalOf([{ ...ann, sha256: almost }], token)).toBeUndefined();
  }
});

test('a token of no groups is one of none, and not of all', () => {
  const [read] = parsePrincipals(printPrincipals([{ ...ann, groups: [] }]));
  expect(read!.groups).toEqual([]);
});

test('two tokens are never alike', () => {
  expect(new Set(Array.from({ length: 100 }, () => newToken().token)).size).toBe(100);
});

const one = (change: object) => JSON.stringify({ version: 1, principals: [{ ...ann, ...change }] });

test.each([
  ['no JSON', 'x', 'it is not JSON'],
  ['no object', '[]', 'it is no JSON object'],
  ['another version', '{"version":2,"principals":[]}', 'understands 1'],
  ['an unknown member', '{"version":1,"principals":[],"more":1}', 'unknown member "more"'],
  ['no list', '{"version":1,"principals":{}}', 'must be a list'],
  ['too many', JSON.stringify({ version: 1, principals: Array.from({ length: 1025 }, () => bob) }), 'more than 1024'],
  ['no name', one({ name: 'A' }), 'principals[0].name'],
  ['no hash', one({ sha256: 'AB' }), 'principals[0].sha256'],
  ['a token in place of its hash', one({ sha256: token }), 'principals[0].sha256'],
  ['a right that there is not', one({ admin: true }), 'unknown member "admin"'],
  ['a prefix that is no list', one({ read: 'a/' }), 'principals[0].read'],
  ['a prefix that is too long', one({ write: ['x'.repeat(1025)] }), 'principals[0].write'],
  ['a ledger right that there is not', one({ ledger: ['own'] }), 'principals[0].ledger'],
  ['a status that is neither', one({ status: 'yes' }), 'principals[0].status'],
  ['groups that are none', one({ groups: ['A.b'] }), 'principals[0].groups'],
  ['two of one name', printPrincipals([ann, { ...bob, name: 'ann' }]), 'one name'],
  ['two with one token', printPrincipals([ann, { ...bob, sha256 }]), 'one sha256'],
])('%s is refused: a right that is misread might be one too many', (_name, text, message) => {
  expect(() => parsePrincipals(text)).toThrow(message);
});

test('whatever stands in the file, it is read or refused with a sentence', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), fc.jsonValue().map(asFile)), (text) => {
      try {
        parsePrincipals(text);
      } catch (error) {
        expect((error as Error).name).toBe('Error');
      }
    }),
  );
});

const asFile = (principal: unknown) => JSON.stringify({ version: 1, principals: [principal] });

test('a file that others can read is refused, and every error names the file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'synod-tokens-'));
  const path = join(directory, 'tokens.json');
  expect(() => readPrincipals(path)).toThrow(`${path}: there is none; \`synod tokens create\` makes one`);
  writeFileSync(path, printPrincipals([ann]), { mode: 0o600 });
  expect(readPrincipals(path)).toEqual([ann]);
  chmodSync(path, 0o640);
  expect(() => readPrincipals(path)).toThrow(`chmod 600 ${path}`);
  writeFileSync(path, '{}');
  chmodSync(path, 0o600);
  expect(() => readPrincipals(path)).toThrow(`${path}: version undefined`);
  rmSync(directory, { recursive: true });
});
