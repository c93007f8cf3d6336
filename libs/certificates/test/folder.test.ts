import { X509Certificate, createPrivateKey } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificates, renewCertificates } from '../src/index.js';

let directory: string;
beforeEach(() => (directory = join(mkdtempSync(join(tmpdir(), 'synod-certificates-')), 'tls')));
afterEach(() => rmSync(join(directory, '..'), { recursive: true, force: true }));

const wanted = {
  cluster: 'test',
  hosts: ['nats.internal', '*.nats.internal', '10.0.0.5', 'fd00::5'],
  gatewayHosts: ['synod.example.com'],
  clients: ['client'],
  days: 90,
  replace: false,
};
const make = (change: Partial<typeof wanted> = {}) => makeCertificates({ ...wanted, ...change, directory });
const of = (name: string) => new X509Certificate(readFileSync(join(directory, `${name}.crt`)));
const keyOf = (name: string) => createPrivateKey(readFileSync(join(directory, `${name}.key`)));
const dayMs = 86_400_000;
const lastsDays = ({ validTo }: X509Certificate) => Math.round((Date.parse(validTo) - Date.now()) / dayMs);

test('an authority, and what it signed, each for its purpose and its names', async () => {
  expect(await make()).toEqual(['ca', 'nats', 'gateway', 'client'].map((name) => join(directory, `${name}.crt`)));
  const ca = of('ca');
  expect([ca.ca, ca.subject, ca.verify(ca.publicKey), lastsDays(ca)]).toEqual([
    true,
    'CN=Synod test authority',
    true,
    3650,
  ]);
  // Nobody below it is an authority: critical basic constraints (RFC 5280 §4.2.1.9), CA and a path of no length.
  const constraints = Buffer.from('0603551d130101ff040830060101ff020100', 'hex');
  expect(ca.raw.includes(constraints)).toBe(true);
  for (const name of ['nats', 'gateway', 'client']) {
    const certificate = of(name);
    expect([certificate.ca, certificate.subject, certificate.checkIssued(ca)]).toEqual([false, `CN=${name}`, true]);
    expect([certificate.verify(ca.publicKey), certificate.checkPrivateKey(keyOf(name))]).toEqual([true, true]);
    // It is none itself, and says so: the same constraints, without CA.
    expect(certificate.raw.includes(Buffer.from('0603551d130101ff04023000', 'hex'))).toBe(true);
    expect(lastsDays(certificate)).toBe(90);
    expect(Date.parse(certificate.validFrom)).toBeLessThan(Date.now() - 3_000_000);
  }
  const [serverAuth, clientAuth] = ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'];
  expect(['nats', 'gateway', 'client'].map((name) => of(name).keyUsage)).toEqual([
    [serverAuth, clientAuth],
    [serverAuth],
    [clientAuth],
  ]);
  expect(of('nats').checkHost('nats.internal')).toBe('nats.internal');
  expect(of('nats').checkHost('a.nats.internal')).toBe('*.nats.internal');
  expect(of('nats').checkHost('other.internal')).toBeUndefined();
  expect(of('nats').checkIP('10.0.0.5')).toBe('10.0.0.5');
  expect(of('nats').checkIP('fd00::5')).toBe('fd00::5');
  expect(of('gateway').checkHost('synod.example.com')).toBe('synod.example.com');
  expect(new Set(['ca', 'nats', 'gateway', 'client'].map((name) => of(name).serialNumber)).size).toBe(4);
});

test('keys are for their owner only, and nothing is left beside', async () => {
  await make();
  const files = readdirSync(directory).sort();
  expect(files).toEqual(['ca', 'client', 'gateway', 'nats'].flatMap((name) => [`${name}.crt`, `${name}.key`]));
  for (const file of files) {
    expect([file, statSync(join(directory, file)).mode & 0o777]).toEqual([file, file.endsWith('.key') ? 0o600 : 0o644]);
  }
  expect(statSync(directory).mode & 0o777).toBe(0o700);
});

test('nothing is made over what is there, unless it is said; then the authority is another one', async () => {
  await make();
  const before = of('ca').fingerprint256;
  await expect(make()).rejects.toThrow(/ca\.crt is there already/);
  await expect(make({ clients: ['other'] })).rejects.toThrow(/is there already/);
  expect(of('ca').fingerprint256).toBe(before);
  await make({ replace: true });
  expect(of('ca').fingerprint256).not.toBe(before);
  expect(of('nats').verify(of('ca').publicKey)).toBe(true);
});

test('what is renewed has the same names and purpose, a new key, and another time', async () => {
  await make();
  const before = Object.fromEntries(['nats', 'gateway', 'client'].map((name) => [name, of(name)]));
  const authority = of('ca').fingerprint256;
  expect(await renewCertificates(directory)).toHaveLength(3);
  for (const [name, old] of Object.entries(before)) {
    const now = of(name);
    expect([now.subject, now.subjectAltName, now.keyUsage]).toEqual([old.subject, old.subjectAltName, old.keyUsage]);
    expect([now.verify(of('ca').publicKey), now.checkPrivateKey(keyOf(name)), lastsDays(now)]).toEqual([
      true,
      true,
      90,
    ]);
    expect(now.publicKey.equals(old.publicKey)).toBe(false);
  }
  expect(of('ca').fingerprint256).toBe(authority);
  await renewCertificates(directory, 10);
  expect(lastsDays(of('nats'))).toBe(10);
});

test('nobody is believed longer than his authority', async () => {
  await make({ days: 5000 });
  expect(Date.parse(of('nats').validTo)).toBe(Date.parse(of('ca').validTo));
});

test.each([
  ['a client named like a server', { clients: ['nats'] }, /a name stands there twice/],
  ['a client with a path for a name', { clients: ['../x'] }, /is no name/],
  ['an empty host', { hosts: [''] }, /is no host name/],
  ['a host that is none', { gatewayHosts: ['a b'] }, /"a b" is no host name/],
  ['an address that is none', { hosts: ['localhost', '300.1.1.1'] }, /"300.1.1.1" is no host name and no address/],
  ['another', { hosts: ['fd00::5::6'] }, /"fd00::5::6" is no host name and no address/],
  ['an address of one machine’s own', { hosts: ['fe80::1%eth0'] }, /"fe80::1%eth0" is no host name and no address/],
  ['half an address', { gatewayHosts: ['10.0.5'] }, /"10.0.5" is no host name and no address/],
  ['a name with nothing between two dots', { hosts: ['a..b'] }, /"a..b" is no host name/],
  ['a cluster that would say more of the authority', { cluster: 'x,CN=evil' }, /"x,CN=evil" is no name/],
])('%s is refused, and nothing is written', async (_name, change, message) => {
  await expect(make(change)).rejects.toThrow(message);
  expect(() => statSync(directory)).toThrow('ENOENT');
});

test('an authority whose key others may read makes nothing new', async () => {
  await make();
  const before = of('nats').fingerprint256;
  const path = join(directory, 'ca.key');
  chmodSync(path, 0o644);
  await expect(renewCertificates(directory)).rejects.toThrow(
    `the key of the authority ${path} can be read by others; run: chmod 600 ${path}`,
  );
  expect(of('nats').fingerprint256).toBe(before);
});

test('without an authority nothing is renewed', async () => {
  await expect(renewCertificates(directory)).rejects.toThrow(/ca\.crt.*`synod certs init`/);
});
