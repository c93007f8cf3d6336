import { createPublicKey, verify } from 'node:crypto';
import { nkeys } from '@nats-io/transport-node';
import { loginWith, newSeed, publicKeyOf } from '../src/index.js';

const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');
const bytesOf = (text: string) => new TextEncoder().encode(text);

test('a seed and its public key are what nats.js takes them for', () => {
  for (let i = 0; i < 20; i++) {
    const seed = newSeed();
    expect(seed).toMatch(/^SU[A-Z2-7]{56}$/);
    expect(publicKeyOf(seed)).toBe(nkeys.fromSeed(bytesOf(seed)).getPublicKey());
  }
});

test('a seed that nats.js made is one of ours', () => {
  const pair = nkeys.createUser();
  const seed = new TextDecoder().decode(pair.getSeed());
  expect(publicKeyOf(seed)).toBe(pair.getPublicKey());
});

test('what is signed is the number that the server drew, by whom the public key belongs to', () => {
  const seed = newSeed();
  const { nkey, sig } = loginWith(seed)('a-nonce');
  expect(nkey).toBe(publicKeyOf(seed));
  const signature = Buffer.from(sig, 'base64url');
  const pair = nkeys.fromSeed(bytesOf(seed));
  expect(pair.verify(bytesOf('a-nonce'), signature)).toBe(true);
  expect(pair.verify(bytesOf('another'), signature)).toBe(false);
  const other = createPublicKey({ key: Buffer.concat([spkiPrefix, Buffer.alloc(32, 1)]), format: 'der', type: 'spki' });
  expect(verify(null, Buffer.from('a-nonce'), other, signature)).toBe(false);
});

test.each([
  ['nothing', ''],
  ['a password', 'secret'],
  ['one letter less', newSeed().slice(0, -1)],
  ['one letter more', `${newSeed()}A`],
  ['another letter', newSeed().replace(/.(.{20})$/, (last) => (last.startsWith('A') ? 'B' : 'A') + last.slice(1))],
  ['small letters', newSeed().toLowerCase()],
  ['a public key', publicKeyOf(newSeed())],
  ['the seed of an account', new TextDecoder().decode(nkeys.createAccount().getSeed())],
])('%s is no seed, which is said without quoting it', (_name, text) => {
  for (const use of [publicKeyOf, loginWith]) {
    expect(() => use(text)).toThrow(/no seed of a NATS user/);
    if (text !== '') expect(() => use(text)).not.toThrow(text);
  }
});
