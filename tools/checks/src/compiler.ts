import { join } from 'node:path';
import ts from 'typescript';
import { workspaceRoot } from './workspace.js';

const libraries = new Map<string, ts.SourceFile | undefined>();

/** Compiler messages about `text` as if it were a file in the project's src folder, by line number. */
export function diagnose(projectRoot: string, text: string): Map<number, string[]> {
  const configPath = join(workspaceRoot, projectRoot, 'tsconfig.lib.json');
  const config = ts.getParsedCommandLineOfConfigFile(
    configPath,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic },
  );
  if (!config) throw new Error(`${configPath} cannot be read`);
  const probe = join(workspaceRoot, projectRoot, 'src', 'probe.ts');
  const options = { ...config.options, composite: false, incremental: false, declaration: true, noEmit: true };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (path) => path === probe || fileExists(path);
  host.getSourceFile = (path, target, ...rest) => {
    if (path === probe) return ts.createSourceFile(path, text, target, true);
    if (!libraries.has(path)) libraries.set(path, getSourceFile(path, target, ...rest));
    return libraries.get(path);
  };
  const byLine = new Map<number, string[]>();
  for (const { file, start, messageText } of ts.getPreEmitDiagnostics(ts.createProgram([probe], options, host))) {
    const line = file ? file.getLineAndCharacterOfPosition(start ?? 0).line + 1 : 0;
    byLine.set(line, [...(byLine.get(line) ?? []), ts.flattenDiagnosticMessageText(messageText, ' ')]);
  }
  return byLine;
}

function onUnRecoverableConfigFileDiagnostic(diagnostic: ts.Diagnostic): never {
  throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, ' '));
}
