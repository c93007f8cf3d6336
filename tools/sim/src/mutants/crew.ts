import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ask } from './ask.js';
import type { Bounds, Verdict } from './judge.js';
import type { Job } from './options.js';

/** One question to a worker; its answer is a `Verdict`. */
export interface Task extends Job, Bounds {}

export interface Judged extends Job {
  readonly verdict: Verdict;
}

export interface Telling {
  /** Every verdict as it comes. */
  judged(judged: Judged): void;
  /** A piece of evidence is begun. */
  begins(job: Job, what: string): void;
}

/** Has all jobs done by a few processes, each the next one when it is free. */
export async function judgeAll(
  jobs: readonly Job[],
  bounds: Bounds,
  processes: number,
  tell: Telling,
): Promise<readonly Judged[]> {
  const waiting = [...jobs];
  const judged: Judged[] = [];
  const work = async (): Promise<void> => {
    let worker = fork(workerPath);
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const current = job;
      const verdict = await ask(worker, { ...job, ...bounds }, (what) => tell.begins(current, what));
      if (!worker.connected) worker = fork(workerPath);
      judged.push({ ...job, verdict });
      tell.judged(judged.at(-1)!);
    }
    worker.disconnect();
  };
  await Promise.all(Array.from({ length: Math.min(processes, jobs.length) }, work));
  return judged.sort((a, b) => jobs.findIndex(same(a)) - jobs.findIndex(same(b)));
}

/** A program beside this one: both are sources, or both are bundled. */
const workerPath = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? 'worker.ts' : 'worker.js', import.meta.url));

function same({ protocol, mutant }: Job): (job: Job) => boolean {
  return (job) => job.protocol === protocol && job.mutant === mutant;
}
