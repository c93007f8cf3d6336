import { lockDirectory } from './directory-lock.js';
import { realPace } from './pace.js';
import { RealDisk } from './real-disk.js';
import { SegmentedJournal } from './segmented-journal.js';
import { FileSnapshotStore } from './snapshot-store.js';

export interface StorageOptions {
  /** The replica's data directory; made when it is not there. */
  readonly directory: string;
  readonly cluster: string;
  readonly replica: string;
  readonly segmentBytes?: number;
}

export interface Storage {
  readonly journal: SegmentedJournal;
  readonly snapshots: FileSnapshotStore;
  /** After the journal is closed: gives the directory free. */
  release(): void;
}

/** Journal and snapshots of one replica in a directory of this machine, locked against a second process. */
export async function openStorage({ directory, cluster, replica, segmentBytes }: StorageOptions): Promise<Storage> {
  const disk = new RealDisk(directory);
  const lock = await lockDirectory(directory);
  try {
    const size = segmentBytes === undefined ? {} : { segmentBytes };
    const journal = new SegmentedJournal({ disk, pace: realPace, cluster, replica, ...size });
    const snapshots = new FileSnapshotStore({ disk, pace: realPace });
    await new Promise<void>((resolve, reject) => {
      snapshots.ready((error) => (error === undefined ? resolve() : reject(error)));
    });
    const release = (): void => {
      snapshots.close();
      lock.release();
    };
    return { journal, snapshots, release };
  } catch (error) {
    lock.release();
    throw error;
  }
}
