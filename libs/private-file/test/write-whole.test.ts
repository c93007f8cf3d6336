import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { writePrivately, writeWhole } from '../src/index.js';
import type { FileSystem } from '../src/write-whole.js';

let directory: string;
const at = (name: string) => join(directory, name);
beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), 'synod-private-'));
});
afterEach(() => fs.rmSync(directory, { recursive: true }));

/** The real one, which tells what is done, and with which file. `full`: what fails. */
function recorded(told: string[], full?: string): FileSystem {
  const names = new Map<number, string>();
  const tells = (what: string) => {
    told.push(what);
    if (what === full) throw new Error('no space left');
  };
  const nameOf = (file: unknown) => names.get(file as number)!;
  return {
    openSync: (path, flags, mode) => {
      const handle = fs.openSync(path, flags, mode);
      names.set(handle, path === directory ? 'directory' : basename(String(path)));
      return handle;
    },
    fchmodSync: fs.fchmodSync,
    writeFileSync: (file, text, options) => {
      tells(`write ${nameOf(file)}`);
      fs.writeFileSync(file, text, options);
    },
    fsyncSync: (file) => {
      tells(`sync ${nameOf(file)}`);
      fs.fsyncSync(file);
    },
    closeSync: (file) => {
      fs.closeSync(file);
      names.delete(file);
    },
    renameSync: (from, to) => {
      tells(`${basename(String(from))} → ${basename(String(to))}`);
      fs.renameSync(from, to);
    },
  };
}

test('nothing gets its name before it is durable, and names are durable in the end', () => {
  const told: string[] = [];
  const files = ['key', 'crt'].map((name) => ({ path: at(name), text: name, mode: 0o600 }));
  writeWhole(files, recorded(told));
  expect(told).toEqual([
    'write key.new',
    'sync key.new',
    'write crt.new',
    'sync crt.new',
    'key.new → key',
    'crt.new → crt',
    'sync directory',
  ]);
});

test.each(['write key.new', 'sync key.new', 'key.new → key'])('where this fails, all is as it was: %s', (full) => {
  writePrivately(at('key'), 'old');
  const files = [{ path: at('key'), text: 'new', mode: 0o600 }];
  expect(() => writeWhole(files, recorded([], full))).toThrow('no space left');
  expect(fs.readFileSync(at('key'), 'utf8')).toBe('old');
});

test('it is its owner’s alone, whatever was there, and whatever an interrupted call has left', () => {
  for (const name of ['key', 'key.new']) {
    fs.writeFileSync(at(name), 'something longer, of an earlier time', { mode: 0o644 });
  }
  writePrivately(at('key'), 'secret');
  expect(fs.readFileSync(at('key'), 'utf8')).toBe('secret');
  expect(fs.statSync(at('key')).mode & 0o777).toBe(0o600);
  expect(fs.readdirSync(directory)).toEqual(['key']);
});
