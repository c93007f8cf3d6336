import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireSafe } from '../src/access/exposure.js';
import { readTls } from '../src/http/tls.js';

// Where a gateway may listen, and with what.

describe('beyond loopback', () => {
  const bare = { httpHost: '0.0.0.0', tokens: '', certificate: '', key: '', insecure: false };
  const tls = { certificate: 'c.pem', key: 'k.pem' };

  test.each([
    ['neither tokens nor TLS', {}, /SYNOD_GATEWAY_TOKENS_FILE.*SYNOD_HTTP_CERT_FILE.*SYNOD_GATEWAY_INSECURE=1/],
    ['no TLS', { tokens: 't.json' }, /set SYNOD_HTTP_CERT_FILE/],
    ['no tokens', tls, /set SYNOD_GATEWAY_TOKENS_FILE/],
    ['half of TLS', { ...tls, key: '', insecure: true }, /belong together/],
    ['an address of this machine', { httpHost: '10.0.0.1' }, /SYNOD_HTTP_HOST=10.0.0.1/],
    ['a name that only begins like one', { httpHost: '127.0.0.1.example.com' }, /more than this machine/],
    ['all of IPv6', { httpHost: '::' }, /more than this machine/],
  ])('%s is refused', (_name, change, message) => {
    expect(() => requireSafe({ ...bare, ...change })).toThrow(message);
  });

  test.each([
    ['with both', { ...tls, tokens: 't.json' }],
    ['when something in front does it', { insecure: true }],
    ['on loopback', { httpHost: '127.0.0.1' }],
    ['on any address of loopback', { httpHost: '127.3.0.1' }],
    ['on that of IPv6', { httpHost: '::1' }],
  ])('%s it listens', (_name, change) => {
    expect(() => requireSafe({ ...bare, ...change })).not.toThrow();
  });
});

test('the key of its certificate is for the gateway alone', () => {
  const directory = mkdtempSync(join(tmpdir(), 'synod-exposure-'));
  const [certificate, key] = ['c.pem', 'k.pem'].map((name) => join(directory, name)) as [string, string];
  writeFileSync(certificate, 'no certificate');
  writeFileSync(key, 'no key', { mode: 0o644 });
  expect(() => readTls({ certificate, key })).toThrow(
    `the TLS key file ${key} can be read by others; run: chmod 600 ${key}`,
  );
  chmodSync(key, 0o600);
  expect(() => readTls({ certificate, key })).toThrow(`${certificate} and ${key} are no certificate and its key`);
  rmSync(directory, { recursive: true });
});
