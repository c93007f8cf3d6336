import { writeFileSync } from 'node:fs';
import type { Counters } from '@synod/simulator';
import { strikeLine } from './failure.js';
import type { Failure } from './failure.js';
import type { Protocol } from './protocols.js';

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
    'as a scenario: not yet written by itself; the table is the order of events to write one from',
    `replay the seed:   ${command} --seed ${trial.seed}${variant}`,
    `replay the shrunk: ${command} --trial ${trialFile(name, trial.seed)}${variant}`,
  ];
}

export function trialFile(name: string, seed: number): string {
  return `sim-${name}-${seed}.json`;
}

/** Keeps the shrunk run, so that it can be replayed and become a regression. */
export function writeTrial(path: string, { trial, failure }: Failure): void {
  writeFileSync(path, `${JSON.stringify({ why: failure.message, ...trial }, undefined, 2)}\n`);
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
