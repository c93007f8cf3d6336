import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import {
  ed25519,
  groupKeysPath,
  makeKeys,
  parseGroupKeys,
  readGroupKeys,
  readSecretKey,
  secretKeyPath,
  trustIn,
  verifyEd25519,
  verifyEd25519Later,
} from '@synod/keys';

let directory: string;
const wanted = { cluster: 'local', group: 'pbft', members: ['r2', 'r1', 'r3', 'r4'], users: ['gateway', 'cli'] };
const bytes = Buffer.from('what is signed');

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'synod-keys-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

const make = (more: object = {}) => makeKeys({ directory, ...wanted, ...more });
const pathOf = (role: 'replica' | 'user', name: string) => secretKeyPath(directory, 'pbft', { role, name });
const publicKeys = () => readGroupKeys(groupKeysPath(directory, 'pbft'));
const secretOf = (role: 'replica' | 'user', name: string) =>
  readSecretKey(pathOf(role, name), publicKeys(), { role, name }, verifyEd25519);

test('each has a secret that only its owner can read, and all have the public keys', async () => {
  make();
  const keys = publicKeys();
  expect(keys).toMatchObject({ cluster: 'local', group: 'pbft', members: ['r1', 'r2', 'r3', 'r4'] });
  expect(keys.users).toEqual(['cli', 'gateway']);
  for (const name of readdirSync(join(directory, 'pbft'))) {
    const mode = statSync(join(directory, 'pbft', name)).mode & 0o777;
    expect([name, mode]).toEqual([name, name === 'group.json' ? 0o644 : 0o600]);
  }
  const signature = secretOf('replica', 'r1').sign(bytes);
  expect(verifyEd25519(keys.replica('r1')!, bytes, signature)).toBe(true);
  expect(verifyEd25519(keys.replica('r2')!, bytes, signature)).toBe(false);
  const later = (key: Uint8Array) =>
    new Promise<boolean>((resolve) => verifyEd25519Later(key, bytes, signature, resolve));
  expect([await later(keys.replica('r1')!), await later(keys.replica('r2')!)]).toEqual([true, false]);
});

test('no secret is in the public file, nor in an error', () => {
  make();
  const text = readFileSync(groupKeysPath(directory, 'pbft'), 'utf8');
  for (const name of wanted.members) expect(text).not.toContain(readFileSync(pathOf('replica', name), 'utf8').trim());
  const secret = Buffer.alloc(32, 7).toString('base64');
  writeFileSync(pathOf('replica', 'r1'), secret);
  expect(() => secretOf('replica', 'r1')).toThrow(/^(?!.*BwcH).*is not that of replica r1/);
  writeFileSync(pathOf('replica', 'r1'), `${secret}x`);
  expect(() => secretOf('replica', 'r1')).toThrow(/^(?!.*BwcH).*does not hold 32 bytes/);
});

test('a secret that others can read is refused', () => {
  make();
  for (const mode of [0o640, 0o604, 0o660]) {
    chmodSync(pathOf('replica', 'r1'), mode);
    expect(() => secretOf('replica', 'r1')).toThrow(/can be read by others; run: chmod 600/);
  }
});

test('a replica and a user of one name have different keys', () => {
  make({ users: ['r1'] });
  const keys = publicKeys();
  expect(keys.user('r1')).not.toEqual(keys.replica('r1'));
  const signature = secretOf('user', 'r1').sign(bytes);
  expect(verifyEd25519(keys.replica('r1')!, bytes, signature)).toBe(false);
});

test('keys are never replaced, and a new group of the same name has another epoch', () => {
  make();
  const { epoch } = publicKeys();
  expect(() => make()).toThrow(/is there already/);
  rmSync(join(directory, 'pbft'), { recursive: true });
  make();
  expect(publicKeys().epoch).not.toBe(epoch);
});

test('where a secret could not be written, there is no group: the file that says so comes last', () => {
  mkdirSync(pathOf('replica', 'r1'), { recursive: true });
  expect(() => make()).toThrow();
  expect(() => publicKeys()).toThrow(/there is none/);
  rmSync(pathOf('replica', 'r1'), { recursive: true });
  make();
  expect(secretOf('replica', 'r1').sign(bytes)).toHaveLength(64);
});

test('names that are none, doubled ones and an empty group are refused, and nothing is written', () => {
  for (const wrong of [
    { members: ['R1'] },
    { members: [] },
    { members: Array.from({ length: 14 }, (_, i) => `r${i}`) },
    { users: ['a', 'a'] },
    { group: '../x' },
  ]) {
    expect(() => make(wrong)).toThrow();
  }
  expect(readdirSync(directory)).toEqual([]);
});

test('a client has trust where there are keys for it, and numbers its sessions upwards', () => {
  expect(trustIn(directory, 'pbft', 'cli')).toBeUndefined();
  make();
  expect(trustIn(directory, 'pbft', 'stranger')).toBeUndefined();
  const trust = trustIn(directory, 'pbft', 'cli')!;
  expect(trust.verify(trust.keys.user('cli')!, bytes, trust.sign(bytes))).toBe(true);
  const numbers = Array.from({ length: 10_000 }, trust.openingNumber);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect([...numbers].sort((a, b) => a - b)).toEqual(numbers);
  expect(numbers.every((number) => Number.isSafeInteger(number))).toBe(true);
  // The group has seen those of a clock that is a day ahead.
  const ahead = (Date.now() - Date.UTC(2025, 0, 1) + 86_400_000) * 4096;
  const told = trust.openingNumber(ahead);
  expect(told).toBeGreaterThanOrEqual(ahead);
  expect(told).toBeLessThan(ahead + 1000 * 4096);
  expect(trust.openingNumber()).toBeGreaterThan(told);
  expect(trustIn(directory, 'pbft', 'cli')!.openingNumber(ahead)).not.toBe(told);
});

test('whatever stands in the public file, it is read or refused with a sentence', () => {
  const json = fc.json().map((text) => text.replace(/"[^"]*":/, '"members":'));
  fc.assert(
    fc.property(fc.oneof(fc.string(), json), (text) => {
      try {
        parseGroupKeys(text);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
        expect((error as Error).constructor).toBe(Error);
      }
    }),
  );
  const good = { version: 1, cluster: 'c', group: 'g', epoch: 'e', members: { r1: 'A'.repeat(43) + '=' }, users: {} };
  expect(parseGroupKeys(JSON.stringify(good)).members).toEqual(['r1']);
  for (const wrong of [
    { version: 2 },
    { cluster: 'C' },
    { epoch: '' },
    { epoch: 'a b' },
    { members: {} },
    { members: Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`r${i}`, good.members.r1])) },
    { members: { R1: good.members.r1 } },
    { members: { r1: 'AAAA' } },
    { users: [] },
  ]) {
    expect(() => parseGroupKeys(JSON.stringify({ ...good, ...wrong }))).toThrow();
  }
});

test('what is signed here is what others verify by the same algorithm (RFC 8032, test 1)', () => {
  const secret = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
  const signature =
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b';
  expect(Buffer.from(ed25519(secret)(new Uint8Array(0))).toString('hex')).toBe(signature);
});
