import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';

/** A certificate and its key, in PEM. */
export interface Certified {
  readonly certificate: string;
  readonly key: string;
}

/** What a certificate is for. */
export type Purpose = 'server' | 'client' | 'both';

export interface Wanted {
  readonly name: string;
  readonly purpose: Purpose;
  /** Names and addresses that it is reached by. */
  readonly hosts: readonly string[];
  readonly days: number;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const dayMs = 86_400_000;
/** Clocks differ. */
const skewMs = 3_600_000;
const usages = {
  server: [x509.ExtendedKeyUsage.serverAuth],
  client: [x509.ExtendedKeyUsage.clientAuth],
  both: [x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth],
} as const satisfies Readonly<Record<Purpose, readonly string[]>>;

x509.cryptoProvider.set(webcrypto);

/** An authority of one's own, which signs the certificates of one cluster, and no other authorities. */
export async function newAuthority(name: string, days: number): Promise<Certified> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity(days),
    serialNumber: serialNumber(),
    name: `CN=${name}`,
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return certified(certificate, keys);
}

/** A new key, and the authority's word for whose it is. */
export async function issue(authority: Certified, { name, purpose, hosts, days }: Wanted): Promise<Certified> {
  const [issuer, signingKey, keys] = [
    new x509.X509Certificate(authority.certificate),
    await signingKeyOf(authority.key),
    await newKeys(),
  ];
  const until = validity(days);
  const certificate = await x509.X509CertificateGenerator.create({
    ...until,
    // Nobody believes it any longer than its authority.
    notAfter: new Date(Math.min(until.notAfter.getTime(), issuer.notAfter.getTime())),
    serialNumber: serialNumber(),
    subject: `CN=${name}`,
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([...usages[purpose]]),
      ...(hosts.length > 0 ? [new x509.SubjectAlternativeNameExtension(hosts.map(nameOf))] : []),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return certified(certificate, keys);
}

/** What a certificate was made of, so that it can be made again. */
export function wantedOf(certificate: string): Omit<Wanted, 'days'> & { readonly lifetimeDays: number } {
  const known = new x509.X509Certificate(certificate);
  const names = known.getExtension(x509.SubjectAlternativeNameExtension)?.names.items ?? [];
  const purposes = known.getExtension(x509.ExtendedKeyUsageExtension)?.usages ?? [];
  const [server, client] = [x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth].map((usage) =>
    purposes.includes(usage),
  );
  return {
    name: known.subjectName.getField('CN')[0] ?? '',
    purpose: server && client ? 'both' : server ? 'server' : 'client',
    hosts: names.map(({ value }) => value),
    lifetimeDays: Math.max(1, Math.round((known.notAfter.getTime() - known.notBefore.getTime() - skewMs) / dayMs)),
  };
}

function nameOf(host: string): x509.JsonGeneralName {
  return { type: isIP(host) === 0 ? 'dns' : 'ip', value: host };
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

function signingKeyOf(pem: string): Promise<webcrypto.CryptoKey> {
  const bytes = x509.PemConverter.decodeFirst(pem);
  return webcrypto.subtle.importKey('pkcs8', bytes, algorithm, false, ['sign']);
}

async function certified(
  certificate: x509.X509Certificate,
  { privateKey }: webcrypto.CryptoKeyPair,
): Promise<Certified> {
  const key = await webcrypto.subtle.exportKey('pkcs8', privateKey);
  return { certificate: `${certificate.toString('pem')}\n`, key: `${x509.PemConverter.encode(key, 'PRIVATE KEY')}\n` };
}

function validity(days: number) {
  const now = Date.now();
  return { notBefore: new Date(now - skewMs), notAfter: new Date(now + days * dayMs) };
}

/** Positive, and never used twice. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return bytes.toString('hex');
}
