import type { Disk, DiskFile, Done } from '@synod/journal';

/** Stands between the production journal and snapshot store and their disk, in place of a mistake in their code. */
export type DiskTampering = (disk: Disk) => Disk;

type FileTampering = (file: DiskFile) => Partial<DiskFile>;

/** Mistakes of a store: what it forgets to ask of the disk. Protocols share the store, so they share these. */
export const wrongDisks = {
  /** What is written is taken for durable. */
  syncsNothing: files((file) => ({ sync: (done) => pretend(file, done) })),
  /** A sync that failed is taken for one that did not. */
  ignoresFailedSyncs: files((file) => ({ sync: (done) => file.sync(() => done(undefined)) })),
  /** Snapshots are named, and counted on, before their content is durable. */
  syncsNoSnapshot: files((file) => (isJournal(file) ? {} : { sync: (done) => pretend(file, done) })),
  /** The names of new segments and snapshots are taken for durable. */
  syncsNoDirectory: (disk) => through(disk, { syncDirectory: (path, done) => disk.list(path, () => done(undefined)) }),
} satisfies { readonly [name: string]: DiskTampering };

function isJournal({ path }: DiskFile): boolean {
  return path.startsWith('journal/');
}

/** As long as a look at the file takes. */
function pretend(file: DiskFile, done: Done): void {
  file.read(0, 1, () => done(undefined));
}

function files(tamper: FileTampering): DiskTampering {
  const wrong = (file: DiskFile): DiskFile => {
    const changed = tamper(file);
    return {
      path: file.path,
      get sizeBytes() {
        return file.sizeBytes;
      },
      write: (bytes, position) => file.write(bytes, position),
      read: (position, length, done) => file.read(position, length, done),
      sync: (done) => (changed.sync ? changed.sync(done) : file.sync(done)),
      close: () => file.close(),
    };
  };
  return (disk) =>
    through(disk, {
      create: (path, done) => disk.create(path, (file) => done(file instanceof Error ? file : wrong(file))),
      open: (path, done) => disk.open(path, (file) => done(file instanceof Error ? file : wrong(file))),
    });
}

function through(disk: Disk, changed: Partial<Disk>): Disk {
  return {
    list: (directory, done) => disk.list(directory, done),
    makeDirectory: (path, done) => disk.makeDirectory(path, done),
    create: (path, done) => disk.create(path, done),
    open: (path, done) => disk.open(path, done),
    rename: (from, to, done) => disk.rename(from, to, done),
    remove: (path, done) => disk.remove(path, done),
    syncDirectory: (path, done) => disk.syncDirectory(path, done),
    ...changed,
  };
}
