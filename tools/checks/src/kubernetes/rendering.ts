import { execFileSync } from 'node:child_process';
import { workspaceRoot } from '../workspace.js';
import { manifestsIn } from './manifests.js';
import type { Manifest } from './manifests.js';

/** What renders a folder: the words of a command, behind which comes the folder. */
export type Renderer = readonly [string, ...string[]];

const known: readonly { readonly renderer: Renderer; readonly version: readonly string[] }[] = [
  { renderer: ['kustomize', 'build'], version: ['version'] },
  { renderer: ['kubectl', 'kustomize'], version: ['version', '--client'] },
];

/** Those of this machine; older ones than Kustomize 5 read another language. */
export function renderers(): readonly Renderer[] {
  return known
    .filter(({ renderer: [program], version }) => /^(Kustomize Version: )?v5\./m.test(output(program, version) ?? ''))
    .map(({ renderer }) => renderer);
}

export function rendered([program, ...words]: Renderer, folder: string): readonly Manifest[] {
  return manifestsIn(run(program, [...words, folder]), folder);
}

function output(program: string, args: readonly string[]): string | undefined {
  try {
    return run(program, args);
  } catch {
    return undefined;
  }
}

function run(program: string, args: readonly string[]): string {
  return execFileSync(program, args, { cwd: workspaceRoot, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
