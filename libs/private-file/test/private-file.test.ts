import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isPrivate, readPrivately, requirePrivate } from '../src/index.js';

const [root, service] = [0, 1000];

test.each([
  ['its own, for it alone', 0o100600, service, true],
  ['its own, to read only', 0o100400, service, true],
  ['its own, open to its group', 0o100640, service, false],
  ['its own, open to everybody', 0o100604, service, false],
  ['root’s, open to its group: what an orchestrator mounts', 0o100440, root, true],
  ['root’s, its group may write', 0o100660, root, false],
  ['root’s, open to everybody', 0o100444, root, false],
])('a file that is %s', (_what, mode, uid, expected) => {
  expect(isPrivate({ mode, uid }, service)).toBe(expected);
});

test('root itself is one among others: its files are for it alone', () => {
  expect(isPrivate({ mode: 0o100600, uid: root }, root)).toBe(true);
  expect(isPrivate({ mode: 0o100440, uid: root }, root)).toBe(false);
});

test('where there are no such bits nothing can be said against a file', () => {
  expect(isPrivate({ mode: 0o100666, uid: root }, undefined)).toBe(true);
});

test('one that others may read is neither read nor handed on, and it is said how to mend it', () => {
  const directory = mkdtempSync(join(tmpdir(), 'synod-private-'));
  const path = join(directory, 'key');
  writeFileSync(path, 'secret', { mode: 0o600 });
  expect(readPrivately(path, 'the key', '')).toBe('secret');
  requirePrivate(path, 'the key', '');
  chmodSync(path, 0o644);
  for (const take of [readPrivately, requirePrivate]) {
    expect(() => take(path, 'the key', '')).toThrow(`the key ${path} can be read by others; run: chmod 600 ${path}`);
    expect(() => take(`${path}s`, 'the key', 'make one')).toThrow(
      `cannot read the key ${path}s: there is none; make one`,
    );
  }
  rmSync(directory, { recursive: true });
});
