import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The folder that holds nx.json, seen from where this process was started. */
export function workspaceRoot(folder = process.cwd()): string {
  if (existsSync(join(folder, 'nx.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`no nx.json in ${process.cwd()} or above it: start this in the checkout`);
  return workspaceRoot(parent);
}

/** Makes one file of a program, named by its path in the workspace, from the sources as they are now. */
export function bundleProgram(entry: string, out: string): void {
  const bundler = pathToFileURL(join(workspaceRoot(), 'tools/launcher/bundle.mjs')).href;
  const script = `import { bundleProgram } from ${JSON.stringify(bundler)}; await bundleProgram(...process.argv.slice(1));`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script, entry, out]);
  if (status !== 0) throw new Error(`${entry} could not be bundled:\n${stderr.toString()}`);
}

/** The programs of one run, each made once: a run never tests yesterday's bundle. */
export class Bundles {
  private readonly made = new Map<string, string>();

  constructor(private readonly directory: string) {}

  /** The path of the bundle of `apps/raft-replica/src/main.ts`, or of any other program. */
  of(entry: string): string {
    let out = this.made.get(entry);
    if (out === undefined) {
      out = join(this.directory, `${entry.replaceAll(/[^a-z]+/g, '-')}.mjs`);
      bundleProgram(entry, out);
      this.made.set(entry, out);
    }
    return out;
  }
}
