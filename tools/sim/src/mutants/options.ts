import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { protocols } from '../protocols.js';
import type { Bounds } from './judge.js';

export interface Options extends Bounds {
  /** Protocols by name, and their variants; undefined is the honest one. */
  readonly jobs: readonly Job[];
  readonly format: 'people' | 'json' | 'markdown';
  readonly processes: number;
}

export interface Job {
  readonly protocol: string;
  readonly mutant: string | undefined;
}

const names = Object.keys(protocols);

export const usage = `npm run mutants -- [${names.join('|')}] [--only NAME] [--seeds 60] [--json|--markdown]

  Runs all evidence against every deliberately wrong variant, and against the honest one. Exits with 1 when a wrong one
  survives or the honest one does not, or when one is broken: throws by its own mistake, or with a scenario or seed of
  which nothing is heard for three minutes.

  --only NAME    this variant; may be given several times
  --seeds N      simulated seeds at most for a variant that no scenario notices, and for the honest one
  --json         one object a line
  --markdown     the table of the README`;

/** Seeds for what a scenario has killed already. */
const seedsMore = 10;

/** Throws an error that says what is wrong and what would be right. */
export function optionsOf(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      only: { type: 'string', multiple: true, default: [] },
      seeds: { type: 'string', default: '60' },
      json: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
    },
  });
  for (const name of positionals)
    if (!names.includes(name)) throw new Error(`there is no protocol ${name}; there are ${names.join(', ')}`);
  const seeds = Number(values.seeds);
  if (!Number.isSafeInteger(seeds) || seeds < 0)
    throw new Error(`--seeds is a whole number from 0, not "${values.seeds}"`);
  return {
    jobs: jobsOf(positionals.length > 0 ? positionals : names, values.only),
    format: values.json ? 'json' : values.markdown ? 'markdown' : 'people',
    processes: availableParallelism(),
    seeds,
    seedsMore: Math.min(seeds, seedsMore),
  };
}

function jobsOf(chosen: readonly string[], only: readonly string[]): readonly Job[] {
  const all = chosen.flatMap((protocol) => Object.keys(protocols[protocol]!.mutants).map((mutant) => ({ protocol, mutant }))); // prettier-ignore
  if (only.length === 0) return [...chosen.map((protocol) => ({ protocol, mutant: undefined })), ...all];
  for (const name of only)
    if (!all.some(({ mutant }) => mutant === name))
      throw new Error(`there is no mutant ${name}; there are:\n${all.map(({ mutant }) => `  ${mutant}`).join('\n')}`);
  return all.filter(({ mutant }) => only.includes(mutant));
}
