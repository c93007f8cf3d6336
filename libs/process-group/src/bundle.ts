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

/** Makes one file of an app, from its sources as they are now: a run never tests yesterday's bundle. */
export function bundleApp(app: string, out: string): void {
  bundleProgram(`apps/${app}/src/main.ts`, out);
}

/** The same for any program, named by its path in the workspace. */
export function bundleProgram(entry: string, out: string): void {
  const bundler = pathToFileURL(join(workspaceRoot(), 'tools/launcher/bundle.mjs')).href;
  const script = `import { bundleProgram } from ${JSON.stringify(bundler)}; await bundleProgram(...process.argv.slice(1));`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script, entry, out]);
  if (status !== 0) throw new Error(`${entry} could not be bundled:\n${stderr.toString()}`);
}
