import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs, {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackupFile, BackupFileError, BackupWriter } from '../src/index.js';
import type { BackupHeader } from '../src/index.js';

const directory = mkdtempSync(join(tmpdir(), 'synod-backup-'));
const path = join(directory, 'saved.synod');
afterAll(() => rmSync(directory, { recursive: true, force: true }));
beforeEach(() => readdirSync(directory).forEach((name) => rmSync(join(directory, name))));

const header: BackupHeader = {
  ...{ protocol: 'raft', group: 'kv', cluster: 'test', clusterId: '7', position: 12, revision: 12 },
  ...{ stateHash: '0123456789abcdef', keys: 3, blocks: 1, savedAt: '2030-01-02T03:04:05.000Z', version: '0.1.0' },
};
const pages = [new Uint8Array(65_536).fill(1), Uint8Array.of(2, 3)];

function write(replaces = false): Uint8Array {
  const writer = new BackupWriter(path, header, replaces);
  for (const page of pages) writer.page(page);
  writer.register('a/b', Uint8Array.of(9));
  writer.register('empty', new Uint8Array(0));
  return writer.finish();
}

function opened<T>(work: (file: BackupFile) => T): T {
  const file = BackupFile.open(path);
  try {
    return work(file);
  } finally {
    file.close();
  }
}

/** What opening it says when the file is these bytes instead, behind a checksum that is right or not. */
function refusalOf(bytes: Uint8Array, sealed = false): string {
  const hash = createHash('sha256').update(bytes).digest();
  writeFileSync(path, sealed ? Buffer.concat([bytes, hash]) : bytes);
  try {
    opened(() => undefined);
  } catch (error) {
    expect(error).toBeInstanceOf(BackupFileError);
    return (error as Error).message;
  }
  return 'nothing is wrong';
}

const lead = (version: number, headerBytes: number): Buffer => {
  const bytes = Buffer.alloc(16);
  bytes.write('SYNODSNP');
  bytes.writeUInt32BE(version, 8);
  bytes.writeUInt32BE(headerBytes, 12);
  return bytes;
};

test('what is written is read: header, pages in order, registers, and a hash over all', () => {
  const id = write();
  opened((file) => {
    expect(file.header).toEqual(header);
    expect([...file.pages()].map((page) => Buffer.compare(page, pages[page.length > 2 ? 0 : 1]!))).toEqual([0, 0]);
    expect([...file.registers()].map(({ key, value }) => [key, [...value]])).toEqual([
      ['a/b', [9]],
      ['empty', []],
    ]);
    expect([file.pageCount, file.registerCount, file.sizeBytes]).toEqual([2, 2, statSync(path).size]);
    expect(Buffer.from(file.id).equals(id)).toBe(true);
  });
  const bytes = readFileSync(path);
  expect(createHash('sha256').update(bytes.subarray(0, -32)).digest().equals(bytes.subarray(-32))).toBe(true);
});

test('the bytes of format 1 are these, for ever', () => {
  const writer = new BackupWriter(path, { ...header, protocol: 'pbft' }, false);
  writer.page(Uint8Array.of(5, 6, 7));
  writer.register('r', Uint8Array.of(8));
  writer.finish();
  const json = '{"protocol":"pbft","group":"kv","cluster":"test","clusterId":"7","stateHash":"0123456789abcdef","savedAt":"2030-01-02T03:04:05.000Z","version":"0.1.0","position":12,"revision":12,"keys":3,"blocks":1}'; // prettier-ignore
  const expected = Buffer.concat([
    Buffer.from('53594e4f44534e5000000001000000c7', 'hex'),
    Buffer.from(json),
    Buffer.from('0100000003050607', 'hex'),
    Buffer.from('0200000003017208', 'hex'),
    Buffer.from('03000000080000000100000001', 'hex'),
  ]);
  expect(readFileSync(path).subarray(0, -32).toString('latin1')).toBe(expected.toString('latin1'));
});

test('only its owner can read it; there is nothing under its name before all of it is there', () => {
  const writer = new BackupWriter(path, header, false);
  writer.page(pages[0]!);
  expect(existsSync(path)).toBe(false);
  writer.abort();
  expect(readdirSync(directory)).toEqual([]);
  write();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(directory)).toEqual(['saved.synod']);
});

test.each([
  ['new', false, 'linkSync'],
  ['another one before', true, 'renameSync'],
] as const)('its bytes are on disk before it gets its name, and then its name: %s', (_what, replaces, naming) => {
  const calls: string[] = [];
  const told = <Name extends 'fsyncSync' | 'linkSync' | 'renameSync'>(name: Name, what: (of: never) => string) => {
    const real = fs[name] as (...args: unknown[]) => void;
    jest.spyOn(fs, name).mockImplementation(((...args: unknown[]) => {
      calls.push(what(args[0] as never));
      real(...args);
    }) as never);
  };
  // All that was written, through the descriptor that is synced.
  told('fsyncSync', (file: number) => (fs.fstatSync(file).isDirectory() ? 'sync directory' : `sync ${fs.fstatSync(file).size} bytes`)); // prettier-ignore
  told(naming, () => 'name');
  write(replaces);
  jest.restoreAllMocks();
  expect(calls).toEqual([`sync ${statSync(path).size} bytes`, 'name', 'sync directory']);
});

test.each([
  ['at once', 0],
  ['later', 4],
])('a disk that is full %s is told of with the name of the file, and nothing is left', (_when, writes) => {
  const real = fs.writeSync as (...args: unknown[]) => number;
  let done = 0;
  jest.spyOn(fs, 'writeSync').mockImplementation(((...args: unknown[]) => {
    if (done++ === writes) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    return real(...args);
  }) as never);
  let writer: BackupWriter | undefined;
  const saving = () => {
    writer = new BackupWriter(path, header, false);
    for (const page of pages) writer.page(page);
  };
  expect(saving).toThrow(`${path} cannot be written: ENOSPC: no space left on device, write`);
  writer?.abort();
  jest.restoreAllMocks();
  expect(readdirSync(directory)).toEqual([]);
});

test('what is there already is replaced only when that is said, also when it came meanwhile', () => {
  write();
  expect(() => write()).toThrow('is there already; --force replaces it');
  expect(opened(({ pageCount }) => pageCount)).toBe(2);
  write(true);
  rmSync(path);
  const late = new BackupWriter(path, header, false);
  late.page(pages[1]!);
  writeFileSync(path, 'somebody else’s');
  expect(() => late.finish()).toThrow('is there already');
  late.abort();
  expect(readdirSync(directory)).toEqual(['saved.synod']);
  expect(readFileSync(path, 'utf8')).toBe('somebody else’s');
});

test('a link that leads nowhere is there, too, and is replaced when that is said', () => {
  symlinkSync(join(directory, 'nowhere'), path);
  expect(() => new BackupWriter(path, header, false)).toThrow(`${path} is there already; --force replaces it`);
  expect(readdirSync(directory)).toEqual(['saved.synod']);
  write(true);
  expect(readdirSync(directory)).toEqual(['saved.synod']);
});

test('what a killed process has left of it goes with the next save; one that runs is another save of it', () => {
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  const running = spawn(process.execPath, ['-e', 'setTimeout(() => 0, 60_000)']);
  const others = ['saved.synod.part-', 'saved.synod.part-x1', `other.synod.part-${gone}`];
  for (const name of [`saved.synod.part-${gone}`, ...others]) writeFileSync(join(directory, name), 'all keys');
  write();
  expect(readdirSync(directory).sort()).toEqual(['saved.synod', ...others].sort());
  const theirs = `saved.synod.part-${running.pid}`;
  writeFileSync(join(directory, theirs), 'some keys');
  expect(() => new BackupWriter(path, header, true)).toThrow(
    `${path} is being written by process ${running.pid}: another save is under way; if that is something else, remove ${theirs}`,
  );
  running.kill('SIGKILL');
  expect(existsSync(join(directory, theirs))).toBe(true);
});

test('cut anywhere, it is refused', () => {
  write();
  const whole = readFileSync(path);
  for (let end = 0; end < whole.length; end += end < 400 || end > whole.length - 200 ? 1 : 997) {
    expect(refusalOf(whole.subarray(0, end))).toMatch(/it ends too early/);
  }
  expect(refusalOf(whole)).toBe('nothing is wrong');
  expect(refusalOf(Buffer.concat([whole, Buffer.of(0)]))).toMatch(/something behind its end/);
});

test('with one bit flipped anywhere, it is refused', () => {
  write();
  const whole = readFileSync(path);
  for (let at = 0; at < whole.length; at += at < 400 || at > whole.length - 200 ? 1 : 1009) {
    const changed = Buffer.from(whole);
    changed[at]! ^= 1 << at % 8;
    expect(refusalOf(changed)).toMatch(/damaged|no snapshot of Synod|its format is|it ends too early/);
  }
});

test('of another format it is refused by name', () => {
  expect(refusalOf(lead(2, 0), true)).toBe(
    'its format is 2, and this release reads 1; a newer release wrote it: use that one',
  );
  expect(refusalOf(lead(0, 0), true)).toBe('its format is 0, and this release reads 1');
  expect(refusalOf(Buffer.from('{"a": "file of something else"}'))).toBe('it is no snapshot of Synod');
  rmSync(path);
  expect(() => BackupFile.open(path)).toThrow('there is no such file');
});

test('what is no file is refused at once: a directory, a device, a pipe that nobody writes to', () => {
  const pipe = join(directory, 'pipe');
  expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
  // Whoever opens a pipe waits for who writes; the test must not wait as long, when the code does.
  const writer = spawn('sh', ['-c', 'sleep 2; : > "$0"', pipe], { stdio: 'ignore' });
  const started = performance.now();
  try {
    for (const what of [directory, '/dev/zero', pipe]) {
      expect(() => BackupFile.open(what)).toThrow(new BackupFileError('it is no regular file'));
    }
    expect(performance.now() - started).toBeLessThan(1500);
  } finally {
    writer.kill('SIGKILL');
  }
});

test('no length is believed: neither memory nor time is spent on what is not there', () => {
  const before = process.memoryUsage().arrayBuffers;
  const huge = (kind: number) => Buffer.from([kind, 0xff, 0xff, 0xff, 0xff]);
  const named = Buffer.from(JSON.stringify(header));
  const begun = Buffer.concat([lead(1, named.length), named]);
  expect(refusalOf(lead(1, 0xffffffff), true)).toMatch(/header is damaged/);
  for (const kind of [1, 2, 3, 4, 255]) expect(refusalOf(Buffer.concat([begun, huge(kind)]), true)).toMatch(/damaged/);
  expect(refusalOf(Buffer.concat([begun, Buffer.from([1, 0, 1, 0, 0])]))).toMatch(/ends too early/);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * 1024 * 1024);
});

test('sealed by somebody, but wrong in itself: counts, registers, headers', () => {
  const named = Buffer.from(JSON.stringify(header));
  const begun = Buffer.concat([lead(1, named.length), named]);
  const end = (pages: number) => Buffer.from([3, 0, 0, 0, 8, 0, 0, 0, pages, 0, 0, 0, 0]);
  expect(refusalOf(Buffer.concat([begun, end(0)]), true)).toBe('nothing is wrong');
  expect(refusalOf(Buffer.concat([begun, end(1)]), true)).toMatch(/a record in it cannot be/);
  expect(refusalOf(Buffer.concat([begun, Buffer.from([3, 0, 0, 0, 0])]), true)).toMatch(/a record in it cannot be/);
  expect(refusalOf(Buffer.concat([begun, Buffer.from([2, 0, 0, 0, 2, 9, 65])]), true)).toMatch(/cannot be/);
  expect(refusalOf(Buffer.concat([begun, Buffer.from([2, 0, 0, 0, 0])]), true)).toMatch(/cannot be/);
  for (const wrong of [
    'null',
    '[]',
    '{}',
    '{',
    JSON.stringify({ ...header, keys: -1 }),
    JSON.stringify({ ...header, group: 7 }),
  ]) {
    const bytes = Buffer.from(wrong);
    expect(refusalOf(Buffer.concat([lead(1, bytes.length), bytes, end(0)]), true)).toMatch(/header is damaged/);
  }
});
