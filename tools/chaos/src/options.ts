import { parseArgs } from 'node:util';
import { protocols } from '@synod/topology';
import type { Protocol } from '@synod/topology';
import type { Fault } from './fault.js';
import { beyond, faults } from './faults/index.js';

export interface Options {
  readonly protocol: Protocol;
  readonly minutes: number;
  /** Each fault strikes at most so often. */
  readonly rounds: number;
  readonly faults: readonly Fault[];
  readonly seed: number;
  readonly brief: boolean;
  readonly json: boolean;
  /** Instead of the protocol's own program for those that answer clients. */
  readonly program?: string;
}

export const usage = `npm run chaos -- [--protocol raft] [--minutes 10] [--rounds N] [--faults a,b] [--seed N] [--brief] [--json]

  --protocol P ${Object.keys(protocols).join(' or ')} (default raft)
  --minutes N  for how long; what is under way is finished
  --rounds N   each fault at most so often
  --faults a,b only these (default: all that this machine can do; most need root)
  --seed N     decides the order, the victims and the durations; the processes keep their own timing
  --brief      faults that could last as long as they please last three seconds at most
  --json       the result as JSON, on standard output; progress goes to standard error

${describe(faults)}
only when asked for:
${describe(beyond)}`;

function describe(some: readonly Fault[]): string {
  return some
    .map(({ name, what, only }) => `  ${name.padEnd(22)} ${what}${only ? ` (${only.join(', ')})` : ''}`)
    .join('\n');
}

/** Throws an error that says what is wrong and what would be right. */
export function optionsOf(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      protocol: { type: 'string', default: 'raft' },
      minutes: { type: 'string', default: '10' },
      rounds: { type: 'string', default: '1000000' },
      faults: { type: 'string' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      brief: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const protocol = protocolNamed(values.protocol);
  return {
    protocol,
    minutes: number('minutes', values.minutes, 0),
    rounds: number('rounds', values.rounds, 1),
    faults:
      values.faults === undefined
        ? faultsOf(protocol)
        : values.faults.split(',').map((name) => faultNamed(name, protocol)),
    seed: number('seed', values.seed, 0),
    brief: values.brief,
    json: values.json,
  };
}

/** What strikes a group unless somebody asks otherwise. */
export function faultsOf(protocol: Protocol): readonly Fault[] {
  return faults.filter(({ only }) => only?.includes(protocol) ?? true);
}

function faultNamed(name: string, protocol: Protocol): Fault {
  const all = [...faults, ...beyond];
  const fault = all.find((one) => one.name === name);
  if (!fault) throw new Error(`there is no fault ${name}; there are ${all.map((one) => one.name).join(', ')}`);
  if (fault.only?.includes(protocol) ?? true) return fault;
  throw new Error(`${name} is a fault for ${fault.only!.join(', ')}: no group of ${protocol} is proof against it`);
}

function protocolNamed(name: string): Protocol {
  if (Object.hasOwn(protocols, name)) return name as Protocol;
  throw new Error(`--protocol is one of ${Object.keys(protocols).join(', ')}, not "${name}"`);
}

function number(name: string, text: string, least: number): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= least) return value;
  throw new Error(`--${name} is a number from ${least}, not "${text}"`);
}
