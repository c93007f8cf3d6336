import { parseArgs } from 'node:util';
import { protocols } from './protocols.js';
import type { Protocol } from './protocols.js';

export interface Options {
  readonly name: string;
  readonly protocol: Protocol;
  readonly mutant: string | undefined;
  readonly firstSeed: number;
  readonly seeds: number;
  /** Lines of transcript printed after a failure. */
  readonly tail: number;
}

export const usage = `npm run sim -- <${Object.keys(protocols).join('|')}> [--seeds 100] [--from 1] [--seed N] [--mutant NAME] [--tail 60]

  --seeds N      how many seeds
  --from N       the first one
  --seed N       only this one: replays it bit for bit
  --mutant NAME  a deliberately wrong variant; the run is to fail
  --tail N       lines of transcript to print after a failure`;

/** Throws an error that says what is wrong and what would be right. */
export function optionsOf(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      seeds: { type: 'string', default: '100' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
      mutant: { type: 'string' },
      tail: { type: 'string', default: '60' },
    },
  });
  const [name = '', ...others] = positionals;
  const protocol = protocols[name];
  if (protocol === undefined || others.length > 0)
    throw new Error(`one protocol, please: ${Object.keys(protocols).join(', ')}; not "${positionals.join(' ')}"`);
  if (values.mutant !== undefined && !Object.hasOwn(protocol.mutants, values.mutant))
    throw new Error(`there is no mutant ${values.mutant}; there are:\n${listOf(protocol)}`);
  const one = values.seed !== undefined;
  return {
    name,
    protocol,
    mutant: values.mutant,
    firstSeed: number('seed', values.seed ?? values.from, 0),
    seeds: one ? 1 : number('seeds', values.seeds, 1),
    tail: number('tail', values.tail, 0),
  };
}

function listOf({ mutants }: Protocol): string {
  return Object.entries(mutants)
    .map(([name, { mistake }]) => `  ${name.padEnd(24)} ${mistake}`)
    .join('\n');
}

function number(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least)
    throw new Error(`--${name} is a whole number from ${least}, not "${text}"`);
  return value;
}
