import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskError, RealDisk } from '../src/index.js';
import type { DiskFile } from '../src/index.js';

// What a disk that works never shows: the operating system's calls are made to fail, to do half, or to take long.

let directory: string;
beforeEach(() => (directory = fs.mkdtempSync(join(tmpdir(), 'synod-calls-'))));
afterEach(() => {
  jest.restoreAllMocks();
  fs.rmSync(directory, { recursive: true, force: true });
});

const onTheSpot = 1;
/** More than is ever synced on the spot. */
const inThread = 1024 * 1024;

function inputOutputError(): NodeJS.ErrnoException {
  return Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
}

function create(disk: RealDisk, path: string): Promise<DiskFile> {
  return new Promise((resolve, reject) => {
    disk.create(path, (file) => (file instanceof Error ? reject(file) : resolve(file)));
  });
}

function answer<A>(call: (done: (answer: A) => void) => void): Promise<A> {
  return new Promise(call);
}

/** The directories and files that were synced, by what they are and not by what they are called. */
function inodes(...paths: readonly string[]): readonly number[] {
  return paths.map((path) => fs.statSync(path).ino);
}

describe('a sync that fails', () => {
  it('on the spot is told, as what it is', async () => {
    const file = await create(new RealDisk(directory), 'a');
    const calls = jest.spyOn(fs, 'fdatasyncSync').mockImplementation(() => {
      throw inputOutputError();
    });
    file.write(new Uint8Array(onTheSpot), 0);
    const error = await answer<Error | undefined>((done) => file.sync(done));
    expect(calls).toHaveBeenCalledTimes(1);
    expect(error).toBeInstanceOf(DiskError);
    expect(error).toMatchObject({ code: 'EIO', message: expect.stringContaining('cannot sync a') });
    file.close();
  });

  it('in a thread is told, as what it is', async () => {
    const file = await create(new RealDisk(directory), 'a');
    const calls = jest.spyOn(fs, 'fdatasync').mockImplementation((_fd, done) => {
      setImmediate(() => done(inputOutputError()));
    });
    file.write(new Uint8Array(inThread), 0);
    const error = await answer<Error | undefined>((done) => file.sync(done));
    expect(calls).toHaveBeenCalledTimes(1);
    expect(error).toBeInstanceOf(DiskError);
    expect(error).toMatchObject({ code: 'EIO', message: expect.stringContaining('cannot sync a') });
    file.close();
  });

  it('of a directory is told, as what it is', async () => {
    const disk = new RealDisk(directory);
    jest.spyOn(fs, 'fsync').mockImplementation((_fd, done) => {
      setImmediate(() => done(inputOutputError()));
    });
    const error = await answer<Error | undefined>((done) => disk.syncDirectory('.', done));
    expect(error).toMatchObject({ code: 'EIO', message: expect.stringContaining('cannot sync .') });
  });

  it('of a new directory’s name stops the start', () => {
    jest.spyOn(fs, 'fsyncSync').mockImplementation(() => {
      throw inputOutputError();
    });
    expect(() => new RealDisk(join(directory, 'new'))).toThrow('EIO');
  });
});

describe('what is synced', () => {
  it.each([
    ['on the spot', onTheSpot],
    ['in a thread', inThread],
  ])('is the file that was written, %s', async (_where, bytes) => {
    const synced: number[] = [];
    const [now, later] = [fs.fdatasyncSync, fs.fdatasync];
    jest.spyOn(fs, 'fdatasyncSync').mockImplementation((fd) => {
      synced.push(fs.fstatSync(fd).ino);
      now(fd);
    });
    jest.spyOn(fs, 'fdatasync').mockImplementation((fd, done) => {
      synced.push(fs.fstatSync(fd).ino);
      later(fd, done);
    });
    const file = await create(new RealDisk(directory), 'a');
    file.write(new Uint8Array(bytes), 0);
    expect(await answer((done) => file.sync(done))).toBeUndefined();
    expect(synced).toEqual(inodes(join(directory, 'a')));
    file.close();
  });

  it('is a directory before its names are called durable', async () => {
    const disk = new RealDisk(directory);
    const synced: number[] = [];
    const real = fs.fsync;
    jest.spyOn(fs, 'fsync').mockImplementation((fd, done) => {
      real(fd, (error) => {
        synced.push(fs.fstatSync(fd).ino);
        done(error);
      });
    });
    await answer((done) => disk.makeDirectory('d', done));
    expect(synced).toEqual(inodes(directory));
    await answer((done) => disk.syncDirectory('d', done));
    expect(synced).toEqual(inodes(directory, join(directory, 'd')));
  });

  it('is each name on the way to a new root, and nothing where the root was there', () => {
    const synced: number[] = [];
    const real = fs.fsyncSync;
    jest.spyOn(fs, 'fsyncSync').mockImplementation((fd) => {
      real(fd);
      synced.push(fs.fstatSync(fd).ino);
    });
    const root = join(directory, 'a', 'b');
    new RealDisk(root);
    expect(synced).toEqual(inodes(root, join(directory, 'a'), directory));
    new RealDisk(root);
    expect(synced).toHaveLength(3);
  });
});

describe('a call that does less than it was asked', () => {
  const text = 'written by sevens, read by fives';

  it('is followed by the next, until all is written', async () => {
    const real = fs.writeSync as (fd: number, bytes: Uint8Array, from: number, length: number, at: number) => number;
    const calls = jest
      .spyOn(fs, 'writeSync')
      .mockImplementation(((fd: number, bytes: Uint8Array, from: number, length: number, at: number) =>
        real(fd, bytes, from, Math.min(length, 7), at)) as typeof fs.writeSync);
    const file = await create(new RealDisk(directory), 'a');
    file.write(Buffer.from(text), 3);
    expect(calls).toHaveBeenCalledTimes(Math.ceil(text.length / 7));
    expect(fs.readFileSync(join(directory, 'a')).toString()).toBe(`\0\0\0${text}`);
    file.close();
  });

  it('is followed by the next, until all is read', async () => {
    const file = await create(new RealDisk(directory), 'a');
    file.write(Buffer.from(text), 0);
    const calls = shortReads(5);
    const bytes = await answer<Uint8Array | Error>((done) => file.read(2, text.length, done));
    expect(Buffer.from(bytes as Uint8Array).toString()).toBe(text.slice(2));
    expect(calls).toHaveBeenCalledTimes(Math.ceil((text.length - 2) / 5));
    file.close();
  });
});

type Read = (
  fd: number,
  bytes: Uint8Array,
  from: number,
  length: number,
  at: number,
  done: (error: Error | null, count: number) => void,
) => void;

function shortReads(most: number): jest.SpyInstance {
  const real = fs.read as unknown as Read;
  const short: Read = (fd, bytes, from, length, at, done) => real(fd, bytes, from, Math.min(length, most), at, done);
  return jest.spyOn(fs, 'read').mockImplementation(short as unknown as typeof fs.read);
}

describe('a descriptor is not given back under work that is under way', () => {
  let closed: number;
  beforeEach(() => {
    closed = 0;
    const real = fs.close;
    jest.spyOn(fs, 'close').mockImplementation((fd, done) => {
      closed++;
      real(fd, done);
    });
  });

  it('a read', async () => {
    const file = await create(new RealDisk(directory), 'a');
    file.write(Buffer.from('mine'), 0);
    let go: () => void = () => undefined;
    const real = fs.read as unknown as Read;
    const held: Read = (...args) => void (go = () => real(...args));
    jest.spyOn(fs, 'read').mockImplementation(held as unknown as typeof fs.read);
    const read = answer<Uint8Array | Error>((done) => file.read(0, 4, done));
    file.close();
    expect(closed).toBe(0);
    go();
    expect(Buffer.from((await read) as Uint8Array).toString()).toBe('mine');
    expect(closed).toBe(1);
  });

  it.each([
    ['on the spot', onTheSpot],
    ['in a thread', inThread],
  ])('a sync %s', async (_where, bytes) => {
    const file = await create(new RealDisk(directory), 'a');
    file.write(new Uint8Array(bytes), 0);
    const sync = answer<Error | undefined>((done) => file.sync(done));
    file.close();
    file.close();
    expect(closed).toBe(0);
    expect(await sync).toBeUndefined();
    expect(closed).toBe(1);
  });
});
