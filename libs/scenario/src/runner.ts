import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Address, Vocabulary } from '@synod/actor';
import { Misspelt, ScenarioStopped } from './complaints.js';
import { parseCommand, parseScenario, printBlock } from './parse.js';
import type { Block } from './parse.js';
import type { Protocol } from './protocol.js';
import { Stage } from './stage.js';
import { optionsOf, verbs } from './verbs.js';

/** Runs a scenario and gives it back with what really happened below the rules; equal to the input when all is as told. */
export function runScenario<V extends Vocabulary>(text: string, name: string, protocol: Protocol<V>): string {
  let stage: Stage<V> | undefined;
  const blocks = parseScenario(text).map((block) => {
    stage = runBlock(block, stage, name, protocol);
    const happened = stage?.take() ?? [];
    const silent = block.expected === undefined && happened.length === 0;
    return printBlock(block.lines, silent ? undefined : happened);
  });
  return `${blocks.join('\n\n')}\n`;
}

function runBlock<V extends Vocabulary>(
  block: Block,
  stage: Stage<V> | undefined,
  name: string,
  protocol: Protocol<V>,
): Stage<V> | undefined {
  if (stage !== undefined) stage.quiet = false;
  block.lines.forEach((line, i) => {
    const command = parseCommand(line);
    if (command === undefined) return;
    try {
      if (command.verb === name) stage = begin(command.words, protocol);
      else if (stage === undefined) throw new Misspelt(`a scenario begins with its replicas: ${name} r1 r2 r3`);
      else perform(stage, command.verb, command.words, name);
    } catch (error) {
      if (stage?.violation === undefined) throw new ScenarioStopped(block.lineNumber + i, line, error);
    }
    stage?.tellViolation();
  });
  return stage;
}

/** Options that are one word. */
const flags = new Set(['fresh', 'judged']);

function begin<V extends Vocabulary>(words: readonly string[], protocol: Protocol<V>): Stage<V> {
  const isOption = (word: string): boolean => word.includes('=') || flags.has(word);
  const members: Address[] = words.filter((word) => !isOption(word));
  const stage = new Stage(protocol, members, optionsOf(words.filter(isOption)));
  verbs['state']!(stage, []);
  return stage;
}

function perform<V extends Vocabulary>(stage: Stage<V>, verb: string, words: readonly string[], name: string): void {
  const act = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (act === undefined)
    throw new Misspelt(`there is no command ${verb}; there are ${[name, ...Object.keys(verbs)].join(', ')}`);
  act(stage, words);
}

/** One test a file: `UPDATE=1` rewrites what happened; the difference is then reviewed like code. */
export function scenarioFiles(folder: string): { readonly name: string; readonly path: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name.endsWith('.scenario'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ name: relative(folder, path).replace(/\.scenario$/, ''), path }));
}

export function runScenarioFile<V extends Vocabulary>(
  path: string,
  name: string,
  protocol: Protocol<V>,
): { readonly told: string; readonly happened: string } {
  const told = readFileSync(path, 'utf8');
  const happened = runScenario(told, name, protocol);
  if (process.env['UPDATE'] !== '1') return { told, happened };
  if (happened !== told) writeFileSync(path, happened);
  return { told: happened, happened };
}
