import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Protocol } from './protocols.js';
import { runSeed } from './seed-run.js';
import type { SeedResult } from './seed-run.js';

export interface SeedTask {
  readonly seed: number;
  readonly twice: boolean;
}

export interface Work {
  readonly name: string;
  readonly protocol: Protocol;
  readonly mutant: string | undefined;
  /** Processes; 1 is this one. */
  readonly jobs: number;
  /** The next seed; undefined when there is none any more. */
  next(): SeedTask | undefined;
  /** Results come in the order in which they are ready. */
  done(result: SeedResult): void;
}

/** Has every seed run that `next` gives, by several processes, each the next one when it is free. */
export async function runAll(work: Work): Promise<void> {
  if (work.jobs > 1) {
    await Promise.all(Array.from({ length: work.jobs }, () => employ(work)));
    return;
  }
  const { protocol, mutant } = work;
  for (let task = work.next(); task !== undefined; task = work.next())
    work.done(await runSeed(protocol, task.seed, mutant, task.twice));
}

/** A program beside this one: both are sources, or both are bundled. */
const workerPath = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? 'worker.ts' : 'worker.js', import.meta.url));

function employ({ name, mutant, next, done }: Work): Promise<void> {
  const worker: ChildProcess = fork(workerPath);
  return new Promise((resolve, reject) => {
    let task: SeedTask | undefined;
    const give = (): void => {
      task = next();
      if (task === undefined) worker.disconnect();
      else worker.send({ name, mutant, ...task });
    };
    worker.on('message', (result) => {
      done(result as SeedResult);
      give();
    });
    worker.on('error', reject);
    worker.on('exit', (code) =>
      task === undefined ? resolve() : reject(new Error(`the process that ran seed ${task.seed} ended with ${code}`)),
    );
    give();
  });
}
