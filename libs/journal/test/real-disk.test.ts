import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredFrame } from '@synod/actor-host';
import { lockDirectory, MemoryDisk, openStorage, RealDisk } from '../src/index.js';
import type { Disk, DiskFile, Storage } from '../src/index.js';
import { entries, textOf } from './journal-world.js';

/** What a replica of any release holds of a data directory: one that is upgraded must not run beside the one before it. */
const holding = `
  const [dev, ino] = process.argv.slice(1);
  const server = require('node:net').createServer((socket) => socket.end(String(process.pid)));
  server.listen('\\0synod-data-' + dev + '-' + ino, () => console.log('held'));
`;

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'synod-journal-'))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function asked<A>(disk: Disk, call: (done: (answer: A | Error) => void) => void): Promise<A> {
  return new Promise((resolve, reject) => {
    call((answer) => (answer instanceof Error ? reject(answer) : resolve(answer)));
    if (disk instanceof MemoryDisk) disk.pump();
  });
}

describe.each<[string, () => Disk]>([
  ['memory', () => new MemoryDisk()],
  ['real', () => new RealDisk(directory)],
])('the %s disk', (_name, make) => {
  const done = (disk: Disk, call: (done: (error: Error | undefined) => void) => void): Promise<void> =>
    asked<void>(disk, (answer) => call((error) => answer(error as undefined)));

  it('writes, grows, reads back, renames, lists and removes', async () => {
    const disk = make();
    await done(disk, (next) => disk.makeDirectory('d', next));
    await done(disk, (next) => disk.makeDirectory('d', next));
    const file = await asked<DiskFile>(disk, (next) => disk.create('d/a', next));
    file.write(Buffer.from('hello'), 3);
    expect(file.sizeBytes).toBe(8);
    await done(disk, (next) => file.sync(next));
    await done(disk, (next) => disk.rename('d/a', 'd/b', next));
    await done(disk, (next) => disk.syncDirectory('d', next));
    file.close();
    const again = await asked<DiskFile>(disk, (next) => disk.open('d/b', next));
    expect(Buffer.from(await asked<Uint8Array>(disk, (next) => again.read(0, 100, next))).toString()).toBe(
      '\0\0\0hello',
    );
    expect(await asked<Uint8Array>(disk, (next) => again.read(100, 10, next))).toHaveLength(0);
    again.close();
    (await asked<DiskFile>(disk, (next) => disk.create('d/b', next))).close();
    expect((await asked<DiskFile>(disk, (next) => disk.open('d/b', next))).sizeBytes).toBe(0);
    expect(await asked(disk, (next) => disk.list('d', next))).toEqual(['b']);
    await done(disk, (next) => disk.remove('d/b', next));
    expect(await asked(disk, (next) => disk.list('d', next))).toEqual([]);
    expect(await asked(disk, (next) => disk.list('elsewhere', next))).toEqual([]);
  });

  it('says what it could not do, and where', async () => {
    const disk = make();
    await done(disk, (next) => disk.makeDirectory('d', next));
    const missing = { code: 'ENOENT', message: expect.stringContaining('d/none') };
    await expect(asked(disk, (next) => disk.open('d/none', next))).rejects.toMatchObject(missing);
    await expect(done(disk, (next) => disk.remove('d/none', next))).rejects.toMatchObject(missing);
    await expect(done(disk, (next) => disk.rename('d/none', 'd/x', next))).rejects.toMatchObject(missing);
  });
});

function opened(storage: Storage, visit: (frame: StoredFrame) => void = () => undefined): Promise<unknown> {
  return new Promise((resolve) => storage.journal.open(visit, resolve));
}

describe('storage in a directory', () => {
  const open = (replica = 'r1'): Promise<Storage> =>
    openStorage({ directory: join(directory, 'deep', 'data'), cluster: 'test', replica, segmentBytes: 64 * 1024 });

  async function written(storage: Storage, from: number, count: number): Promise<void> {
    await new Promise<void>((resolve) => {
      storage.journal.onDurable = (token) => {
        if (token === count) resolve();
      };
      for (let at = 0; at < count; at++) {
        storage.journal.append(at + 1, entries(from + at, 1, 'v'.repeat((at * 37) % 900)));
        if (at % 7 === 0) storage.journal.flush();
      }
      storage.journal.flush();
    });
  }

  it('keeps thousands of frames over restarts, and reads from any of them', async () => {
    for (const life of [0, 1, 2]) {
      const storage = await open();
      const frames: StoredFrame[] = [];
      expect(await opened(storage, (frame) => void frames.push(frame))).toEqual({
        tail: 'clean',
        empty: life === 0,
      });
      expect(frames).toHaveLength(life * 2000);
      await written(storage, life * 2000 + 1, 2000);
      const read = await new Promise<readonly StoredFrame[]>((resolve) => storage.journal.read(1, 5, 1e6, resolve));
      expect(read.map((frame) => textOf(frame).split(' ')[0])).toEqual(['1+1', '2+1', '3+1', '4+1', '5+1']);
      await storage.journal.close();
      storage.release();
    }
  });

  it('is for its owner only', async () => {
    const storage = await open();
    await opened(storage);
    await written(storage, 1, 1);
    await storage.journal.close();
    storage.release();
    const data = join(directory, 'deep', 'data');
    const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);
    expect(mode(data)).toBe('700');
    expect(mode(join(data, 'journal'))).toBe('700');
    for (const name of readdirSync(join(data, 'journal'))) expect(mode(join(data, 'journal', name))).toBe('600');
  });

  it('is refused to a second opener, with the pid of the first, until that releases it', async () => {
    const storage = await open();
    await expect(open()).rejects.toThrow(
      `data is in use by process ${process.pid}: stop it or choose another directory`,
    );
    storage.release();
    (await open()).release();
  });

  (process.platform === 'linux' ? it : it['skip'])(
    'is refused while another process holds it, however that came by it',
    async () => {
      const { dev, ino } = statSync(directory);
      const holder = spawn(process.execPath, ['-e', holding, String(dev), String(ino)], { stdio: ['ignore', 'pipe', 'inherit'] }); // prettier-ignore
      try {
        await once(holder.stdout, 'data');
        await expect(lockDirectory(directory)).rejects.toThrow(
          `in use by process ${holder.pid}: stop it or choose another`,
        );
      } finally {
        holder.kill('SIGKILL');
      }
      await once(holder, 'exit');
      (await lockDirectory(directory)).release();
    },
  );

  it('is locked by a file where there are no abstract sockets; a dead process holds nothing', async () => {
    const lock = await lockDirectory(directory, 'darwin');
    await expect((async () => lockDirectory(directory, 'darwin'))()).rejects.toThrow(
      `in use by process ${process.pid}`,
    );
    lock.release();
    const { writeFileSync } = await import('node:fs');
    writeFileSync(join(directory, 'lock'), '4194999');
    (await lockDirectory(directory, 'darwin')).release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('holds snapshots, too', async () => {
    const storage = await open();
    const pages = Array.from({ length: 40 }, (_, at) => Buffer.alloc(60_000, at + 1));
    const size = await new Promise<number>((resolve, reject) => {
      storage.snapshots.take({ index: 3, era: 1 }, pages.values(), (error, bytes) =>
        error ? reject(error) : resolve(bytes),
      );
    });
    expect(size).toBeGreaterThan(40 * 60_000);
    const got: Uint8Array[] = [];
    const target = { page: (page: Uint8Array) => void got.push(Uint8Array.from(page)), finish: () => undefined };
    const source = { snapshot: () => pages.values(), restore: () => target };
    await new Promise<void>((resolve, reject) => {
      storage.snapshots.install({ index: 3, era: 1 }, source, (error) => (error ? reject(error) : resolve()));
    });
    expect(Buffer.concat(got).equals(Buffer.concat(pages))).toBe(true);
    await storage.journal.close();
    storage.release();
  });
});
