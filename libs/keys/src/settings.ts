import { groupKeysPath } from './group-keys.js';
import { secretKeyPath } from './secret-key.js';

/** What the environment of a replica says of its keys, which are where `makeKeys` wrote them. */
export function keySettings(directory: string, group: string, replica: string): Readonly<Record<string, string>> {
  return {
    SYNOD_GROUP_KEYS_FILE: groupKeysPath(directory, group),
    SYNOD_SECRET_KEY_FILE: secretKeyPath(directory, group, { role: 'replica', name: replica }),
  };
}
