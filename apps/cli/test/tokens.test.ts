import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { principalOf, readPrincipals } from '@synod/keys';
import { run } from './world.js';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'synod-tokens-'))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const tokens = (...args: string[]) => run(['tokens', ...args], { directory });
const path = () => join(directory, 'tokens.json');

test('a token is printed once, and only its hash is kept, for the owner of the file only', async () => {
  const { code, out } = await tokens(
    'create',
    'billing',
    '--read',
    'billing/',
    '--write',
    'billing/',
    '--group',
    'raft',
  );
  expect([code, out]).toEqual([0, expect.stringMatching(/^synod_[\w-]{43}\n$/)]);
  expect(statSync(path()).mode & 0o777).toBe(0o600);
  expect(readFileSync(path(), 'utf8')).not.toContain(out.trim());
  const principals = readPrincipals(path());
  expect(principalOf(principals, out.trim())).toMatchObject({
    ...{ name: 'billing', groups: ['raft'], read: ['billing/'], write: ['billing/'], ledger: [], status: false },
  });
  expect(principalOf(principals, `${out.trim()}x`)).toBeUndefined();
  expect(principalOf(principals, readPrincipals(path())[0]!.sha256)).toBeUndefined();
});

test('more are added, listed without any hash, and taken away one by one', async () => {
  await tokens('create', 'one', '--read', '');
  const { out } = await tokens('create', 'two', '--status', '--ledger', 'read', '--json');
  expect(JSON.parse(out)).toEqual({ name: 'two', token: expect.stringMatching(/^synod_/), file: path() });
  expect((await tokens('list')).out).toBe(
    'one: reads "…"; in all groups\ntwo: reads the ledger; sees how groups are; in all groups\n',
  );
  expect((await tokens('list', '--json')).out).not.toMatch(/[0-9a-f]{64}/);
  expect((await tokens('revoke', 'one')).out).toBe('revoked: one\n');
  expect(readPrincipals(path()).map(({ name }) => name)).toEqual(['two']);
});

test.each([
  [['create', 'a'], 'say what a may'],
  [['create', 'A', '--read', ''], 'name is 1 to 32 characters'],
  [['create', 'a', '--ledger', 'own'], 'ledger may hold "read" and "write"'],
  [['create', 'a', '--read', 'x'.repeat(1025)], 'read must be a list of'],
  [['create', 'a', '--read', '', '--group', 'A.b'], 'groups must be a list of groups'],
  [['revoke', 'a'], '`synod tokens create` makes one'],
  [['list'], '`synod tokens create` makes one'],
])('%j is refused, and nothing is written', async (args, message) => {
  const { code, err } = await tokens(...args);
  expect(code).not.toBe(0);
  expect(err).toContain(message);
  expect(() => statSync(path())).toThrow('ENOENT');
});

test('a name that has a token keeps it; a name that has none cannot be revoked', async () => {
  await tokens('create', 'a', '--read', '');
  const before = readFileSync(path(), 'utf8');
  expect((await tokens('create', 'a', '--write', '')).err).toContain('synod tokens revoke a');
  expect((await tokens('revoke', 'b')).err).toContain('no token of "b"');
  expect(readFileSync(path(), 'utf8')).toBe(before);
});
