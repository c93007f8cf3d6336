import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Bounds, Verdict } from './judge.js';
import type { Job } from './options.js';

/** One question to a worker; its answer is a `Verdict`. */
export interface Task extends Job, Bounds {}

export interface Judged extends Job {
  readonly verdict: Verdict;
}

/** Has all jobs done by a few processes, each the next one when it is free; tells every verdict as it comes. */
export function judgeAll(
  jobs: readonly Job[],
  bounds: Bounds,
  processes: number,
  tell: (judged: Judged) => void,
): Promise<readonly Judged[]> {
  const waiting = [...jobs];
  const judged: Judged[] = [];
  const work = (worker: ChildProcess): Promise<void> =>
    new Promise((resolve, reject) => {
      let job: Job | undefined;
      const next = (): void => {
        job = waiting.shift();
        if (job === undefined) worker.disconnect();
        else worker.send({ ...job, ...bounds } satisfies Task);
      };
      worker.on('message', (verdict) => {
        const done = { ...job!, verdict: verdict as Verdict };
        judged.push(done);
        tell(done);
        next();
      });
      worker.on('error', reject);
      worker.on('exit', (code) =>
        job === undefined ? resolve() : reject(new Error(`the process that tried ${job.mutant} ended with ${code}`)),
      );
      next();
    });
  const workers = Array.from({ length: Math.min(processes, jobs.length) }, () => work(fork(workerPath)));
  return Promise.all(workers).then(() => judged.sort((a, b) => jobs.findIndex(same(a)) - jobs.findIndex(same(b))));
}

/** A program beside this one: both are sources, or both are bundled. */
const workerPath = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? 'worker.ts' : 'worker.js', import.meta.url));

function same({ protocol, mutant }: Job): (job: Job) => boolean {
  return (job) => job.protocol === protocol && job.mutant === mutant;
}
