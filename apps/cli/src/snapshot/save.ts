import { BackupWriter } from '@synod/backup';
import type { BackupHeader } from '@synod/backup';
import { SynodError } from '@synod/client';
import type { Frozen, KeyValueGroup } from '@synod/client';
import { groupKeysPath, readGroupKeys } from '@synod/keys';
import { findCluster } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import type { Call, Command } from '../command.js';
import { CommandError } from '../exit-codes.js';
import type { ExitCode } from '../exit-codes.js';
import { timeoutOf, withGroup } from '../key-value/group.js';
import { everywhere, keyValue } from '../options.js';
import type { GroupStatus } from '../status/group-status.js';
import { version } from '../version.js';
import { documentOf, fileArgument, linesOf, mebibytes, naming, Progress, requireGoingOn, withFile } from './file.js';
import { clusterIdOf, hasRegisters, lookAt, withAdmin } from './group.js';
import { decidedIn, registerKeys } from './registers.js';

export const snapshotSave: Command = {
  words: ['snapshot', 'save'],
  summary: "write a consistent copy of a group's state into a file",
  arguments: [{ ...fileArgument, meaning: 'where to; only its owner can read it' }],
  options: {
    force: { meaning: 'replace the file if it is there' },
    ...keyValue,
    ...everywhere,
  },
  details: [
    'The copy is the state at one place of the log: it holds all that was answered before the command began, and nothing after that' +
      ' place. Keys with their revisions, the ledger, and write-once registers where there are some; no sessions. The group goes on' +
      ' meanwhile. Of a PBFT group each page is believed as reads are, when a quorum says it alike.',
    'The file gets its name when all of it is on disk. Whoever has it has all that the group holds. Asks as user admin.',
  ],
  examples: ['snapshot save monday.synod', 'snapshot save bank.synod --group pbft --json'],
  run: runSave,
};

async function runSave(call: Call): Promise<ExitCode> {
  const [path = ''] = call.arguments;
  const { output } = call;
  const cluster = findCluster(call);
  await withAdmin(call, cluster, (admin) =>
    withGroup(
      call,
      async (group) => {
        const status = await lookAt(admin, cluster);
        const keys = () => registerKeys(admin, status);
        await save(call, { group, cluster, status, path, keys });
      },
      cluster,
      'admin',
    ),
  );
  await withFile(path, (file) => {
    if (output.json) output.document({ file: path, ...documentOf(file) });
    else output.lines([`saved into ${path}`, ...linesOf(file)]);
  });
  return 'ok';
}

interface Saving {
  readonly group: KeyValueGroup;
  readonly cluster: Cluster;
  readonly status: GroupStatus;
  readonly path: string;
  /** Of all registers. */
  readonly keys: () => Promise<readonly string[]>;
}

async function save(call: Call, saving: Saving): Promise<void> {
  const { group, path } = saving;
  const timeoutMs = timeoutOf(call);
  const replaces = call.values.flag('force');
  naming(path, () => BackupWriter.requireRoom(path, replaces));
  const position = await group.backup.freeze({ timeoutMs });
  const frozen = await group.backup.frozen(position, { timeoutMs });
  const writer = naming(path, () => new BackupWriter(path, headerOf(saving, frozen), replaces));
  try {
    await copyPages(call, group, position, writer);
    if (hasRegisters(group)) await copyRegisters(call, group, await saving.keys(), writer);
    naming(path, () => writer.finish());
  } catch (error) {
    writer.abort();
    throw error;
  }
  // What is kept lapses anyway.
  await group.backup.thaw(position, { timeoutMs }).catch(() => undefined);
}

/** Throws unless there are as many as the group says at the end. */
export async function copyPages(
  call: Call,
  group: KeyValueGroup,
  position: number,
  writer: BackupWriter,
): Promise<void> {
  const timeoutMs = timeoutOf(call);
  const progress = new Progress(call.output);
  for (;;) {
    requireGoingOn(call, 'nothing was saved');
    const page = await pageOf(group, position, writer.pages, timeoutMs);
    if (page.kind === 'end') return requireAll(page.pages, writer.pages);
    if (page.kind === 'page') writer.page(page.bytes);
    progress.tell(() => `${writer.pages} pages, ${mebibytes(writer.bytes)}`);
  }
}

export async function copyRegisters(
  call: Call,
  group: KeyValueGroup,
  keys: readonly string[],
  writer: BackupWriter,
): Promise<void> {
  const progress = new Progress(call.output);
  for await (const { key, value } of decidedIn(group, keys, timeoutOf(call))) {
    requireGoingOn(call, 'nothing was saved');
    writer.register(key, value);
    progress.tell(() => `${writer.registers} of at most ${keys.length} registers`);
  }
}

async function pageOf(group: KeyValueGroup, position: number, number: number, timeoutMs: number) {
  try {
    return await group.backup.page(position, number, { timeoutMs });
  } catch (error) {
    if (!(error instanceof SynodError)) throw error;
    const message = `nothing was saved, it stopped at page ${number}: ${error.message}; run it again`;
    throw new SynodError(error.code, message);
  }
}

function requireAll(expected: number, got: number): void {
  if (expected !== got)
    throw new CommandError('failed', `nothing was saved: ${expected} pages were told of, not ${got}`);
}

/** Of a group whose members sign, the epoch is configuration, and not what anybody says. */
function headerOf(
  { cluster, status, group }: Saving,
  { position, revision, hash, keys, blocks }: Frozen,
): BackupHeader {
  const { name, group: groupName, keys: directory } = cluster;
  const isSigned = group.isSigned && directory !== undefined;
  const epoch = isSigned ? readGroupKeys(groupKeysPath(directory, groupName)).epoch : undefined;
  return {
    protocol: group.protocol ?? status.protocol.name,
    ...{ group: groupName, cluster: name, clusterId: epoch ?? clusterIdOf(status) },
    ...{ position, revision, stateHash: hash, keys, blocks },
    savedAt: new Date().toISOString(),
    version,
  };
}
