import type { ChildProcess } from 'node:child_process';
import type { Task } from './crew.js';
import type { Verdict } from './judge.js';

/**
 * LIMIT: the longest piece of evidence takes seconds. One that takes so long does not end: the variant loops, in a step or without
 * virtual time going on, and would keep its process busy for ever.
 */
const patienceMs = 3 * 60_000;

/** What a process says while it judges: which piece of evidence it begins; at last, its verdict. */
export type Word = { readonly begins: string } | { readonly verdict: Verdict };

/** What the process says of one variant; one that says nothing for too long, or dies of it, is gone afterwards. */
export function ask(
  worker: ChildProcess,
  task: Task,
  begins: (what: string) => void = () => undefined,
  patience = patienceMs,
): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    let at = 'the beginning';
    const late = setTimeout(() => worker.kill('SIGKILL'), patience);
    const settle = (verdict: Verdict): void => {
      clearTimeout(late);
      worker.removeAllListeners();
      resolve(verdict);
    };
    const ended = (code: number | null): void => {
      const what = code === null ? `does not end: nothing was heard for ${patience / 60_000} minutes` : `ended the process with ${code}`; // prettier-ignore
      settle(unjudged(task, `${at} ${what}`));
    };
    worker
      .on('message', (word) => {
        if ('verdict' in (word as Word)) return settle((word as { readonly verdict: Verdict }).verdict);
        late.refresh();
        at = (word as { readonly begins: string }).begins;
        begins(at);
      })
      .once('exit', ended)
      .once('error', reject);
    worker.send(task);
  });
}

function unjudged({ mutant }: Task, broken: string): Verdict {
  const nothing = { scenario: undefined, invariant: undefined, what: undefined, seeds: 0, seconds: 0 };
  return { mutant, mistake: '?', ...nothing, broken };
}
