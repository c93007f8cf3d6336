import { judgeAll } from './crew.js';
import type { Judged } from './crew.js';
import { isSound } from './judge.js';
import { optionsOf, usage } from './options.js';
import type { Options } from './options.js';
import { Progress } from './progress.js';
import { markdownOf, rowOf, summaryOf } from './table.js';

/** Also while one piece of evidence takes long it is told which. */
const quietMs = 30_000;

async function main(): Promise<number> {
  let options: Options;
  try {
    options = optionsOf(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    return 2;
  }
  const { jobs, format, processes } = options;
  const startedAt = performance.now();
  const progress = new Progress(jobs.length, process.stderr);
  const ticking = setInterval(() => progress.tell(), quietMs);
  const judged = await judgeAll(jobs, options, processes, {
    judged: (one) => {
      progress.judged(one);
      show(one, format);
    },
    begins: (job, what) => progress.begins(job, what),
  });
  clearInterval(ticking);
  const verdicts = judged.map(({ verdict }) => verdict);
  if (format === 'markdown') console.log(markdownOf(verdicts));
  console.error(summaryOf(verdicts, (performance.now() - startedAt) / 1000));
  return verdicts.every(isSound) ? 0 : 1;
}

function show({ protocol, verdict }: Judged, format: Options['format']): void {
  if (format === 'json') console.log(JSON.stringify({ protocol, ...verdict }));
  if (format === 'people') console.log(rowOf(verdict));
}

process.exitCode = await main();
