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
  const bundler = pathToFileURL(join(workspaceRoot(), 'tools/launcher/bundle.mjs')).href;
  const script = `import { bundleApp } from ${JSON.stringify(bundler)}; await bundleApp(...process.argv.slice(1));`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script, app, out]);
  if (status !== 0) throw new Error(`apps/${app} could not be bundled:\n${stderr.toString()}`);
}
