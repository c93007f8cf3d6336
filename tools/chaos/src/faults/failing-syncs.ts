import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pause } from '@synod/process-group';
import type { ReplicaProcess } from '@synod/process-group';
import type { Fault } from '../fault.js';
import type { TestBed } from '../test-bed.js';

/** One sync that takes so long, and for a while the journal has all of them done in threads. */
const SLOW_MS = 100;
/** A file that is begun meanwhile, a snapshot or the next segment, syncs on the spot at first and may be what fails. */
const MOST_TRIES = 4;

/**
 * Only the syncs of files fail, not those of directories: nothing else may be what stops the victim. Once while syncs are
 * waited for on the spot, if the disk is fast enough for that, and once while they are done in threads; the report says which.
 */
export const failingSync: Fault = {
  name: 'sync-fails',
  what: 'the syncs of the files of one replica fail with EIO, on the spot and in threads',
  needs: ['tracing'],
  strike: async (bed) => {
    const first = await bed.victim();
    // A journal that was just opened syncs on the spot until it has seen how slow the disk is.
    await first.kill();
    await bed.rejoins(first);
    const onTheSpot = await fail(bed, first);
    await bed.rejoins(first);
    return `${onTheSpot}; ${await failInThread(bed, MOST_TRIES)}`;
  },
};

async function failInThread(bed: TestBed, tries: number): Promise<string> {
  const victim = await bed.victim();
  const failed = await fail(bed, victim, await toThreads(bed, victim));
  if (failed.endsWith('thread')) return failed;
  if (tries === 1) throw new Error(`${failed}: was to be in a thread`);
  await bed.rejoins(victim);
  return failInThread(bed, tries - 1);
}

/** No client is at work when it returns: with fast syncs the replica would be back on the spot soon. */
async function toThreads(bed: TestBed, victim: ReplicaProcess): Promise<() => void> {
  const stopTracing = await bed.trace(victim, [`inject=fdatasync:delay_enter=${SLOW_MS * 1000}`]);
  await bed.workload.advance(50, 10_000);
  await pause(10 * SLOW_MS);
  await bed.workload.pause();
  await stopTracing();
  return () => bed.workload.resume();
}

async function fail(bed: TestBed, victim: ReplicaProcess, resume: () => void = () => undefined): Promise<string> {
  const { pid } = victim;
  const seen = join(bed.directory, `failed-syncs-of-${victim.name}`);
  const stopTracing = await bed.trace(victim, ['trace=fdatasync', 'inject=fdatasync:error=EIO'], seen);
  resume();
  const said = await bed.halts(victim, /cannot sync [^ ]+: EIO[^"]*fdatasync/, 20_000).finally(stopTracing);
  const failures = failuresIn(readFileSync(seen, 'utf8'));
  const again = syncedAgain(failures);
  if (again !== undefined) throw new Error(`${victim.name} went on with ${again} after a sync of it had failed`);
  return `${victim.name}: ${said}, ${failures[0]?.thread === pid ? 'on the spot' : 'in a thread'}`;
}

interface FailedSync {
  readonly thread: number;
  readonly file: string;
}

/** Of what strace wrote: a call in a line, which begins with the thread and names the file behind the descriptor. */
export function failuresIn(traced: string): readonly FailedSync[] {
  const calls = traced.matchAll(/^(\d+) +fdatasync\(\d+<([^>]*)>/gm);
  return [...calls].map(([, thread, file]) => ({ thread: Number(thread), file: basename(file!) }));
}

/**
 * A segment of the journal has one sync under way at a time, and the next one begins when the last was taken for good and
 * what rests on it was let go: to be acknowledged. So each may be asked once.
 */
export function syncedAgain(failures: readonly FailedSync[]): string | undefined {
  const segments = failures.map(({ file }) => file).filter((file) => file.endsWith('.wal'));
  return segments.find((file, at) => segments.indexOf(file) < at);
}
