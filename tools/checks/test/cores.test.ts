import { diagnose } from '../src/compiler.js';
import { handlersWithoutPaper, messageNames } from '../src/handlers.js';
import { impurities } from '../src/purity.js';
import { findProjects, sourcesOf, tagged } from '../src/workspace.js';
import type { Project } from '../src/workspace.js';

const pure = findProjects().filter((project) => ['kernel', 'core'].includes(tagged(project, 'type') ?? ''));
const cores = pure.filter((project) => tagged(project, 'type') === 'core');
const source = (text: string) => ({ path: 'x.ts', text });

const io = [
  `import { readFileSync } from 'node:fs'; export const a = readFileSync;`,
  `export const b = setTimeout(() => {}, 1);`,
  `export const c = process.hrtime;`,
  `export const d = console.log;`,
  `export const e = fetch('http://127.0.0.1');`,
  `export const f = crypto.randomUUID;`,
  `export const g = performance.now();`,
  `export const h = Buffer.alloc(1);`,
  `export const i = require('fs');`,
  `export const j = queueMicrotask;`,
];

describe.each(pure.map(({ root }) => root))('%s', (root) => {
  test('I/O, clocks and the host are unknown names to its compiler', () => {
    const messages = diagnose(root, io.join('\n'));
    const compiled = io.filter((_, index) => !messages.has(index + 1));
    expect(compiled).toEqual([]);
  });

  test('what is left compiles', () => {
    expect([...diagnose(root, `export const sum = (a: number, b: number): number => a + b;`)]).toEqual([]);
  });
});

test('no kernel and no core depends on chance, time or the order of promises', () => {
  expect(pure.length).toBeGreaterThan(3);
  expect(pure.flatMap((project) => sourcesOf(project, 'src').flatMap(impurities))).toEqual([]);
});

test('every message handler of a core names the rule it implements', () => {
  const messagesOf = (project: Project) =>
    sourcesOf(project, 'src')
      .filter(({ path }) => path.endsWith('/messages.ts'))
      .flatMap(messageNames);
  const shared = pure.filter((project) => !cores.includes(project)).flatMap(messagesOf);
  expect(shared).toContain('Hello');
  const problems = cores.flatMap((core) => {
    const messages = messagesOf(core);
    expect(messages.length).toBeGreaterThan(3);
    return sourcesOf(core, 'src').flatMap((each) => handlersWithoutPaper(each, [...messages, ...shared]));
  });
  expect(problems).toEqual([]);
});

describe('the checks themselves', () => {
  test.each([
    'export const a = Date.now();',
    'export const a = Math.random();',
    'export async function a() {}',
    'export const a = async () => 1;',
    'export async function* a() { yield 1; }',
    'export type A = Promise<void>;',
    `export const a = import('./b.js');`,
    `export const a = 'x'.localeCompare('y');`,
    'export const a = globalThis;',
    'export class A { async b() {} }',
  ])('%s is not pure', (text) => expect(impurities(source(text))).toEqual([expect.stringContaining('x.ts:1 uses ')]));

  test.each([
    'export const a = Math.max(1, 2);',
    'export const a = { Date: 1 };',
    '// Date, async and Promise may be talked about\nexport const a = "Date";',
    'export function* a() { yield 1; }',
  ])('%s is pure', (text) => expect(impurities(source(text))).toEqual([]));

  test('a message is an interface with a kind', () => {
    const text = `export interface Vote { readonly kind: 'vote' } interface Log { readonly size: number }`;
    expect(messageNames(source(text))).toEqual(['Vote']);
  });

  test('a handler without its rule is pointed out, one with it is not', () => {
    const judge = (text: string) => handlersWithoutPaper(source(text), ['RequestVote']);
    const rule = '/** @paper Raft §5.2, Figure 2 */\n';
    expect(judge('export function onRequestVote() {}')).toHaveLength(1);
    expect(judge('class A { onRequestVote() {} }')).toHaveLength(1);
    expect(judge('export const onRequestVote = () => {};')).toHaveLength(1);
    expect(judge(`${rule}export function onRequestVote() {}`)).toEqual([]);
    expect(judge(`${rule}export const onRequestVote = () => {};`)).toEqual([]);
    expect(judge('export function onElection() {}')).toEqual([]);
  });
});
