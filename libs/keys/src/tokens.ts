import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readPrivately } from '@synod/private-file';
import { isToken } from '@synod/api';

/** Somebody who asks over HTTP, and what he may. Of his token only the hash is kept. */
export interface Principal {
  readonly name: string;
  /** SHA-256 of the token. It is drawn from 2^256, so nothing slower is needed. */
  readonly sha256: string;
  /** Nowhere else; undefined: in all groups. */
  readonly groups?: readonly string[];
  /** What the keys begin with that he may read, of the store and of registers; the empty text begins all. */
  readonly read: readonly string[];
  readonly write: readonly string[];
  readonly ledger: readonly LedgerRight[];
  /** How groups and their members are, their rounds, traces and metrics. */
  readonly status: boolean;
}

export type LedgerRight = 'read' | 'write';

export interface NewToken {
  /** For its holder, and nobody else; nowhere kept. */
  readonly token: string;
  readonly sha256: string;
}

export function newToken(): NewToken {
  const token = `synod_${randomBytes(32).toString('base64url')}`;
  return { token, sha256: hashOf(token).toString('hex') };
}

/** Whose token it is. All are compared, each in the same time, so that time tells nothing. */
export function principalOf(principals: readonly Principal[], token: string): Principal | undefined {
  const hash = hashOf(token);
  let found: Principal | undefined;
  for (const principal of principals) {
    if (timingSafeEqual(hash, Buffer.from(principal.sha256, 'hex'))) found = principal;
  }
  return found;
}

/** Of a file that `synod tokens create` writes. Every error names it. */
export function readPrincipals(path: string): readonly Principal[] {
  const text = readPrivately(path, 'the tokens file', '`synod tokens create` makes one');
  try {
    return parsePrincipals(text);
  } catch (error) {
    throw new Error(`the tokens file ${path}: ${(error as Error).message}`, { cause: error });
  }
}

export function printPrincipals(principals: readonly Principal[]): string {
  return `${JSON.stringify({ version: 1, principals }, null, 2)}\n`;
}

const mostPrincipals = 1024;
const mostPrefixes = 64;
const mostPrefixBytes = 1024;

/** Throws for what is not exactly such a file: a right that is misread might be one too many. */
export function parsePrincipals(text: string): readonly Principal[] {
  const { version, principals, ...rest } = objectIn('it', parse(text));
  if (version !== 1) throw new Error(`version ${JSON.stringify(version)}; this program understands 1`);
  requireNothing('it', rest);
  if (!Array.isArray(principals)) throw new Error('"principals" must be a list');
  if (principals.length > mostPrincipals) throw new Error(`"principals" are more than ${mostPrincipals}`);
  const all = principals.map(principalIn);
  for (const what of ['name', 'sha256'] as const) {
    if (new Set(all.map((one) => one[what])).size !== all.length) throw new Error(`two principals have one ${what}`);
  }
  return all;
}

function principalIn(value: unknown, place: number): Principal {
  const where = `principals[${place}]`;
  const { name, sha256, groups, read = [], write = [], ledger = [], status = false, ...rest } = objectIn(where, value);
  requireNothing(where, rest);
  if (!isName(name)) throw new Error(`${where}.name is 1 to 32 characters of a-z, 0-9 and -`);
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) {
    throw new Error(`${where}.sha256 is not 64 digits of 0-9 and a-f`);
  }
  if (groups !== undefined && !(isList(groups) && groups.every(isName))) {
    throw new Error(`${where}.groups must be a list of groups`);
  }
  if (!isList(ledger) || !ledger.every(isLedgerRight)) throw new Error(`${where}.ledger may hold "read" and "write"`);
  if (typeof status !== 'boolean') throw new Error(`${where}.status must be true or false`);
  const rights = { read: prefixesIn(`${where}.read`, read), write: prefixesIn(`${where}.write`, write) };
  return { name, sha256, ...(groups !== undefined && { groups }), ...rights, ledger, status };
}

function prefixesIn(where: string, value: unknown): readonly string[] {
  if (isList(value) && value.every(isPrefix)) return value;
  throw new Error(`${where} must be a list of at most ${mostPrefixes} texts of at most ${mostPrefixBytes} bytes`);
}

function isPrefix(value: unknown): value is string {
  return typeof value === 'string' && Buffer.byteLength(value) <= mostPrefixBytes;
}

function isLedgerRight(value: unknown): value is LedgerRight {
  return value === 'read' || value === 'write';
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && isToken(value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length <= mostPrefixes;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('it is not JSON');
  }
}

function objectIn(where: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Error(`${where} is no JSON object`);
}

function requireNothing(where: string, rest: object): void {
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw new Error(`${where} has an unknown member ${JSON.stringify(unknown.slice(0, 40))}`);
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
