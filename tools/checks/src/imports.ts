import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import ts from 'typescript';
import { type ImportTable, tablePath } from './import-table.js';
import { type Project, type SourceText, tagged } from './workspace.js';

export interface Import {
  readonly specifier: string;
  readonly line: number;
}

/** Static and dynamic imports, re-exports and requires. */
export function importsOf(text: string): Import[] {
  const lineAt = (position: number) => text.slice(0, position).split('\n').length;
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName, pos }) => ({
    specifier: fileName,
    line: lineAt(pos),
  }));
}

/** Sentences about the imports of one file that the table does not allow. */
export class ImportRules {
  private readonly byName: ReadonlyMap<string, Project>;

  constructor(
    private readonly table: ImportTable,
    projects: readonly Project[],
  ) {
    this.byName = new Map(projects.map((project) => [project.name, project]));
  }

  /** A project whose tags the table does not know would be free to import anything. */
  unknownTags(project: Project): string[] {
    const type = tagged(project, 'type');
    const adapter = tagged(project, 'adapter');
    const problems = [];
    if (!type || !this.table.types[type]) problems.push(`no known type: tag (${type ?? 'none'})`);
    if (!tagged(project, 'scope')) problems.push('no scope: tag');
    if (type === 'adapter' && !this.table.adapters[adapter ?? '']) problems.push('no known adapter: tag');
    return problems.map((problem) => `${project.root}/package.json has ${problem}; see ${tablePath}`);
  }

  violations(project: Project, source: SourceText): string[] {
    return importsOf(source.text).flatMap(({ specifier, line }) => {
      const why = this.refuse(project, source.path, specifier);
      return why ? [`${source.path}:${line} imports ${specifier}: ${why}`] : [];
    });
  }

  private refuse(project: Project, path: string, specifier: string): string | undefined {
    const inTest = path.startsWith(`${project.root}/test/`);
    if (specifier.startsWith('.')) return refuseRelative(project, path, specifier, inTest);
    if (isBuiltin(specifier)) return this.refuseBuiltin(project, specifier, inTest);
    if (inTest && this.table.tests.mayAlsoImport.includes(specifier)) return undefined;
    const name = packageOf(specifier);
    const neighbour = this.byName.get(name);
    const refused = neighbour ? this.refuseProject(project, neighbour) : this.refusePackage(project, name, inTest);
    if (refused || inTest || name in project.dependencies || tagged(project, 'type') === 'tool') return refused;
    return name === project.name
      ? 'a project names its own files by relative paths'
      : 'its package.json does not list it';
  }

  private refuseBuiltin(project: Project, specifier: string, inTest: boolean): string | undefined {
    if (!specifier.startsWith('node:')) return `write node:${specifier}`;
    const type = tagged(project, 'type') ?? '';
    return inTest || this.table.types[type]?.node ? undefined : `${tablePath}: type:${type} may not import node:`;
  }

  private refuseProject(project: Project, neighbour: Project): string | undefined {
    const type = tagged(project, 'type') ?? '';
    const scope = tagged(project, 'scope') ?? '';
    if (neighbour.name === project.name) return undefined;
    const words = this.table.types[type]?.mayImport ?? [];
    const allowed = words.some((word) => neighbour.tags.includes(word.includes(':') ? word : `type:${word}`));
    if (!allowed) return `${tablePath}: type:${type} may import only ${words.join(', ')}`;
    const scopes = this.table.scopes[scope];
    if (!scopes || scopes.includes(tagged(neighbour, 'scope') ?? '')) return undefined;
    return `${tablePath}: scope:${scope} may import only scopes ${scopes.join(', ')}`;
  }

  private refusePackage(project: Project, name: string, inTest: boolean): string | undefined {
    const type = tagged(project, 'type') ?? '';
    const own = this.table.types[type]?.npm ?? this.table.adapters[tagged(project, 'adapter') ?? '']?.npm ?? [];
    const patterns = inTest ? [...own, ...this.table.tests.npm] : own;
    if (
      patterns.some((pattern) => (pattern.endsWith('/*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern))
    ) {
      return undefined;
    }
    return `${tablePath}: of npm packages it may import ${patterns.length > 0 ? patterns.join(', ') : 'none'}`;
  }
}

/** `@scope/name/deep` → `@scope/name`; `name/deep` → `name`. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function refuseRelative(project: Project, path: string, specifier: string, inTest: boolean): string | undefined {
  const target = posix.join(posix.dirname(path), specifier);
  if (!target.startsWith(`${project.root}/`)) return 'another project is imported by its name';
  if (!inTest && !target.startsWith(`${project.root}/src/`)) return 'sources import sources only';
  return undefined;
}
