import { parseArgs } from 'node:util';
import type { Command, Options } from './command.js';
import { usageError } from './exit-codes.js';

export interface Parsed {
  readonly command: Command;
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  readonly arguments: readonly string[];
}

/** The words before anything else that begin a command; options may stand between them. */
export function wordsOf(args: readonly string[], commands: readonly Command[]): readonly string[] {
  const options = Object.assign({}, ...commands.map((command) => command.options)) as Options;
  const { positionals } = parseArgs({
    args: [...args],
    options: shapeOf(options),
    strict: false,
    allowPositionals: true,
  });
  return positionals;
}

/** The command whose words stand there; the longest, when several do. */
export function findCommand(words: readonly string[], commands: readonly Command[]): Command | undefined {
  return commands
    .filter((command) => command.words.every((word, place) => word === words[place]))
    .sort((a, b) => b.words.length - a.words.length)[0];
}

/** Throws a usage error that says what would be right. */
export function parse(args: readonly string[], command: Command): Parsed {
  const { values, positionals } = parseStrictly(args, command);
  const given = positionals.slice(command.words.length);
  if (values['help'] !== true) checkArguments(given, command);
  return { command, values, arguments: given };
}

function parseStrictly(args: readonly string[], command: Command) {
  try {
    return parseArgs({ args: [...args], options: shapeOf(command.options), strict: true, allowPositionals: true });
  } catch (error) {
    throw usageError(explain((error as Error).message, command));
  }
}

function shapeOf(options: Options) {
  return Object.fromEntries(
    Object.entries(options).map(([name, { value, many, short }]) => [
      name,
      {
        type: value === undefined ? 'boolean' : 'string',
        ...(many && { multiple: true }),
        ...(short && { short }),
      } as const,
    ]),
  );
}

/** Node's sentences are good, but know neither our names nor our example. */
function explain(message: string, command: Command): string {
  const [, unknown] = /Unknown option '([^']+)'/.exec(message) ?? [];
  if (unknown === undefined) return message;
  const name = unknown.replace(/^-+/, '');
  const close = closest(name, Object.keys(command.options));
  const advice = close === undefined ? '' : `; did you mean --${close}?`;
  return `${nameOf(command)} has no option ${unknown}${advice} (a value that begins with "-" goes after "--")`;
}

function checkArguments(given: readonly string[], command: Command): void {
  const { arguments: wanted } = command;
  wanted.forEach(({ name, meaning, optional, choices }, place) => {
    const value = given[place];
    if (value === undefined) {
      if (optional) return;
      throw usageError(`${nameOf(command)} needs ${name}: ${meaning}. Usage: ${usageOf(command)}`);
    }
    if (choices && !choices.includes(value)) {
      throw usageError(`${name} is one of ${choices.join(', ')}, not ${JSON.stringify(value)}`);
    }
  });
  if (wanted.at(-1)?.many || given.length <= wanted.length) return;
  const surplus = JSON.stringify(given[wanted.length]);
  throw usageError(
    `${nameOf(command)} has no place for ${surplus}; put quotes around text with spaces. Usage: ${usageOf(command)}`,
  );
}

export function nameOf(command: Command): string {
  return `synod ${command.words.join(' ')}`;
}

export function usageOf(command: Command): string {
  const parts = command.arguments.map(({ name, optional, many, choices }) => {
    const shown = `${choices ? choices.join('|') : name}${many ? '…' : ''}`;
    return optional ? `[${shown}]` : shown;
  });
  return [nameOf(command), ...parts, '[options]'].join(' ');
}

/** The only name within two slips of the pen. */
export function closest(word: string, names: readonly string[]): string | undefined {
  const near = names.filter((name) => distance(word, name) <= 2 && name.length > 2);
  return near.sort((a, b) => distance(word, a) - distance(word, b))[0];
}

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row.push(Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    above = row;
  }
  return above[b.length]!;
}
