import { judge, readHistory } from '@synod/linearizability';
import type { Figures } from '@synod/linearizability';

const usage = 'usage: npm run check-history -- FILE   (JSON lines, as libs/linearizability/src/history.ts says)';

/** Exit code: 0 all is well, 1 a promise is broken, 2 undecided, 3 no history. */
async function main(args: readonly string[]): Promise<number> {
  const [path, ...others] = args;
  if (path === undefined || path.startsWith('-') || others.length > 0) {
    console.error(usage);
    return 3;
  }
  const history = await readHistory(path);
  const { verdict, problems } = judge(history);
  console.log(`${verdict.kind}: ${summary(verdict.figures)}`);
  for (const problem of problems) console.log(`\n${problem}`);
  if (problems.length === 0) return 0;
  return verdict.kind === 'unknown' && problems.length === 1 ? 2 : 1;
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
