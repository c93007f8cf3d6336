import { optionsOf, usage } from './options.js';
import type { Options } from './options.js';
import { run } from './run.js';

const progressEveryMs = process.stderr.isTTY ? 200 : 5000;

async function main(): Promise<number> {
  let options: Options;
  try {
    options = optionsOf(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    return 2;
  }
  const startedAt = performance.now();
  let toldAt = startedAt;
  return run(options, {
    line: (text) => console.log(text),
    progress: (done, of, virtualMs) => {
      const now = performance.now();
      if (now - toldAt < progressEveryMs && done < of) return;
      toldAt = now;
      const seconds = (now - startedAt) / 1000;
      const pace = `${(done / seconds).toFixed(1)} seeds/s, ${(virtualMs / 1000 / seconds).toFixed(0)} × real time`;
      const end = process.stderr.isTTY && done < of ? '\r' : '\n';
      process.stderr.write(`${options.name}: ${done} of ${of} seeds, ${pace}${end}`);
    },
  });
}

process.exitCode = await main();
