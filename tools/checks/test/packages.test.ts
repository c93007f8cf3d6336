import { type Lock, type Manifest, looseVersions, missingFromLock } from '../src/packages.js';
import { findProjects, readJson } from '../src/workspace.js';

test('the lock file holds the optional packages of every platform, or npm ci would refuse it', () => {
  expect(missingFromLock(readJson<Lock>('package-lock.json'))).toEqual([]);
  const lock = {
    packages: { 'node_modules/a': { optionalDependencies: { b: '1.0.0', c: '1.0.0' } }, 'x/node_modules/c': {} },
  };
  expect(missingFromLock(lock)).toEqual(['package-lock.json: node_modules/a may need b, which has no entry']);
});

test('every version is exact', () => {
  const manifests = ['package.json', ...findProjects().map(({ root }) => `${root}/package.json`)];
  expect(manifests.flatMap((path) => looseVersions(path, readJson<Manifest>(path)))).toEqual([]);
  const manifest = { dependencies: { a: '^1.0.0', b: '1.0.0' }, devDependencies: { c: '*', d: 'latest' } };
  expect(looseVersions('package.json', manifest)).toHaveLength(3);
});
