import { join } from 'node:path';
import ts from 'typescript';
import { workspaceRoot } from '../workspace.js';
import type { Manifest } from './manifests.js';

/** By object, what people find it by. */
export type Titled = readonly (readonly [title: string, object: Manifest])[];

/**
 * What is wrong with the form of these objects: fields that are none, values of another type, an apiVersion that has no such kind. The
 * API's own schema lets unknown fields pass; its types in TypeScript do not, where they meet an object that is written down.
 */
export function schemaProblems(objects: Titled): string[] {
  const source = objects.map(([, object], place) => `const o${place}: ${typeOf(object)} = ${JSON.stringify(object)};`);
  return diagnose(source.join('\n')).map(([line, message]) => `${objects[line]?.[0]}: ${message}`);
}

/** `networking.k8s.io/v1` is in the file `networking/v1`, and `v1` in `core/v1`. */
function typeOf({ apiVersion, kind }: Manifest): string {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
  if (![group, version, kind].every((word) => /^[A-Za-z0-9.]+$/.test(word ?? ''))) return 'never';
  return `import('kubernetes-types/${group!.replace(/\.k8s\.io$/, '')}/${version}').${kind}`;
}

const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: [],
  skipLibCheck: true,
};
/** Those of the library and of the API: the same each time. */
const sources = new Map<string, ts.SourceFile | undefined>();

/** By line, from 0. */
function diagnose(text: string): (readonly [number, string])[] {
  const path = join(workspaceRoot, 'tools', 'checks', 'objects.ts');
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => name === path || fileExists(name);
  host.getSourceFile = (name, target, ...rest) => {
    if (name === path) return ts.createSourceFile(name, text, target, true);
    if (!sources.has(name)) sources.set(name, getSourceFile(name, target, ...rest));
    return sources.get(name);
  };
  return ts.getPreEmitDiagnostics(ts.createProgram([path], options, host)).map(({ file, start, messageText }) => {
    const line = file?.fileName === path ? file.getLineAndCharacterOfPosition(start ?? 0).line : -1;
    return [line, ts.flattenDiagnosticMessageText(messageText, ' ')] as const;
  });
}
