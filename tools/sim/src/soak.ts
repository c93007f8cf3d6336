import { randomInt } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Counters } from '@synod/simulator';
import { consoleReport } from './console.js';
import { runAll } from './crew.js';
import { optionsOf } from './options.js';
import type { Options } from './options.js';
import { protocols } from './protocols.js';
import { failureLines, summaryLines, trialFile, writeTrial } from './report.js';
import type { Report } from './report.js';
import { examineFor, paceOf } from './run.js';
import { addTo } from './seed-run.js';
import type { SeedResult } from './seed-run.js';

const usage = `npm run soak -- [${Object.keys(protocols).join('|')}] [--hours 8] [--folder soak] [--jobs N]

  Fresh random seeds until the time is over; failures are shrunk and written to the folder. Exits 1 if there were any.`;

const summaryEveryMs = 10 * 60_000;

interface Soak {
  readonly names: readonly string[];
  readonly untilMs: number;
  readonly folder: string;
  readonly jobs: number;
}

function soakOf(args: readonly string[]): Soak {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      hours: { type: 'string', default: '8' },
      folder: { type: 'string', default: 'soak' },
      jobs: { type: 'string', default: String(availableParallelism()) },
    },
  });
  const hours = Number(values.hours);
  if (!(hours > 0)) throw new Error(`--hours is a number above 0, not "${values.hours}"`);
  const names = positionals.length > 0 ? positionals : Object.keys(protocols);
  const unknown = names.find((name) => protocols[name] === undefined);
  if (unknown !== undefined)
    throw new Error(`there is no protocol ${unknown}; there are ${Object.keys(protocols).join(', ')}`);
  return { names, untilMs: performance.now() + hours * 3_600_000, folder: values.folder, jobs: Number(values.jobs) };
}

/** One protocol until its share of the time is over; gives the number of failing seeds. */
async function soak(options: Options, untilMs: number, folder: string, report: Report): Promise<number> {
  const first = randomInt(2 ** 40);
  const total = new Counters();
  const failed: SeedResult[] = [];
  const pace = paceOf({ name: options.name, seeds: Number.POSITIVE_INFINITY }, report);
  let given = 0;
  let virtualMs = 0;
  let summaryAt = performance.now() + summaryEveryMs;
  report.line(`${options.name}: fresh seeds from ${first}`);
  await runAll({
    ...options,
    next: () => (performance.now() < untilMs ? { seed: first + given++, twice: given % 100 === 0 } : undefined),
    done: (result) => {
      addTo(total, result);
      virtualMs += result.virtualMs;
      pace(result);
      if (result.failure !== undefined) failed.push(result);
      if (result.failure !== undefined) report.line(`seed ${result.seed} fails: ${result.failure.message}`);
      if (performance.now() < summaryAt) return;
      summaryAt += summaryEveryMs;
      report.line(
        `${options.name}: ${given} seeds, ${failed.length} failures, ${(virtualMs / 3_600_000).toFixed(1)} virtual hours`,
      );
    },
  });
  for (const result of failed) await keep(result, options, folder, report);
  for (const line of summaryLines(total)) report.line(line);
  report.line(
    `${options.name}: ${given} seeds, ${(virtualMs / 3_600_000).toFixed(1)} virtual hours, ${failed.length} failures`,
  );
  return failed.length;
}

async function keep({ seed, failure }: SeedResult, options: Options, folder: string, report: Report): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, trialFile(options.name, seed));
  try {
    const found = await examineFor({ seed }, options, report);
    writeTrial(path, found);
    writeFileSync(`${path}.txt`, `${failureLines(options.name, options.mutant, found).join('\n')}\n`);
  } catch (error) {
    writeFileSync(`${path}.txt`, `${failure!.message}\n${failure!.stack}\n${(error as Error).message}\n`);
  }
  report.line(`written: ${path}.txt`);
}

async function main(): Promise<number> {
  let plan: Soak;
  try {
    plan = soakOf(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    return 2;
  }
  const report = consoleReport(false);
  let failures = 0;
  for (const [i, name] of plan.names.entries()) {
    const now = performance.now();
    const share = now + (plan.untilMs - now) / (plan.names.length - i);
    const options = { ...optionsOf([name]), jobs: plan.jobs };
    failures += await soak(options, share, plan.folder, report);
  }
  return failures === 0 ? 0 : 1;
}

process.exitCode = await main();
