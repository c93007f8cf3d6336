import { existsSync } from 'node:fs';
import { groupKeysPath, makeKeys } from '@synod/keys';
import type { Identity } from '@synod/nats-transport';
import { isSigned } from '@synod/topology';
import { identities, keysIn } from './stack.js';
import type { Stack } from './stack.js';

/** Once per group: its data are worth nothing under other keys. For each user who asks in it; the admin saves and restores. */
export function ensureKeys(stack: Stack): void {
  const users = identities(stack).flatMap((one) => (asks(one) ? [one.name] : []));
  const directory = keysIn(stack);
  for (const { name: group, protocol, services } of stack.groups) {
    if (!isSigned(protocol) || existsSync(groupKeysPath(directory, group))) continue;
    makeKeys({ directory, cluster: stack.cluster, group, members: services.map(({ name }) => name), users });
  }
}

function asks(one: Identity): one is Extract<Identity, { readonly role: 'client' | 'gateway' | 'admin' }> {
  return one.role === 'client' || one.role === 'gateway' || one.role === 'admin';
}
