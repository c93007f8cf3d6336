import { existsSync } from 'node:fs';
import { groupKeysPath, makeKeys } from '@synod/keys';
import { whoAsks } from '@synod/nats-transport';
import { isSigned } from '@synod/topology';
import { identities, keysIn } from './stack.js';
import type { Stack } from './stack.js';

/** Once per group: its data are worth nothing under other keys. For each user who asks in it; the admin saves and restores. */
export function ensureKeys(stack: Stack): void {
  const users = whoAsks(identities(stack));
  const directory = keysIn(stack);
  for (const { name: group, protocol, services } of stack.groups) {
    if (!isSigned(protocol) || existsSync(groupKeysPath(directory, group))) continue;
    makeKeys({ directory, cluster: stack.cluster, group, members: services.map(({ name }) => name), users });
  }
}
