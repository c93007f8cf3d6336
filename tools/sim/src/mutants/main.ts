import { judgeAll } from './crew.js';
import { isSound } from './judge.js';
import { optionsOf, usage } from './options.js';
import type { Options } from './options.js';
import { markdownOf, rowOf, summaryOf } from './table.js';

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
  let done = 0;
  const judged = await judgeAll(jobs, options, processes, ({ protocol, verdict }) => {
    done++;
    if (format === 'json') console.log(JSON.stringify({ protocol, ...verdict }));
    if (format === 'people') console.log(rowOf(verdict));
    else process.stderr.write(`${done} of ${jobs.length}${process.stderr.isTTY ? '\r' : '\n'}`);
  });
  const verdicts = judged.map(({ verdict }) => verdict);
  if (format === 'markdown') console.log(markdownOf(verdicts));
  console.error(summaryOf(verdicts, (performance.now() - startedAt) / 1000));
  return verdicts.every(isSound) ? 0 : 1;
}

process.exitCode = await main();
