import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inWorkspace } from './workspace.mjs';

/** Some packages are CommonJS inside and call `require`, which an ES module does not have. */
const banner =
  "import { createRequire as createRequireForBundle } from 'node:module';\nconst require = createRequireForBundle(import.meta.url);";

/** Makes `dist/main.js` of every app and of the launcher: one file each, which needs no node_modules. */
export async function bundle() {
  const newest = newestSource();
  const stale = findPrograms().filter(({ out }) => modifiedAt(out) < newest);
  if (stale.length === 0) return { detail: 'up to date' };
  const { build } = await import('esbuild');
  await Promise.all(stale.map(({ entry, out }) => build(optionsFor(entry, out))));
  return { detail: stale.map(({ name }) => name).join(', ') };
}

/** One program of the workspace into a file of the caller's own, from the sources as they are now. */
export async function bundleProgram(entry, out) {
  const { build } = await import('esbuild');
  await build(optionsFor(inWorkspace(entry), out));
}

/**
 * Tools that compute for minutes: a bundle runs half as long again as fast as sources that are translated as they are loaded.
 * Their worker processes are programs of their own.
 */
const toolPrograms = { sim: ['main', 'worker', 'soak', 'mutants/main', 'mutants/worker'] };

/** Makes `dist/programs/<program>.js` of each of the tool's programs, from the sources as they are now; gives a program's path. */
export async function bundleTool(tool) {
  const folder = inWorkspace('tools', tool);
  // Not where the compiler puts its own output of the same name.
  const out = (program) => join(folder, 'dist', 'programs', `${program}.js`);
  const newest = Math.max(newestSource(), ...sourceFiles(join(folder, 'src')).map(modifiedAt));
  const stale = toolPrograms[tool].filter((program) => modifiedAt(out(program)) < newest);
  const { build } = await import('esbuild');
  await Promise.all(stale.map((program) => build(optionsFor(join(folder, 'src', `${program}.ts`), out(program)))));
  return out;
}

function optionsFor(entry, out) {
  return {
    entryPoints: [entry],
    outfile: out,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['@synod/source'],
    loader: { '.html': 'text', '.css': 'text', '.client.js': 'text' },
    banner: { js: banner },
    sourcemap: 'linked',
    logLevel: 'error',
  };
}

function findPrograms() {
  const apps = readdirSync(inWorkspace('apps')).map((name) => ({ name, folder: inWorkspace('apps', name) }));
  return [...apps, { name: 'launcher', folder: inWorkspace('tools', 'launcher') }]
    .map(({ name, folder }) => ({ name, entry: join(folder, 'src', 'main.ts'), out: join(folder, 'dist', 'main.js') }))
    .filter(({ entry }) => existsSync(entry));
}

function newestSource() {
  const sources = ['apps', 'libs', 'tools/launcher'].flatMap((folder) => sourceFiles(inWorkspace(folder)));
  return Math.max(...[inWorkspace('package-lock.json'), ...sources].map(modifiedAt));
}

function sourceFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : sourceFiles(join(folder, entry.name));
    return /\.(ts|js|mjs|json|html|css)$/.test(entry.name) ? [join(folder, entry.name)] : [];
  });
}
const skipped = new Set(['node_modules', 'dist', 'out-tsc', 'test']);

const modifiedAt = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
