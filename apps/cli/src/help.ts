import type { Command, Options } from './command.js';
import { nameOf, usageOf } from './arguments.js';
import { exitCodes } from './exit-codes.js';

const widest = 100;

/** All commands. */
export function overview(commands: readonly Command[], columns?: number): string[] {
  const width = widthOf(columns);
  return [
    'synod: the command line of a Synod cluster',
    '',
    'Usage: synod COMMAND [arguments] [options]',
    '',
    ...described(
      commands.map((command) => [command.words.join(' '), command.summary]),
      width,
    ),
    '',
    ...wrap(
      'synod COMMAND --help tells all about one. Without options the local cluster of `npm start` is meant.',
      width,
    ),
    '',
    'Exit codes:',
    ...described(
      Object.values(exitCodes).map(({ value, meaning }) => [`${value}`, meaning]),
      width,
    ),
  ];
}

/** Commands that begin alike, such as `fault`. */
export function family(words: readonly string[], commands: readonly Command[], columns?: number): string[] {
  const name = words.join(' ');
  const lines = commands.map((command) => [usageOf(command).replace(' [options]', ''), command.summary] as const);
  return [
    `Usage: synod ${name} COMMAND`,
    '',
    ...described(lines, widthOf(columns)),
    '',
    `synod ${name} COMMAND --help tells all about one.`,
  ];
}

export function helpOf(command: Command, columns?: number): string[] {
  const width = widthOf(columns);
  const { summary, details = [], examples } = command;
  return [
    ...wrap(`${nameOf(command)}: ${summary}`, width),
    '',
    `Usage: ${usageOf(command)}`,
    ...section(
      'Arguments',
      command.arguments.map(({ name, meaning }) => [name, meaning]),
      width,
    ),
    ...section('Options', optionLines(command.options), width),
    ...details.flatMap((paragraph) => ['', ...wrap(paragraph, width)]),
    '',
    'Examples:',
    ...examples.map((example) => `  synod ${example}`),
  ];
}

function section(title: string, pairs: readonly (readonly [string, string])[], width: number): string[] {
  return pairs.length === 0 ? [] : ['', `${title}:`, ...described(pairs, width)];
}

/** Names, and beside each what it means. */
function described(pairs: readonly (readonly [string, string])[], width: number): string[] {
  const column = Math.max(...pairs.map(([name]) => name.length)) + 4;
  return pairs.flatMap(([name, meaning]) =>
    wrap(meaning, Math.max(20, width - column)).map(
      (line, place) => (place === 0 ? `  ${name}` : '').padEnd(column) + line,
    ),
  );
}

function widthOf(columns = widest): number {
  return Math.min(columns, widest);
}

function optionLines(options: Options): (readonly [string, string])[] {
  return Object.entries(options).map(([name, { meaning, value, short, many, variable }]) => {
    const shown = [short ? `-${short}, ` : '', `--${name}`, value ? ` ${value}` : '', many ? ' …' : ''].join('');
    return [shown, variable === undefined ? meaning : `${meaning} [${variable}]`];
  });
}

function wrap(paragraph: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line];
}
