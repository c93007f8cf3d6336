import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { Trial } from '@synod/simulator';
import { protocols } from './protocols.js';
import type { Protocol } from './protocols.js';
import { mutantList } from './report.js';

export interface Options {
  readonly name: string;
  readonly protocol: Protocol;
  readonly mutant: string | undefined;
  readonly firstSeed: number;
  readonly seeds: number;
  /** One run as a file tells it. */
  readonly trial: Trial | undefined;
  /** The path of a scenario, and its text. */
  readonly scenario: { readonly path: string; readonly text: string } | undefined;
  readonly regressions: boolean;
  /** Processes. */
  readonly jobs: number;
  /** One JSON object on standard output, nothing else. */
  readonly json: boolean;
  /** Events in the table after a failure, and how wide it may be. */
  readonly tail: number;
  readonly width: number;
}

export const usage = `npm run sim -- <${Object.keys(protocols).join('|')}> [--seeds 100] [--from 1] [--seed N] [--trial FILE] [--scenario FILE]
                    [--regressions] [--mutant NAME] [--jobs N] [--tail 40] [--json]

  --seeds N      how many seeds
  --from N       the first one
  --seed N       only this one: replays it bit for bit
  --trial FILE   one run as a shrunk failure was written
  --scenario F   a scenario, as a shrunk failure was written: told as it comes out; exits 1 when that is not as told or a sentence
                 is violated, 3 when a command is not possible any more: the course has changed, 2 when it is no scenario
  --regressions  runs that failed once and are kept
  --mutant NAME  a deliberately wrong variant; the run is to fail
  --jobs N       processes; as many as there are cores
  --tail N       events in the table after a failure
  --json         one JSON object at the end instead of lines`;

/** Throws an error that says what is wrong and what would be right. */
export function optionsOf(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      seeds: { type: 'string', default: '100' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
      trial: { type: 'string' },
      scenario: { type: 'string' },
      regressions: { type: 'boolean', default: false },
      mutant: { type: 'string' },
      jobs: { type: 'string', default: String(availableParallelism()) },
      tail: { type: 'string', default: '40' },
      json: { type: 'boolean', default: false },
    },
  });
  const [name = '', ...others] = positionals;
  const protocol = protocols[name];
  if (protocol === undefined || others.length > 0)
    throw new Error(`one protocol, please: ${Object.keys(protocols).join(', ')}; not "${positionals.join(' ')}"`);
  if (values.mutant !== undefined && !Object.hasOwn(protocol.mutants, values.mutant))
    throw new Error(`there is no mutant ${values.mutant}; there are:\n${mutantList(protocol)}`);
  const seeds = values.seed === undefined ? number('seeds', values.seeds, 1) : 1;
  return {
    name,
    protocol,
    mutant: values.mutant,
    firstSeed: number('seed', values.seed ?? values.from, 0),
    seeds,
    trial: values.trial === undefined ? undefined : trialIn(values.trial),
    scenario: values.scenario === undefined ? undefined : { path: values.scenario, text: readFileSync(values.scenario, 'utf8') }, // prettier-ignore
    regressions: values.regressions,
    jobs: Math.min(seeds, number('jobs', values.jobs, 1)),
    json: values.json,
    tail: number('tail', values.tail, 1),
    width: Math.max(80, Math.min(160, process.stdout.columns || 120)),
  };
}

function trialIn(path: string): Trial {
  const { seed, swarm, strikes } = JSON.parse(readFileSync(path, 'utf8')) as Trial;
  if (!Number.isSafeInteger(seed) || !Array.isArray(strikes))
    throw new Error(`${path} is not a trial: it has a whole number "seed", an object "swarm" and a list "strikes"`);
  return { seed, swarm, strikes };
}

function number(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least)
    throw new Error(`--${name} is a whole number from ${least}, not "${text}"`);
  return value;
}
