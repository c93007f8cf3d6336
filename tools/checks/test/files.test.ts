import { catchAllName, deadLinks, maxLines, tooLong } from '../src/files.js';
import { testsThatDoNotRun } from '../src/tests-that-do-not-run.js';
import { filesBelow, findProjects, isPresent, readText, sourcesOf } from '../src/workspace.js';

const read = (path: string) => ({ path, text: readText(path) });
const code = ['apps', 'libs', 'tools', 'examples']
  .flatMap(filesBelow)
  .filter((path) => /\.(ts|mjs|cjs)$/.test(path) && !path.includes('/src/gen/'));

test('no source file is two things', () => {
  expect(code.length).toBeGreaterThan(50);
  expect(code.map(read).flatMap(tooLong)).toEqual([]);
  expect(tooLong({ path: 'x.ts', text: '\n'.repeat(maxLines) })).toHaveLength(1);
  expect(tooLong({ path: 'x.ts', text: '\n'.repeat(maxLines - 1) })).toEqual([]);
});

test('no file or folder is named by nothing', () => {
  expect(code.flatMap(catchAllName)).toEqual([]);
  expect(catchAllName('libs/actor/src/utils.ts')).toHaveLength(1);
  expect(catchAllName('libs/common/src/index.ts')).toHaveLength(1);
  expect(catchAllName('libs/actor/src/commonplace.ts')).toEqual([]);
});

test('every test runs', () => {
  const tests = findProjects().flatMap((project) => sourcesOf(project, 'test'));
  expect(tests.flatMap(testsThatDoNotRun)).toEqual([]);
  const offenders = [
    'it.only("a", f)',
    'describe.skip("a", f)',
    'test.todo("a")',
    'test.only.each([])("a", f)',
    'xit("a", f)',
  ];
  for (const text of offenders) expect(testsThatDoNotRun({ path: 'x.test.ts', text })).toHaveLength(1);
  expect(testsThatDoNotRun({ path: 'x.test.ts', text: 'test.each([1])("a", f); it("only", f)' })).toEqual([]);
});

test('no document links to a file that is not there', () => {
  const documents = ['libs', 'apps', 'tools', 'examples', 'deploy'].flatMap(filesBelow);
  const atRoot = ['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md'];
  expect(atRoot.filter((path) => !isPresent(path))).toEqual([]);
  const markdown = [...atRoot, ...documents.filter((path) => path.endsWith('.md'))];
  expect(markdown.map(read).flatMap((document) => deadLinks(document, isPresent))).toEqual([]);
  const text = 'See [a](b.md), [c](https://d), [e](#f), `[g](h.md)` and [i](../README.md#j).';
  expect(deadLinks({ path: 'libs/x.md', text }, (path) => path === 'README.md')).toEqual([
    'libs/x.md links to libs/b.md, which is not there',
  ]);
});
