import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivately } from '@synod/private-file';
import { CommandError } from './exit-codes.js';
import type { Value } from './values.js';

/** Who may connect, from which the configuration can be written again. It holds no secret. */
export interface Roster {
  /** What `identities init` was told. */
  readonly init: Readonly<Record<string, Value>>;
  /** Users of those who may not any more. */
  readonly revoked: readonly string[];
}

function pathIn(directory: string): string {
  return join(directory, 'identities.json');
}

export function hasRoster(directory: string): boolean {
  return existsSync(pathIn(directory));
}

export function writeRoster(directory: string, { init, revoked }: Roster): void {
  writePrivately(pathIn(directory), `${JSON.stringify({ version: 1, init, revoked }, null, 2)}\n`);
}

/** Every error names the file and what would be right. */
export function readRoster(directory: string): Roster {
  const path = pathIn(directory);
  const { version, init, revoked } = (parse(path) ?? {}) as Readonly<Record<string, unknown>>;
  if (version !== 1) throw damaged(path, `version ${JSON.stringify(version)}; this program understands 1`);
  if (!isOptions(init)) throw damaged(path, '"init" must be the options of `synod identities init`');
  if (!isTexts(revoked)) throw damaged(path, '"revoked" must be a list of users');
  return { init, revoked };
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const problem = code === 'ENOENT' ? 'there is none; `synod identities init` makes one' : (error as Error).message;
    throw damaged(path, problem);
  }
}

function damaged(path: string, problem: string): CommandError {
  return new CommandError('usage', `cannot read who there is, ${path}: ${problem}`);
}

function isOptions(value: unknown): value is Roster['init'] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((one) => typeof one === 'string' || typeof one === 'boolean' || isTexts(one));
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
