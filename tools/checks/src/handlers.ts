import ts from 'typescript';
import type { SourceText } from './workspace.js';

/** The messages that a core's `messages.ts` declares: interfaces with a literal `kind`. */
export function messageNames(source: SourceText): string[] {
  const file = ts.createSourceFile(source.path, source.text, ts.ScriptTarget.ES2023, true);
  return file.statements
    .filter(ts.isInterfaceDeclaration)
    .filter(({ members }) => members.some(({ name }) => name?.getText(file) === 'kind'))
    .map(({ name }) => name.text);
}

/** Handlers of these messages (`onAppendEntries`) that do not say which rule of the paper they are. */
export function handlersWithoutPaper(source: SourceText, messages: readonly string[]): string[] {
  const handlers = new Set(messages.map((message) => `on${message}`));
  const file = ts.createSourceFile(source.path, source.text, ts.ScriptTarget.ES2023, true);
  const problems: string[] = [];
  const visit = (node: ts.Node): void => {
    const name = handlerName(node);
    if (name && handlers.has(name) && !ts.getJSDocTags(node).some((tag) => tag.tagName.text === 'paper')) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      problems.push(
        `${source.path}:${line + 1} ${name} does not say which rule it is: add "@paper <paper> §<section>"`,
      );
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return problems;
}

function handlerName(node: ts.Node): string | undefined {
  const isFunction = ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node);
  const isConstant =
    ts.isVariableDeclaration(node) &&
    node.initializer !== undefined &&
    (ts.isArrowFunction(node.initializer) || ts.isFunctionExpression(node.initializer));
  if (!(isFunction || isConstant) || !node.name || !ts.isIdentifier(node.name)) return undefined;
  return node.name.text;
}
