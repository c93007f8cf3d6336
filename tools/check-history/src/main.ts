import { parseArgs } from 'node:util';
import { defaultClocksMs, judge, readHistory } from '@synod/linearizability';
import type { Figures } from '@synod/linearizability';

const usage = `usage: npm run check-history -- FILE [--clocks-ms ${defaultClocksMs}] [--seconds 60]

  FILE            JSON lines, as libs/linearizability/src/history.ts says
  --clocks-ms N   how far clocks may come apart: a stale answer may be older by that than it says
  --seconds N     for how long to search for an order that explains all answers`;

/** Exit code: 0 all is well, 1 a promise is broken, 2 undecided, 3 no history. */
async function main(args: readonly string[]): Promise<number> {
  const options = optionsOf(args);
  if (options === undefined) {
    console.error(usage);
    return 3;
  }
  const { path, clocksMs, seconds } = options;
  const history = await readHistory(path);
  const { verdict, problems } = judge(history, { steps: Number.MAX_SAFE_INTEGER, ms: seconds * 1000 }, clocksMs);
  console.log(`${verdict.kind}: ${summary(verdict.figures)}`);
  for (const problem of problems) console.log(`\n${problem}`);
  if (problems.length === 0) return 0;
  return verdict.kind === 'unknown' && problems.length === 1 ? 2 : 1;
}

interface Options {
  readonly path: string;
  readonly clocksMs: number;
  readonly seconds: number;
}

function optionsOf(args: readonly string[]): Options | undefined {
  try {
    const options = {
      'clocks-ms': { type: 'string', default: String(defaultClocksMs) },
      seconds: { type: 'string', default: '60' },
    } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [path, ...others] = positionals;
    const { 'clocks-ms': clocks, seconds } = values;
    if (path === undefined || others.length > 0 || ![clocks, seconds].every((text) => /^\d{1,9}$/.test(text)))
      return undefined;
    return { path, clocksMs: Number(clocks), seconds: Number(seconds) };
  } catch {
    return undefined;
  }
}

function summary({ operations, judged, unknown, parts, steps, ms }: Figures): string {
  const perSecond = Math.round(operations / (ms / 1000)).toLocaleString('en');
  return `${operations} operations, ${judged} judged in ${parts} parts, ${unknown} without an answer; ${steps} steps, ${ms.toFixed(0)} ms, ${perSecond} operations/s`;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 3;
}
