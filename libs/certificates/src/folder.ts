import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { readPrivately, writeWhole } from '@synod/private-file';
import { issue, newAuthority, wantedOf } from './authority.js';
import type { Certified, Purpose } from './authority.js';

export interface CertificatesWanted {
  readonly directory: string;
  readonly cluster: string;
  /** Names and addresses of the NATS servers. */
  readonly hosts: readonly string[];
  /** Of the gateway. */
  readonly gatewayHosts: readonly string[];
  /** Those that show one of their own to the NATS servers. */
  readonly clients: readonly string[];
  readonly days: number;
  /** Make another authority, and all anew: what has the old certificates is let in nowhere any more. */
  readonly replace: boolean;
}

const authorityDays = 3650;

/** An authority, and certificates of it, each in NAME.crt with its key in NAME.key. Returns the paths of the certificates. */
export async function makeCertificates(wanted: CertificatesWanted): Promise<readonly string[]> {
  const { directory, cluster, hosts, gatewayHosts, clients, days, replace } = wanted;
  const leaves: readonly (readonly [string, Purpose, readonly string[]])[] = [
    // Servers of one NATS cluster are each other's clients.
    ['nats', 'both', hosts],
    ['gateway', 'server', gatewayHosts],
    ...clients.map((name) => [name, 'client', []] as const),
  ];
  const names = ['ca', ...leaves.map(([name]) => name)];
  requireNames(names, cluster, [...hosts, ...gatewayHosts]);
  const there = names.flatMap((name) => [pathOf(directory, name, 'crt'), pathOf(directory, name, 'key')]);
  const existing = there.find((path) => existsSync(path));
  if (existing !== undefined && !replace) {
    throw new Error(`${existing} is there already; \`synod certs renew\` makes new ones of the same authority`);
  }
  const authority = await newAuthority(`Synod ${cluster} authority`, authorityDays);
  const made: (readonly [string, Certified])[] = [['ca', authority]];
  for (const [name, purpose, of] of leaves) {
    made.push([name, await issue(authority, { name, purpose, hosts: of, days })]);
  }
  // Nothing is there before all of it can be: half of it would stand in the way of the next try.
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  for (const [name, certified] of made) write(directory, name, certified);
  return names.map((name) => pathOf(directory, name, 'crt'));
}

/** New keys and certificates of the same names, by the authority that is there. Returns the paths of the certificates. */
export async function renewCertificates(directory: string, days?: number): Promise<readonly string[]> {
  const authority = read(directory, 'ca');
  const names = readdirSync(directory)
    .filter((file) => file.endsWith('.crt') && file !== 'ca.crt')
    .map((file) => file.slice(0, -'.crt'.length))
    .sort();
  if (names.length === 0) throw new Error(`${directory} has no certificate but ca.crt`);
  for (const name of names) {
    const { lifetimeDays, ...same } = wantedOf(readFileSync(pathOf(directory, name, 'crt'), 'utf8'));
    write(directory, name, await issue(authority, { ...same, days: days ?? lifetimeDays }));
  }
  return names.map((name) => pathOf(directory, name, 'crt'));
}

function pathOf(directory: string, name: string, kind: 'crt' | 'key'): string {
  return join(directory, `${name}.${kind}`);
}

function read(directory: string, name: string): Certified {
  const path = pathOf(directory, name, 'crt');
  const missing = '`synod certs init` makes it';
  try {
    const certificate = readFileSync(path, 'utf8');
    return { certificate, key: readPrivately(pathOf(directory, name, 'key'), 'the key of the authority', missing) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new Error(`cannot read ${path}: ${(error as Error).message}; ${missing}`, { cause: error });
  }
}

function write(directory: string, name: string, { certificate, key }: Certified): void {
  writeWhole([
    { path: pathOf(directory, name, 'key'), text: key, mode: 0o600 },
    { path: pathOf(directory, name, 'crt'), text: certificate, mode: 0o644 },
  ]);
}

function requireNames(names: readonly string[], cluster: string, hosts: readonly string[]): void {
  for (const name of [cluster, ...names]) {
    if (!/^[a-z0-9-]{1,32}$/.test(name))
      throw new Error(`${JSON.stringify(name)} is no name: 1 to 32 of a-z, 0-9 and -`);
  }
  if (new Set(names).size !== names.length) throw new Error(`${names.join(', ')}: a name stands there twice`);
  for (const host of hosts) {
    if (!isHost(host)) throw new Error(`${JSON.stringify(host)} is no host name and no address`);
  }
}

const hostName = /^(\*\.)?([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

/** What ends in a number is an address, or none: no name on the way to the root ends in one. */
function isHost(host: string): boolean {
  if (isIP(host) !== 0) return !host.includes('%');
  return host.length <= 253 && hostName.test(host) && !/(^|\.)\d+$/.test(host);
}
