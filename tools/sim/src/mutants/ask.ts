import type { ChildProcess } from 'node:child_process';
import type { Task } from './crew.js';
import type { Verdict } from './judge.js';

/** LIMIT: a variant that has not been judged by then keeps its process busy for ever: it loops without virtual time going on. */
const patienceMs = 20 * 60_000;

/** What the process says of one variant; one that says nothing for too long, or dies of it, is gone afterwards. */
export function ask(worker: ChildProcess, task: Task, patience = patienceMs): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => worker.kill('SIGKILL'), patience);
    const ended = (code: number | null): void =>
      settle(unjudged(task, code === null ? `not judged within ${patience / 60_000} minutes` : `its process ended with ${code}`)); // prettier-ignore
    const settle = (verdict: Verdict): void => {
      clearTimeout(late);
      worker.removeAllListeners();
      resolve(verdict);
    };
    worker
      .once('message', (verdict) => settle(verdict as Verdict))
      .once('exit', ended)
      .once('error', reject);
    worker.send(task);
  });
}

function unjudged({ mutant }: Task, broken: string): Verdict {
  const nothing = { scenario: undefined, invariant: undefined, what: undefined, seeds: 0, seconds: 0 };
  return { mutant, mistake: '?', ...nothing, broken };
}
