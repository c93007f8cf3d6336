import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dialling } from '../src/index.js';

test('one server is a list of one; without files there is no TLS', () => {
  expect(dialling('nats://a:4222', undefined)).toEqual({ servers: ['nats://a:4222'] });
  expect(dialling(['a', 'b'], undefined)).toEqual({ servers: ['a', 'b'] });
});

test('with them the servers are known by their names', () => {
  const { servers, tls } = dialling(['10.0.0.5'], { caFile: 'ca.crt' });
  expect([servers, tls]).toEqual([['10.0.0.5'], { caFile: 'ca.crt', checkServerIdentity: expect.any(Function) }]);
});

test('a key that others may read is shown to nobody', () => {
  const directory = mkdtempSync(join(tmpdir(), 'synod-dialling-'));
  const keyFile = join(directory, 'client.key');
  writeFileSync(keyFile, 'a key', { mode: 0o600 });
  expect(dialling('a', { keyFile }).tls).toMatchObject({ keyFile });
  chmodSync(keyFile, 0o640);
  expect(() => dialling('a', { keyFile })).toThrow(`the TLS key file ${keyFile} can be read by others; run: chmod 600`);
  rmSync(directory, { recursive: true });
});
