import type { Contender, Contenders } from './contenders.js';
import type { Order } from './load/orders.js';
import { measure } from './measure.js';
import type { Sample } from './measure.js';
import type { Options } from './options.js';
import type { Progress } from './progress.js';
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
  const running = await contenders.only(present);
  const cells = section.cells.filter(({ quick }) => quick || !options.quick);
  const samples = new Map<string, Sample[]>();
  for (let round = 1; round <= options.rounds; round++) {
    for (const cell of cells) {
      for (const contender of running.filter(({ name }) => !cell.without?.includes(name))) {
        progress.now(`${section.name}: round ${round} of ${options.rounds}, ${cell.name} on ${contender.name}`);
        const key = `${cell.name}\n${contender.name}`;
        samples.set(key, [...(samples.get(key) ?? []), await sample(contender, cell, options)]);
      }
    }
  }
  progress.clear();
  return {
    section,
    about: Object.fromEntries(running.map(({ name, system }) => [name, system.about])),
    results: cells.flatMap((cell) =>
      running.flatMap(({ name }) => {
        const taken = samples.get(`${cell.name}\n${name}`);
        return taken ? [{ cell, contender: name, samples: taken }] : [];
      }),
    ),
    skipped: missing.map((name) => `${name}: ${contenders.missing(name)}`),
  };
}

function sample(contender: Contender, cell: Cell, { warmUpMs, measureMs }: Options): Promise<Sample> {
  const { writers, readers, valueBytes } = cell;
  const keys = Math.max(writers, Math.min(mostKeys, Math.floor(mostStoredBytes / valueBytes)));
  const order: Order = { writers, readers, valueBytes, keys, warmUpMs, measure: { ms: measureMs } };
  return measure(contender, order);
}
