import { optionsOf, usage } from './options.js';
import type { Options } from './options.js';
import { run } from './run.js';
import type { Report } from './run.js';

const startedAt = performance.now();

/** Lines that stay, and on a terminal one more below them that tells what is being done. */
function progress(): Report {
  const { stderr } = process;
  const clear = stderr.isTTY ? '\r\x1b[2K' : '';
  const clock = () => {
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
  };
  return {
    line: (text) => void stderr.write(`${clear}${clock()} ${text}\n`),
    now: (text) => void (stderr.isTTY && stderr.write(`${clear}${clock()} ${text} …`.slice(0, stderr.columns))),
  };
}

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(usage);
    return 0;
  }
  let options: Options;
  try {
    options = optionsOf(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    return 2;
  }
  const summary = await run(options, progress());
  if (options.json) console.log(JSON.stringify(summary, undefined, 2));
  else console.log(`\n${summary.table()}`);
  const { failure, verdict, seed } = summary;
  if (!failure) {
    console.error(`\nseed ${seed}: ${verdict}`);
    return 0;
  }
  const names = options.faults.map(({ name }) => name).join(',');
  console.error(`\nFAILED ${failure.message}\n
logs:      ${failure.directory}/group/*.log
history:   ${failure.directory}/history.jsonl, of registers ${failure.directory}/registers.jsonl
judge:     npm run check-history -- ${failure.directory}/history.jsonl
again:     npm run chaos -- --protocol ${options.protocol} --seed ${seed} --faults ${names}${options.brief ? ' --brief' : ''}`);
  return 1;
}

process.exitCode = await main(process.argv.slice(2));
