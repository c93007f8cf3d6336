import type { BackupFile } from '@synod/backup';
import type { KeyValueGroup } from '@synod/client';
import { findCluster } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import type { Call, Command } from '../command.js';
import { CommandError } from '../exit-codes.js';
import type { ExitCode } from '../exit-codes.js';
import { timeoutOf, withGroup } from '../key-value/group.js';
import { everywhere, keyValue } from '../options.js';
import { fileArgument, hexOf, Progress, requireGoingOn, withFile } from './file.js';
import { hasRegisters, lookAt, requireFeature, withAdmin } from './group.js';

const halfRestored = 'the group is half restored and answers nobody; run it again';

export const snapshotRestore: Command = {
  words: ['snapshot', 'restore'],
  summary: 'make of a new group what was saved of another one',
  arguments: [fileArgument],
  options: {
    'without-registers': {
      meaning: 'also into a group whose protocol has no registers: those of the file are left out',
    },
    abandon: { meaning: 'give up first what was begun to be restored and never finished' },
    ...keyValue,
    ...everywhere,
  },
  details: [
    'The group must be new: nobody has used it, not even for keys that are deleted again. Its protocol may be another one. Keys keep their values, revisions and versions, so' +
      ' what compared before compares now; new revisions go on above all that were saved. Ledger blocks keep their hashes, registers' +
      ' their values. Sessions are not restored: whoever does not know what became of a write must look.',
    'Everything goes through the log of the group, so all members do the same. Until all is there the group refuses everybody else.' +
      ' When it was interrupted, the same command with the same file goes on. Asks as user admin.',
  ],
  examples: ['snapshot restore monday.synod --group raft', 'snapshot restore monday.synod --group pbft --json'],
  run: runRestore,
};

async function runRestore(call: Call): Promise<ExitCode> {
  const cluster = findCluster(call);
  if (call.values.text('group') === undefined) {
    throw new CommandError('usage', 'say which group is to become what was saved: --group NAME');
  }
  return withFile(call.arguments[0] ?? '', async (file) => {
    await withAdmin(call, cluster, async (admin) => requireFeature(await lookAt(admin, cluster), cluster, 'backup-2'));
    return withGroup(call, (group) => restore(call, cluster, group, file), cluster, 'admin');
  });
}

async function restore(call: Call, cluster: Cluster, group: KeyValueGroup, file: BackupFile): Promise<ExitCode> {
  const { values, output } = call;
  const options = { timeoutMs: timeoutOf(call) };
  const { header, pageCount, registerCount, id } = file;
  const { backup } = group;
  const before = await backup.restoring(options);
  const isAnother = before.id.length > 0 && hexOf(before.id) !== hexOf(id);
  if (before.phase === 'used' || (isAnother && before.phase === 'restored')) throw notEmpty(cluster, before.phase);
  if (isAnother && !values.flag('abandon')) throw underWay(cluster, hexOf(before.id));
  requireRegisters(call, group, registerCount);
  if (isAnother) await backup.abandon(before.id, options);
  const begun = await backup.begin(id, header.revision, pageCount, options);
  const isNew = begun.phase !== 'restored';
  if (isNew) await load(call, group, file, begun.next);
  if (hasRegisters(group)) await decideAll(call, group, file);
  await backup.finish(id, header.stateHash, options);
  const { keys, blocks, stateHash, revision } = header;
  const registers = hasRegisters(group) ? registerCount : 0;
  if (output.json)
    output.document({ group: cluster.group, isNew, keys, blocks, registers, revision, stateHash, id: hexOf(id) });
  else if (!isNew) output.line(`group ${cluster.group} was made of this file before; nothing was changed`);
  else {
    const what = `${keys} keys, ${blocks} ledger blocks, ${registers} registers`;
    output.line(
      `group ${cluster.group} is what was saved: ${what}, state ${stateHash}; new revisions are above ${revision}`,
    );
  }
  return 'ok';
}

async function load(call: Call, group: KeyValueGroup, file: BackupFile, from: number): Promise<void> {
  const timeoutMs = timeoutOf(call);
  const progress = new Progress(call.output);
  let number = 0;
  for (const page of file.pages()) {
    requireGoingOn(call, halfRestored);
    if (number >= from) await group.backup.load(file.id, number, page, { timeoutMs });
    number++;
    progress.tell(() => `${number} of ${file.pageCount} pages`);
  }
}

/** A register is decided once, so doing it again does no harm; and what others decided there first stays. */
export async function decideAll(call: Call, group: KeyValueGroup, file: BackupFile): Promise<void> {
  const timeoutMs = timeoutOf(call);
  const progress = new Progress(call.output);
  let number = 0;
  for (const { key, value } of file.registers()) {
    requireGoingOn(call, halfRestored);
    const { isOurs } = await group.decide(key, value, { timeoutMs });
    number++;
    progress.tell(() => `${number} of ${file.registerCount} registers`);
    if (isOurs) continue;
    throw new CommandError(
      'notMet',
      `register ${key} of the group has another value than the one that was saved: it is no new group. It is half restored, and` +
        ' answers nobody; begin again with an empty one',
    );
  }
}

function requireRegisters({ values }: Call, group: KeyValueGroup, count: number): void {
  if (count === 0 || hasRegisters(group) || values.flag('without-registers')) return;
  throw new CommandError(
    'usage',
    `${count} write-once registers were saved, and a group that speaks ${group.protocol ?? 'this protocol'} has none: restore into` +
      ' one of Multi-Paxos, or leave them out with --without-registers',
    'unsupported',
  );
}

function notEmpty({ group }: Cluster, phase: string): CommandError {
  const why = phase === 'used' ? 'it has keys or ledger blocks, or had' : 'something else was restored into it';
  return new CommandError('notMet', `group ${group} is not new: ${why}. Restore into a new group`, 'notEmpty');
}

function underWay({ group }: Cluster, id: string): CommandError {
  return new CommandError(
    'notMet',
    `another file is being restored into group ${group}, that with SHA-256 ${id}: finish it with that file, or give it up with --abandon`,
    'notEmpty',
  );
}
