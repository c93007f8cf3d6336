import { check, keyValueModel, picture, readHistory, shrink } from '@synod/linearizability';
import type { Figures } from '@synod/linearizability';

const usage = 'usage: npm run check-history -- FILE   (JSON lines, as libs/linearizability/src/history.ts says)';

/** Exit code: 0 linearizable, 1 violation, 2 undecided, 3 no history. */
async function main(args: readonly string[]): Promise<number> {
  const [path, ...others] = args;
  if (path === undefined || path.startsWith('-') || others.length > 0) {
    console.error(usage);
    return 3;
  }
  const history = await readHistory(path);
  const verdict = check(history, keyValueModel);
  console.log(`${verdict.kind}: ${summary(verdict.figures)}`);
  if (verdict.kind === 'linearizable') return 0;
  if (verdict.kind === 'unknown') {
    console.log(verdict.why);
    return 2;
  }
  console.log(`\n${picture(shrink(verdict.violation))}`);
  return 1;
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
