import { BackupFile, BackupFileError } from '@synod/backup';
import type { Call } from '../command.js';
import { CommandError } from '../exit-codes.js';
import type { Output } from '../output.js';
import { printable } from '../output.js';

export const fileArgument = { name: 'FILE', meaning: 'the snapshot' };

/** Whole and undamaged, or an error that says what is wrong. Closed afterwards. */
export async function withFile<T>(path: string, work: (file: BackupFile) => Promise<T> | T): Promise<T> {
  const file = naming(path, () => BackupFile.open(path));
  try {
    return await work(file);
  } finally {
    file.close();
  }
}

/** What is wrong with a file is said with its name. */
export function naming<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof BackupFileError)) throw error;
    const { message } = error;
    throw new CommandError('failed', message.startsWith(path) ? message : `${path}: ${message}`, 'damaged');
  }
}

/** For JSON, and in this order for people. */
export function documentOf({ header, pageCount, registerCount, id, sizeBytes }: BackupFile) {
  return { ...header, registers: registerCount, pages: pageCount, bytes: sizeBytes, id: hexOf(id) };
}

/** Names in a file are whoever's wrote it. */
export function linesOf(file: BackupFile): string[] {
  const { group, protocol, cluster, clusterId, position, revision, stateHash, keys, blocks, ...rest } =
    documentOf(file);
  const lines = [
    `group ${group} of cluster ${cluster}, ${protocol}, id ${clusterId}`,
    `saved ${rest.savedAt} by synod ${rest.version}, at position ${position} of its log, state ${stateHash}`,
    `${keys} keys up to revision ${revision}, ${blocks} ledger blocks, ${rest.registers} registers`,
    `${rest.bytes} bytes, ${rest.pages} pages, SHA-256 ${rest.id}`,
  ];
  return lines.map(printable);
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** Ctrl-C between two steps; `what` is the outcome. */
export function requireGoingOn({ signal }: Call, what: string): void {
  if (signal.aborted) throw new CommandError('failed', `interrupted: ${what}`);
}

const everyMs = 1000;

/** How far it is, on a terminal, once a second. */
export class Progress {
  private toldAt = performance.now();

  constructor(private readonly output: Output) {}

  tell(what: () => string): void {
    const now = performance.now();
    if (!this.output.isTerminal || this.output.json || now - this.toldAt < everyMs) return;
    this.toldAt = now;
    this.output.remark(what());
  }
}

export function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
