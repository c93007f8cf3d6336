import ts from 'typescript';
import type { SourceText } from './workspace.js';

/** Names that TypeScript's own library declares, but whose answers depend on the host. */
const hostNames = new Set([
  ...['Date', 'Promise', 'Intl', 'WeakRef', 'FinalizationRegistry', 'Atomics', 'SharedArrayBuffer'],
  ...['globalThis', 'eval', 'Function'],
]);
const hostMembers = new Set(['localeCompare', 'toLocaleString', 'toLocaleLowerCase', 'toLocaleUpperCase']);

/** Sentences about whatever in this source could make two runs over the same inputs differ. */
export function impurities(source: SourceText): string[] {
  const file = ts.createSourceFile(source.path, source.text, ts.ScriptTarget.ES2023, true);
  const problems: string[] = [];
  const visit = (node: ts.Node): void => {
    const name = impurityOf(node);
    if (name) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      problems.push(
        `${source.path}:${line + 1} uses ${name}: a core is synchronous and knows neither clock nor chance`,
      );
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return problems;
}

function impurityOf(node: ts.Node): string | undefined {
  if (node.kind === ts.SyntaxKind.AsyncKeyword) return 'async';
  if (node.kind === ts.SyntaxKind.AwaitExpression || node.kind === ts.SyntaxKind.AwaitKeyword) return 'await';
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return 'import()';
  if (ts.isPropertyAccessExpression(node)) return memberImpurity(node);
  if (!ts.isIdentifier(node) || !hostNames.has(node.text) || isOnlyALabel(node)) return undefined;
  return node.text;
}

function memberImpurity({ expression, name }: ts.PropertyAccessExpression): string | undefined {
  if (name.text === 'random' && ts.isIdentifier(expression) && expression.text === 'Math') return 'Math.random';
  return hostMembers.has(name.text) ? name.text : undefined;
}

/** `message.Date` and `{ Date: 1 }` name a member of something else. */
function isOnlyALabel(node: ts.Identifier): boolean {
  const { parent } = node;
  const named =
    ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent);
  return named && parent.name === node;
}
