import { readGroupKeys, readSecretKey, sha256, verifyEd25519, verifyEd25519Later } from '@synod/keys';
import type { GroupKeys } from '@synod/keys';
import { EnvironmentError } from '../environment.js';

interface Told {
  readonly cluster: string;
  readonly group: string;
  readonly self: string;
  readonly members: readonly string[];
  readonly groupKeys: string;
  readonly secretKey: string;
}

/** What a member signs with and believes by, and in whose domain; the fields are those of PBFT's `PbftSecrets`. */
export interface SigningSecrets {
  readonly domain: Pick<GroupKeys, 'cluster' | 'group' | 'epoch'>;
  readonly keys: GroupKeys;
  readonly sha256: typeof sha256;
  readonly verify: typeof verifyEd25519Later;
  readonly sign: (bytes: Uint8Array) => Uint8Array;
}

/** The keys that the settings name, if they are of this very replica in this very group. */
export function secretsOf({ cluster, group, self, members, groupKeys, secretKey }: Told): SigningSecrets {
  try {
    const keys = readGroupKeys(groupKeys);
    requireSame('SYNOD_CLUSTER', cluster, keys.cluster);
    requireSame('SYNOD_GROUP', group, keys.group);
    requireSame('SYNOD_MEMBERS', [...members].sort().join(','), keys.members.join(','));
    const { sign } = readSecretKey(secretKey, keys, { role: 'replica', name: self }, verifyEd25519);
    return { domain: { cluster, group, epoch: keys.epoch }, keys, sha256, verify: verifyEd25519Later, sign };
  } catch (error) {
    throw new EnvironmentError((error as Error).message, { cause: error });
  }
}

function requireSame(variable: string, told: string, known: string): void {
  if (told !== known) throw new Error(`${variable} is ${told}, but SYNOD_GROUP_KEYS_FILE is of ${known}`);
}
