import { writeFileSync } from 'node:fs';
import type { Counters } from '@synod/simulator';
import { strikeLine } from './failure.js';
import type { Failure } from './failure.js';
import type { Protocol, RetoldRun } from './protocols.js';

/** Where a run writes for people; `--json` has one object at the end instead. */
export interface Report {
  line(text: string): void;
  /** Said again and again; on a terminal it replaces what was said before. */
  progress(text: string, last: boolean): void;
}

/** The shrunk failure, for people: what is violated, by what run, and how it came to that. */
export function failureLines(name: string, mutant: string | undefined, found: Failure): string[] {
  const { trial, failure, table, strikesDrawn } = found;
  const variant = mutant === undefined ? '' : ` --mutant ${mutant}`;
  const command = `npm run sim -- ${name}`;
  return [
    ...table,
    '',
    `seed ${trial.seed} fails: ${failure.message}`,
    ...(failure.name === 'Violation' ? [] : [failure.stack]),
    '',
    `shrunk to ${trial.strikes.length} of ${strikesDrawn} strikes${trial.strikes.length > 0 ? ':' : ''}`,
    ...trial.strikes.map((strike) => `  ${strikeLine(strike)}`),
    `and to ${JSON.stringify(trial.swarm)}`,
    ...scenarioLines(command, name, variant, found),
    `replay the seed:   ${command} --seed ${trial.seed}${variant}`,
    `replay the shrunk: ${command} --trial ${trialFile(name, trial.seed)}${variant}`,
  ];
}

/** A longer scenario is in its file only. */
const scenarioLinesMost = 100;
/** Nobody reads more commands that do not show what is wrong. */
const commandsMost = 3000;

function isWritten({ shows, commands }: RetoldRun): boolean {
  return shows || commands <= commandsMost;
}

function scenarioLines(
  command: string,
  name: string,
  variant: string,
  { trial, scenario, failure }: Failure,
): string[] {
  if (typeof scenario === 'string') return [`as a scenario: none could be written: ${scenario}`];
  const { text, commands, shows, violated, endsAlike } = scenario;
  if (!isWritten(scenario)) return [`as a scenario: ${commands} commands do not show it; they are not written`];
  const file = scenarioFile(trialFile(name, trial.seed));
  const lines = text.trimEnd().split('\n');
  const shown =
    shows && lines.length <= scenarioLinesMost ? ['', ...lines.map((line) => `  ${line}`.trimEnd()), ''] : [];
  const verdict = shows
    ? violated === failure.invariant
      ? 'which violates the same sentence'
      : `which violates another sentence first, ${violated}`
    : `which does not show it${endsAlike ? ', but ends in the same states and logs' : ''}: it is where to begin writing one`;
  return [`as a scenario of ${commands} commands, ${verdict}: ${file}`, ...shown, `run the scenario:  ${command} --scenario ${file}${variant}`]; // prettier-ignore
}

export function trialFile(name: string, seed: number): string {
  return `sim-${name}-${seed}.json`;
}

/** Beside the trial. */
function scenarioFile(trial: string): string {
  return trial.replace(/\.json$/, '.scenario');
}

/** Keeps the shrunk run, so that it can be replayed and become a regression or a scenario. */
export function writeTrial(path: string, { trial, failure, scenario }: Failure): void {
  writeFileSync(path, `${JSON.stringify({ why: failure.message, ...trial }, undefined, 2)}\n`);
  if (typeof scenario !== 'string' && isWritten(scenario)) writeFileSync(scenarioFile(path), scenario.text);
}

const width = 120;

/** Situations that must come up, with how often they did, then everything else that was counted, and the poorest run. */
export function summaryLines(total: Counters): string[] {
  const { situations, others, poorest } = total;
  const reached = situations.filter(([, times]) => times > 0).length;
  return [
    ...[`situations reached: ${reached} of ${situations.length}`, ...inColumns(situations)],
    ...['counted:', ...inColumns(others)],
    ...poorest.map(([name, { count, due }]) => `at least ${count} ${name}, ${due} are due`),
  ];
}

function inColumns(entries: readonly (readonly [string, number])[]): string[] {
  const cells = entries.map(([name, times]) => `${String(times).padStart(9)}  ${name}`);
  const column = Math.max(0, ...cells.map(({ length }) => length)) + 1;
  const height = Math.ceil(cells.length / Math.max(1, Math.floor(width / column)));
  const rows = Array.from({ length: height }, (_, i) => cells.filter((_cell, at) => at % height === i));
  return rows.map((row) => row.map((cell) => cell.padEnd(column)).join('').trimEnd()); // prettier-ignore
}

export function mutantList({ mutants }: Protocol): string {
  return Object.entries(mutants)
    .map(([name, { mistake }]) => `  ${name.padEnd(24)} ${mistake}`)
    .join('\n');
}
