import ts from 'typescript';
import type { SourceText } from './workspace.js';

const blocks = new Set(['describe', 'it', 'test']);
const modifiers = new Set(['only', 'skip', 'todo']);
const shortForms = new Set(['xit', 'xtest', 'xdescribe', 'fit', 'fdescribe']);

/** Places where a test is left out, or keeps the others from running. */
export function testsThatDoNotRun(source: SourceText): string[] {
  const file = ts.createSourceFile(source.path, source.text, ts.ScriptTarget.ES2023, true);
  const problems: string[] = [];
  const visit = (node: ts.Node): void => {
    const name = offender(node);
    if (name) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      problems.push(`${source.path}:${line + 1} uses ${name}: a test runs, or it is deleted`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return problems;
}

function offender(node: ts.Node): string | undefined {
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && shortForms.has(node.expression.text)) {
    return node.expression.text;
  }
  if (!ts.isPropertyAccessExpression(node) || !modifiers.has(node.name.text)) return undefined;
  const root = rootOf(node.expression);
  return blocks.has(root) ? `${root}.${node.name.text}` : undefined;
}

function rootOf(expression: ts.Expression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? rootOf(expression.expression) : '';
}
