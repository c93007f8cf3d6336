import type { Contenders } from './contenders.js';
import type { Order } from './load/orders.js';
import { measure } from './measure.js';
import type { Sample } from './measure.js';
import type { Options } from './options.js';
import type { Progress } from './progress.js';
import { wantedCells } from './sections.js';
import type { Cell, Section } from './sections.js';

/** All runs of one load on one contender. */
export interface Result {
  readonly cell: Cell;
  readonly contender: string;
  readonly samples: readonly Sample[];
}

export interface SectionReport {
  readonly section: Section;
  /** What each contender is: versions and settings. */
  readonly about: Readonly<Record<string, string>>;
  readonly results: readonly Result[];
  /** What was left out, and what would bring it in. */
  readonly skipped: readonly string[];
  /** Runs without a result, and why. */
  readonly failures: readonly string[];
}

/** Reading back beyond this would fill memories, not measure more. */
const mostStoredBytes = 64 * 1024 * 1024;
const mostKeys = 10_000;

/** Every round runs every cell on every contender, one after the other: what drifts, drifts under all of them. */
export async function runSection(
  section: Section,
  contenders: Contenders,
  options: Options,
  progress: Progress,
): Promise<SectionReport> {
  const missing = section.contenders.filter((name) => contenders.missing(name) !== undefined);
  const present = section.contenders.filter((name) => !missing.includes(name));
  progress.now(`${section.name}: starting ${present.join(', ')}`);
  await contenders.only(present);
  const failures: string[] = [];
  const cells = wantedCells(section, options);
  const samples = new Map<string, Sample[]>();
  for (let round = 1; round <= options.rounds; round++) {
    for (const cell of cells) {
      for (const name of present.filter((one) => !cell.without?.includes(one))) {
        progress.now(`${section.name}: round ${round} of ${options.rounds}, ${cell.name} on ${name}`);
        const key = `${cell.name}\n${name}`;
        try {
          samples.set(key, [...(samples.get(key) ?? []), await sample(contenders, name, cell, options)]);
        } catch (error) {
          failures.push(`${cell.name}, round ${round}: ${(error as Error).message}`);
          await contenders.restartLoad(name);
        }
      }
    }
  }
  progress.clear();
  return {
    section,
    about: Object.fromEntries(present.map((name) => [name, contenders.get(name).system.about])),
    results: cells.flatMap((cell) =>
      present.flatMap((name) => {
        const taken = samples.get(`${cell.name}\n${name}`);
        return taken ? [{ cell, contender: name, samples: taken }] : [];
      }),
    ),
    skipped: missing.map((name) => `${name}: ${contenders.missing(name)}`),
    failures,
  };
}

function sample(contenders: Contenders, name: string, cell: Cell, { warmUpMs, measureMs }: Options): Promise<Sample> {
  const contender = contenders.get(name);
  const { writers, readers, valueBytes } = cell;
  const keys = Math.max(writers, Math.min(mostKeys, Math.floor(mostStoredBytes / valueBytes)));
  const order: Order = { writers, readers, valueBytes, keys, warmUpMs, measure: { ms: measureMs } };
  const run = () => measure(contender, order);
  return cell.flood === undefined ? run() : contenders.flooded(contender, cell.flood, run);
}
