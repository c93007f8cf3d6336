import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { sections, wantedCells } from './sections.js';

export interface Options {
  /** Names of sections; `failover` is one. */
  readonly only: readonly string[];
  /** Only loads whose names contain this. */
  readonly cell: string;
  readonly quick: boolean;
  /** Instead of all else: watch memory over so many writes. */
  readonly memory: number | undefined;
  readonly rounds: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  readonly kills: number;
  readonly json: string | undefined;
  /** A folder. */
  readonly page: string | undefined;
  /** A folder for CPU profiles of our replicas. */
  readonly profile: string | undefined;
}

export const failoverSection = 'failover';
const names = [...sections.map(({ name }) => name), failoverSection];
/** What a quick run has of them when nobody says which: as much as two minutes hold on a slow machine. */
const quickNames = ['writes', 'reads', 'byzantine', failoverSection];
const longRun = { rounds: 5, warmUpMs: 500, measureMs: 3000, kills: 50 };
const shortRun = { rounds: 2, warmUpMs: 150, measureMs: 500, kills: 2 };

export const usage = `npm run bench -- [options]

  --quick            short runs of few loads: under two minutes, for a look and not for the record; without --only of
                     ${quickNames.join(', ')}
  --only A,B         only these sections: ${names.join(', ')}
  --cell TEXT        only loads whose names contain this, as in "×500" or "16 KiB"
  --rounds N         how often everything is repeated, interleaved (default ${longRun.rounds})
  --seconds S        how long each run is measured (default ${longRun.measureMs / 1000})
  --kills N          how often the leader is killed in ${failoverSection} (default ${longRun.kills})
  --json FILE        all samples and summaries
  --page DIRECTORY   figures.md with one SVG per section
  --profile DIR      a CPU profile of each of our replicas goes there, and what takes most of their time is printed,
                     from when the group serves, by the lines of the sources; slows them down
  --memory [WRITES]  instead: memory of every member of Raft and of Multi-Paxos over so many writes (default 10000000)

Peers that are not installed are skipped, and it is said what to install.`;

/** Throws an error that says what is wrong and what would be right. */
export function optionsOf(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      cell: { type: 'string', default: '' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      kills: { type: 'string' },
      json: { type: 'string' },
      page: { type: 'string' },
      profile: { type: 'string' },
      memory: { type: 'boolean', default: false },
    },
  });
  const { quick, memory } = values;
  if (positionals.length > (memory ? 1 : 0)) throw new Error(`unexpected: ${positionals.join(' ')}`);
  const preset = quick ? shortRun : longRun;
  const only = values.only?.split(',').map(sectionName) ?? (quick ? quickNames : names);
  if (!memory) requireLoads(only, values);
  return {
    only,
    cell: values.cell,
    quick,
    memory: memory ? number('--memory', positionals[0] ?? '10000000', 1000) : undefined,
    rounds: number('--rounds', values.rounds ?? String(preset.rounds), 1),
    warmUpMs: preset.warmUpMs,
    measureMs: values.seconds === undefined ? preset.measureMs : number('--seconds', values.seconds, 0.1) * 1000,
    kills: number('--kills', values.kills ?? String(preset.kills), 1),
    json: values.json,
    page: values.page,
    profile: values.profile === undefined ? undefined : resolve(values.profile),
  };
}

function sectionName(text: string): string {
  const name = text.trim();
  if (names.includes(name)) return name;
  throw new Error(`--only ${text}: there is no such section; there are ${names.join(', ')}`);
}

/** Somebody who asks for a load means one, even if a section without loads could be measured. */
function requireLoads(
  only: readonly string[],
  { cell, quick }: { readonly cell: string; readonly quick: boolean },
): void {
  const chosen = sections.filter(({ name }) => only.includes(name));
  if (chosen.some((section) => wantedCells(section, { cell, quick }).length > 0)) return;
  if (cell === '' && only.includes(failoverSection)) return;
  const there = chosen.flatMap((section) => wantedCells(section, { cell: '', quick })).map(({ name }) => `"${name}"`);
  const asked = cell === '' ? '' : `--cell ${JSON.stringify(cell)}: `;
  throw new Error(
    `${asked}there is no such load in ${only.join(', ')}${quick ? ' of a quick run' : ''}; there are ${[...new Set(there)].join(', ') || 'none'}`,
  );
}

function number(what: string, text: string, least: number): number {
  const value = Number(text);
  const whole = least < 1 || Number.isInteger(value);
  if (whole && value >= least) return value;
  throw new Error(`${what} is a ${least < 1 ? '' : 'whole '}number from ${least}, not ${JSON.stringify(text)}`);
}
