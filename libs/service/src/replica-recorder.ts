import { closeSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Actor, Vocabulary } from '@synod/actor';
import { FlightRecorder, encodeRecording } from '@synod/actor-host/recording';
import type { Recordable, RecordingHeader } from '@synod/actor-host/recording';
import type { SnapshotSource } from '@synod/state-machine';
import type { RegisterKeys } from './replica-kind.js';

const MiB = 1024 * 1024;
const prefix = 'recording-';
const suffix = '.synodrec';
/** LIMIT: files of earlier ends that stay: a replica that ends again and again must not fill its disk. */
const filesKept = 4;

/** Where to and as whom. */
export interface RecorderOptions<V extends Vocabulary> {
  readonly recordable: Recordable<V>;
  readonly maxMiB: number;
  /** The data directory. */
  readonly directory: string;
  readonly header: Omit<RecordingHeader, 'writtenAt' | 'why'>;
  readonly log: {
    warn(facts: object, text: string): void;
    error(facts: object, text: string): void;
  };
}

/** What stands between an actor and what it is given: what it replicates, unless a name says otherwise. */
export type Between = <T extends object>(given: T, name?: string) => T;

interface Made<V extends Vocabulary> {
  readonly actor: Actor<V>;
  readonly service: SnapshotSource & Partial<RegisterKeys>;
}

/** Records each life of a replica, and writes what is held of the present one into a file that only its owner can read. */
export class ReplicaRecorder<V extends Vocabulary> {
  private recorder: FlightRecorder<V> | undefined;
  private stepsWritten = 0;

  constructor(private readonly options: RecorderOptions<V>) {
    const { maxMiB, directory, log } = options;
    log.warn(
      { maxMiB, directory },
      'SYNOD_RECORD: what clients write and read is kept in memory, and written into the data directory when this process ends or gets SIGUSR2',
    );
    process.on('exit', (code) => void this.save(`the process ended with code ${code}`));
  }

  /** Another life begins. */
  life(make: (between: Between) => Made<V>): Made<V> {
    const { recordable, maxMiB, log } = this.options;
    const recorder = new FlightRecorder<V>(recordable, maxMiB * MiB, ({ message }) =>
      log.error({ maxMiB }, `SYNOD_RECORD: nothing is recorded from here on: ${message}`),
    );
    this.recorder = recorder;
    this.stepsWritten = 0;
    const { actor, service } = make((given, name = 'service') => recorder.outsider(name, given));
    return { actor: recorder.actor(actor), service };
  }

  /** The file; undefined when nothing happened since the last one was written, or it cannot be written. Never throws. */
  save(why: string): string | undefined {
    const { directory, header, log } = this.options;
    const recorded = this.recorder?.recorded;
    const steps = this.recorder?.steps ?? 0;
    if (recorded === undefined || steps === this.stepsWritten) return undefined;
    const now = new Date().toISOString();
    const path = join(directory, `${prefix}${now.replaceAll(':', '-')}${suffix}`);
    try {
      writeWhole(path, encodeRecording({ ...header, writtenAt: now, why }, recorded));
      this.stepsWritten = steps;
      removeOld(directory);
    } catch (error) {
      log.error({ path }, `the recording cannot be written: ${(error as Error).message}`);
      return undefined;
    }
    log.warn(
      { path, steps: steps - recorded.stepsDropped },
      'what happened to this replica is recorded; it holds values of clients',
    );
    return path;
  }
}

/** Under its name only when all of it is there. */
function writeWhole(path: string, pieces: readonly Uint8Array[]): void {
  const aside = `${path}.tmp`;
  const file = openSync(aside, 'wx', 0o600);
  try {
    for (const piece of pieces) for (let at = 0; at < piece.length; ) at += writeSync(file, piece, at);
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  renameSync(aside, path);
}

/** Their names are in the order of time. */
function removeOld(directory: string): void {
  const files = readdirSync(directory).filter((name) => name.startsWith(prefix) && name.endsWith(suffix));
  for (const name of files.sort().slice(0, -filesKept)) rmSync(join(directory, name), { force: true });
}
