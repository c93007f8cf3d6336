import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { groupKeysPath, readGroupKeys } from '@synod/keys';
import type { GroupKeys } from '@synod/keys';
import type { Call } from '../command.js';
import { CommandError, usageError } from '../exit-codes.js';
import { findStack } from '../stack.js';

/** Where keys are: as the option says, or the local stack, running or not. */
export function keysDirectory({ values, directory }: Pick<Call, 'values' | 'directory'>): string | undefined {
  return values.text('trust') ?? findStack(directory)?.keys;
}

/** Of one group, where what its members say is to be checked. */
export function publicKeysOf(directory: string | undefined, group: string): GroupKeys {
  if (directory === undefined) throw withoutKeys();
  return readGroupKeys(groupKeysPath(directory, group));
}

function withoutKeys(): CommandError {
  return usageError('name the directory of the public keys: --trust DIR or SYNOD_KEYS, as `synod keys init` writes it');
}

/** The public keys of the group that is named, or of all that there are. */
export function publicKeys(call: Call): readonly GroupKeys[] {
  const directory = keysDirectory(call);
  if (directory === undefined) throw withoutKeys();
  const named = call.values.text('group');
  const groups = named === undefined ? groupsIn(directory) : [named];
  if (groups.length === 0) throw new CommandError('failed', `there are no keys of a group in ${directory}`);
  return groups.map((group) => readGroupKeys(groupKeysPath(directory, group)));
}

function groupsIn(directory: string): readonly string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory).filter((name) => existsSync(join(directory, name, 'group.json')));
}
