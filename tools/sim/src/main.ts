import { consoleReport } from './console.js';
import { optionsOf, usage } from './options.js';
import type { Options } from './options.js';
import { run } from './run.js';

async function main(): Promise<number> {
  let options: Options;
  try {
    options = optionsOf(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    return 2;
  }
  return run(options, consoleReport(options.json));
}

process.exitCode = await main();
