import * as fs from 'node:fs';
import { dirname } from 'node:path';

export interface WholeFile {
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

export type FileSystem = Pick<
  typeof fs,
  'openSync' | 'fchmodSync' | 'writeFileSync' | 'fsyncSync' | 'closeSync' | 'renameSync'
>;

/**
 * Writes files, in place of what was there. Whoever reads meanwhile, whatever ends us, and after a power cut: each is what it was, or
 * all of the new one. All are aside before the first gets its name, so that there is hardly a moment at which some of them do not fit
 * the others; and when this returns, all are durable, so that what is written afterwards may rest on them.
 */
export function writeWhole(files: readonly WholeFile[], on: FileSystem = fs): void {
  for (const file of files) writeAside(file, on);
  for (const { path } of files) on.renameSync(aside(path), path);
  for (const directory of new Set(files.map(({ path }) => dirname(path)))) {
    withFile(on.openSync(directory, 'r'), on, (handle) => on.fsyncSync(handle));
  }
}

/** Readable by its owner only, whatever was there. */
export function writePrivately(path: string, text: string): void {
  writeWhole([{ path, text, mode: 0o600 }]);
}

const aside = (path: string): string => `${path}.new`;

function writeAside({ path, text, mode }: WholeFile, on: FileSystem): void {
  withFile(on.openSync(aside(path), 'w', mode), on, (handle) => {
    // Before there is anything to read: an interrupted call may have left the file, and the umask has a word in a new one.
    on.fchmodSync(handle, mode);
    on.writeFileSync(handle, text);
    // A name may be durable before what it names.
    on.fsyncSync(handle);
  });
}

function withFile(handle: number, on: FileSystem, work: (handle: number) => void): void {
  try {
    work(handle);
  } finally {
    on.closeSync(handle);
  }
}
