import type { Command, Options } from './command.js';
import { nameOf, usageOf } from './arguments.js';
import { exitCodes } from './exit-codes.js';
import { list } from './table.js';

const width = 100;

/** All commands. */
export function overview(commands: readonly Command[]): string[] {
  return [
    'synod: the command line of a Synod cluster',
    '',
    'Usage: synod COMMAND [arguments] [options]',
    '',
    ...list(
      commands.map((command) => [command.words.join(' '), command.summary]),
      '  ',
    ),
    '',
    'synod COMMAND --help tells all about one. Without options the local cluster of `npm start` is meant.',
    '',
    'Exit codes:',
    ...list(
      Object.values(exitCodes).map(({ value, meaning }) => [`${value}`, meaning]),
      '  ',
    ),
  ];
}

/** Commands that begin alike, such as `fault`. */
export function family(words: readonly string[], commands: readonly Command[]): string[] {
  const name = words.join(' ');
  const lines = commands.map((command) => [usageOf(command).replace(' [options]', ''), command.summary] as const);
  return [
    `Usage: synod ${name} COMMAND`,
    '',
    ...list(lines, '  '),
    '',
    `synod ${name} COMMAND --help tells all about one.`,
  ];
}

export function helpOf(command: Command): string[] {
  const { summary, details = [], examples } = command;
  return [
    `${nameOf(command)}: ${summary}`,
    '',
    `Usage: ${usageOf(command)}`,
    ...section(
      'Arguments',
      command.arguments.map(({ name, meaning }) => [name, meaning]),
    ),
    ...section('Options', optionLines(command.options)),
    ...details.flatMap((paragraph) => ['', ...wrap(paragraph)]),
    '',
    'Examples:',
    ...examples.map((example) => `  synod ${example}`),
  ];
}

function section(title: string, pairs: readonly (readonly [string, string])[]): string[] {
  return pairs.length === 0 ? [] : ['', `${title}:`, ...list(pairs, '  ')];
}

function optionLines(options: Options): (readonly [string, string])[] {
  return Object.entries(options).map(([name, { meaning, value, short, many, variable }]) => {
    const shown = [short ? `-${short}, ` : '', `--${name}`, value ? ` ${value}` : '', many ? ' …' : ''].join('');
    return [shown, variable === undefined ? meaning : `${meaning} [${variable}]`];
  });
}

function wrap(paragraph: string): string[] {
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
