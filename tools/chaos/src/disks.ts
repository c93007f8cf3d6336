import { mkdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { undoAtTheEnd } from '@synod/process-group';
import { run, tryNow } from './system.js';

const IMAGE_MIB = 192;

/**
 * A disk for each replica: an ext4 file system in an image file. All images lie in one file system of their own (the
 * shelf), itself an image. While the shelf is frozen no write reaches any of the disks: that is one and the same moment
 * for all of them, in the middle of whatever syncs are under way. What a copy of the images then holds is what the disks
 * had been given by then, without the page cache of the file systems on them.
 */
export class Disks {
  private readonly shelf: string;
  private frozen = false;
  /** Power cuts so far: which image of each disk is the present one. */
  private cuts = 0;

  private constructor(
    private readonly directory: string,
    private readonly names: readonly string[],
    private readonly remove: () => void,
  ) {
    this.shelf = join(directory, 'shelf');
  }

  static async create(directory: string, names: readonly string[]): Promise<Disks> {
    const shelf = join(directory, 'shelf');
    const mounts = [...names.map((name) => join(directory, name)), shelf];
    mkdirSync(join(directory, 'cut'), { recursive: true });
    for (const mount of mounts) mkdirSync(mount);
    const remove = undoAtTheEnd(() => {
      tryNow('fsfreeze', '-u', shelf);
      // Lazily: whoever still has a file open must not keep us.
      for (const mount of mounts) tryNow('umount', '-l', mount);
      rmSync(directory, { recursive: true, force: true });
    });
    const disks = new Disks(directory, names, remove);
    try {
      await makeImage(`${shelf}.img`, IMAGE_MIB * (2 * names.length + 1));
      await run('mount', '-o', 'loop', `${shelf}.img`, shelf);
      for (const name of names) {
        await makeImage(disks.imageOf(name), IMAGE_MIB);
        await disks.mount(name);
      }
    } catch (error) {
      remove();
      throw error;
    }
    return disks;
  }

  /** Where a replica's data are. Not the mount point itself, in which ext4 has a directory of its own. */
  dataOf(name: string): string {
    return join(this.directory, name, 'data');
  }

  /** Leaves less than a page free. */
  async fill(name: string): Promise<void> {
    const mount = join(this.directory, name);
    const { bavail, bsize } = statfsSync(mount);
    await run('fallocate', '-l', String(bavail * bsize), join(mount, 'filler')).catch(() => undefined);
    await run('dd', 'if=/dev/zero', `of=${join(mount, 'crumbs')}`, 'bs=4096', 'count=4096').catch(() => undefined);
  }

  free(name: string): void {
    for (const file of ['filler', 'crumbs']) rmSync(join(this.directory, name, file), { force: true });
  }

  /**
   * Cuts the power of all disks at one moment. Call `dead` for the end of every process that uses them: it is called once
   * the moment has been taken, and resolves when they are gone. Afterwards the disks are as they were at that moment.
   */
  async cutPower(dead: () => Promise<void>): Promise<void> {
    await run('fsfreeze', '-f', this.shelf);
    this.frozen = true;
    try {
      await Promise.all(this.names.map((name) => run('cp', '--sparse=always', this.imageOf(name), this.cutOf(name))));
      // A process that waits for a frozen disk ends only once the disk goes on.
      const gone = dead();
      await this.thaw();
      await gone;
    } finally {
      if (this.frozen) await this.thaw();
    }
    const old = this.names.map((name) => this.imageOf(name));
    this.cuts++;
    await Promise.all(this.names.map((name) => this.replace(name)));
    for (const image of old) rmSync(image);
  }

  private async thaw(): Promise<void> {
    await run('fsfreeze', '-u', this.shelf);
    this.frozen = false;
  }

  /**
   * The copy is a file of another name, since the file system may outlive its unmounting: a container that starts meanwhile has a
   * copy of all mounts for a moment. Mounted again from the same file it would go on, with all that its page cache held.
   */
  private async replace(name: string): Promise<void> {
    await run('umount', join(this.directory, name));
    await run('cp', '--sparse=always', this.cutOf(name), this.imageOf(name));
    await this.mount(name);
  }

  private async mount(name: string): Promise<void> {
    await run('mount', '-o', 'loop', this.imageOf(name), join(this.directory, name));
  }

  private imageOf(name: string): string {
    return join(this.shelf, `${name}-${this.cuts}.img`);
  }

  private cutOf(name: string): string {
    return join(this.directory, 'cut', `${name}.img`);
  }

  close(): void {
    this.remove();
  }
}

async function makeImage(path: string, mib: number): Promise<void> {
  await run('truncate', '-s', `${mib}M`, path);
  // No blocks are kept for root, who is the one to run out of them here.
  await run('mkfs.ext4', '-q', '-m', '0', path);
}
