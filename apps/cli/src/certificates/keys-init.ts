import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { groupKeysPath, makeKeys, readGroupKeys } from '@synod/keys';
import { byzantineFaults } from '@synod/quorum';
import type { Call, Command } from '../command.js';
import { usageError } from '../exit-codes.js';
import type { ExitCode } from '../exit-codes.js';
import { everywhere } from '../options.js';

export const keysInit: Command = {
  words: ['keys', 'init'],
  summary: 'make the keys of a new group whose members sign (PBFT)',
  arguments: [],
  options: {
    group: { value: 'NAME=MEMBERS', meaning: 'a group and its members, separated by commas', many: true },
    client: { value: 'NAME', meaning: 'an application that asks', many: true },
    dir: { value: 'DIR', meaning: 'where to write the folder keys (default .)', complete: 'directory' },
    cluster: { value: 'NAME', meaning: 'first part of every subject (default local)', variable: 'SYNOD_CLUSTER' },
    keep: { meaning: 'leave the keys of a group alone that has some, if they are of these members' },
    force: { meaning: 'also for a group so small that none of its members may be faulty' },
    ...everywhere,
  },
  details: [
    'Writes DIR/keys/GROUP/replica-NAME.key for each member and user-NAME.key for each client, for the gateway and for this' +
      ' command line (cli, and admin, who saves and restores): Ed25519, readable by their owner only. Give each process its own one and no other. The public' +
      ' keys are in DIR/keys/GROUP/group.json, which everybody needs and nobody may change.',
    'Keys are never replaced: a group with other keys is another group. To begin anew, remove its keys and its data.',
  ],
  examples: [
    'keys init --dir deploy --group pbft=pbft-r1,pbft-r2,pbft-r3,pbft-r4',
    'keys init --cluster prod --dir /etc/synod --group bank=bank-r1,bank-r2,bank-r3,bank-r4 --client billing',
  ],
  run: (call) => Promise.resolve(runInit(call)),
};

function runInit(call: Call): ExitCode {
  const { values, output } = call;
  const groups = values.list('group').map(groupIn);
  if (groups.length === 0) throw usageError('name each group: --group pbft=pbft-r1,pbft-r2,pbft-r3,pbft-r4');
  const cluster = values.text('cluster') ?? 'local';
  const directory = join(resolve(call.directory, values.text('dir') ?? '.'), 'keys');
  const users = [...new Set(['gateway', 'cli', 'admin', ...values.list('client')])];
  for (const { group, members } of groups) {
    const path = groupKeysPath(directory, group);
    if (values.flag('keep') && existsSync(path)) requireMembers(path, members);
    else {
      if (!values.flag('force')) requireTolerance(members);
      refusing(() => makeKeys({ directory, cluster, group, members, users }));
    }
    const { epoch } = readGroupKeys(path);
    if (output.json) output.document({ cluster, group, epoch, members, users, publicKeys: path });
    else output.line(`${path}: the public keys of ${members.join(', ')} and of ${users.join(', ')}; epoch ${epoch}`);
  }
  return 'ok';
}

/** `pbft=pbft-r1,pbft-r2,pbft-r3,pbft-r4` */
function groupIn(text: string): { readonly group: string; readonly members: readonly string[] } {
  const [, group, members] = /^([^=]+)=([^=/]+)$/.exec(text) ?? [];
  if (group !== undefined && members !== undefined) return { group, members: members.split(',') };
  throw usageError(`--group ${JSON.stringify(text)} is not of the form pbft=pbft-r1,pbft-r2,pbft-r3,pbft-r4`);
}

/** Throws when signatures are for nothing, which nobody notices on a good day. */
function requireTolerance({ length: count }: readonly string[]): void {
  if (byzantineFaults(count) > 0) return;
  throw usageError(
    `of ${count === 1 ? '1 member' : `${count} members`} none may be faulty: a group has 4 members for one of them that does` +
      ' anything at all, 7 for two. If it is meant, say --force',
  );
}

function requireMembers(path: string, members: readonly string[]): void {
  const known = readGroupKeys(path).members;
  if ([...members].sort().join(',') === known.join(',')) return;
  throw usageError(`${path} has the keys of ${known.join(', ')}, not of ${members.join(', ')}`);
}

function refusing<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw usageError((error as Error).message);
  }
}
