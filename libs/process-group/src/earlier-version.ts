import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { workspaceRoot } from './bundle.js';

/**
 * The programs of an earlier commit of this repository, made of its sources with the packages that are installed now. They are kept
 * below node_modules: a commit never changes.
 */
export class EarlierVersion {
  private constructor(
    readonly commit: string,
    private readonly directory: string,
  ) {}

  /** Undefined where the history does not have it: in a shallow clone, or where there is no git. */
  static at(commit: string): EarlierVersion | undefined {
    const root = workspaceRoot();
    const has = spawnSync('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: root });
    if (has.status !== 0) return undefined;
    return new EarlierVersion(commit, join(root, 'node_modules', '.cache', 'synod-versions', commit));
  }

  /** The path of a bundle of `apps/raft-replica/src/main.ts`, or of any other program, as it was then. */
  program(entry: string): string {
    const out = join(this.directory, 'programs', `${entry.replaceAll(/[^a-z]+/g, '-')}.mjs`);
    if (existsSync(out)) return out;
    this.checkOut();
    const bundler = pathToFileURL(join(this.sources, 'tools/launcher/bundle.mjs')).href;
    const script = `import { bundleProgram } from ${JSON.stringify(bundler)}; await bundleProgram(...process.argv.slice(1));`;
    const aside = `${out}.part-${process.pid}.mjs`;
    mkdirSync(dirname(out), { recursive: true });
    run(this.sources, process.execPath, ['--input-type=module', '-e', script, entry, aside]);
    renameSync(aside, out);
    return out;
  }

  private get sources(): string {
    return join(this.directory, 'sources');
  }

  /** Its packages are those of now, and its own projects those of then. */
  private checkOut(): void {
    if (existsSync(this.sources)) return;
    const root = workspaceRoot();
    const aside = `${this.sources}.part-${process.pid}`;
    mkdirSync(aside, { recursive: true });
    const archive = join(aside, 'archive.tar');
    run(root, 'git', ['archive', '--output', archive, this.commit]);
    run(aside, 'tar', ['-xf', archive]);
    rmSync(archive);
    const modules = join(aside, 'node_modules');
    mkdirSync(join(modules, '@synod'), { recursive: true });
    for (const name of readdirSync(join(root, 'node_modules'))) {
      if (name !== '@synod' && !name.startsWith('.'))
        symlinkSync(join(root, 'node_modules', name), join(modules, name));
    }
    for (const folder of projectsIn(aside)) {
      const { name } = JSON.parse(readFileSync(join(aside, folder, 'package.json'), 'utf8')) as {
        readonly name: string;
      };
      if (name.startsWith('@synod/')) symlinkSync(join('../..', folder), join(modules, name));
    }
    renameSync(aside, this.sources);
  }
}

/** As its package.json has them: each workspace is all projects in a folder. */
function projectsIn(root: string): readonly string[] {
  const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { workspaces: string[] };
  const folders = workspaces
    .map((pattern) => pattern.replace('/*', ''))
    .filter((folder) => existsSync(join(root, folder)));
  const inside = folders.flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name)));
  return inside.filter((folder) => existsSync(join(root, folder, 'package.json')));
}

function run(cwd: string, program: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { cwd });
  if (status !== 0) throw new Error(`${program} ${args[0]}: ${error?.message ?? stderr.toString()}`);
}
