import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** What a project's package.json says about it. */
export interface Project {
  readonly name: string;
  /** Relative to the workspace, with slashes. */
  readonly root: string;
  readonly tags: readonly string[];
  readonly dependencies: Readonly<Record<string, string>>;
}

export interface SourceText {
  /** Relative to the workspace, with slashes. */
  readonly path: string;
  readonly text: string;
}

const parents = ['apps', 'libs', 'tools', 'examples'];
const skipped = new Set(['node_modules', 'dist', 'out-tsc', 'coverage', '.nx', '.synod', '.git']);

/** The folder that holds nx.json, seen from wherever jest was started. */
export const workspaceRoot = findUp(process.cwd(), 'nx.json');

function findUp(folder: string, file: string): string {
  if (existsSync(join(folder, file))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`No ${file} in ${process.cwd()} or above it`);
  return findUp(parent, file);
}

export function readText(path: string): string {
  return readFileSync(join(workspaceRoot, path), 'utf8');
}

export function readJson<T>(path: string): T {
  return JSON.parse(readText(path)) as T;
}

export function isPresent(path: string): boolean {
  return existsSync(join(workspaceRoot, path));
}

/** Every file below `folder`, generated and installed ones left out. */
export function filesBelow(folder: string): string[] {
  const absolute = join(workspaceRoot, folder);
  return readdirSync(absolute, { withFileTypes: true }).flatMap((entry) => {
    const path = relative(workspaceRoot, join(absolute, entry.name)).split(sep).join('/');
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}

interface PackageJson {
  readonly name: string;
  readonly nx?: { readonly tags?: readonly string[] };
  readonly dependencies?: Readonly<Record<string, string>>;
}

export function findProjects(): Project[] {
  const manifests = parents.flatMap(filesBelow).filter((path) => path.endsWith('/package.json'));
  return manifests.map((path) => {
    const manifest = readJson<PackageJson>(path);
    const { name, nx, dependencies = {} } = manifest;
    return { name, root: dirname(path), tags: nx?.tags ?? [], dependencies };
  });
}

/** The project's TypeScript, without what is generated. */
export function sourcesOf(project: Project, below: 'src' | 'test'): SourceText[] {
  const folder = `${project.root}/${below}`;
  if (!isPresent(folder)) return [];
  return filesBelow(folder)
    .filter((path) => path.endsWith('.ts') && !path.includes('/src/gen/'))
    .map((path) => ({ path, text: readText(path) }));
}

/** The value of the project's `key:value` tag. */
export function tagged(project: Project, key: string): string | undefined {
  return project.tags.find((tag) => tag.startsWith(`${key}:`))?.slice(key.length + 1);
}
