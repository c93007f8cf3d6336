import type { Readable } from 'node:stream';
import { closest, findCommand, parse, wordsOf } from './arguments.js';
import type { Command } from './command.js';
import { commands } from './commands.js';
import { asCommandError, exitCodes, usageError } from './exit-codes.js';
import type { CommandError } from './exit-codes.js';
import { family, helpOf, overview } from './help.js';
import { Output } from './output.js';
import type { Sink } from './output.js';
import { Values } from './values.js';
import { version } from './version.js';

/** All that a run touches of its process. */
export interface World {
  readonly environment: NodeJS.ProcessEnv;
  readonly directory: string;
  readonly stdin: Readable;
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly signal: AbortSignal;
}

/** Runs one command line; resolves to the exit code and never rejects. */
export async function synod(args: readonly string[], world: World): Promise<number> {
  const { stdout, stderr, environment } = world;
  const output = new Output(stdout, stderr, args.includes('--json'), environment);
  try {
    const code = await dispatch(args, world, output);
    return exitCodes[code].value;
  } catch (error) {
    const failure = asCommandError(error);
    report(failure, output);
    return exitCodes[failure.exitCode].value;
  }
}

async function dispatch(args: readonly string[], world: World, output: Output) {
  const words = wordsOf(args, commands);
  if (words.length === 0) return withoutCommand(args, output);
  if (words[0] === 'help') return help(words.slice(1), output);
  const command = findCommand(words, commands);
  if (command === undefined) return familyOrUnknown(words, args, output);
  const { values, arguments: given } = parse(args, command);
  if (values['help'] === true) return help(command.words, output);
  const { environment, directory, stdin: input, signal } = world;
  return command.run({
    values: new Values(values, command.options, environment),
    arguments: given,
    output,
    input,
    environment,
    directory,
    signal,
  });
}

function withoutCommand(args: readonly string[], output: Output) {
  if (args.includes('--version')) {
    output.line(version);
    return 'ok' as const;
  }
  output.lines(overview(commands, output.columns));
  return args.includes('--help') || args.includes('-h') ? ('ok' as const) : ('usage' as const);
}

function help(words: readonly string[], output: Output) {
  const command = findCommand(words, commands);
  if (command !== undefined) output.lines(helpOf(command, output.columns));
  else if (words.length === 0) output.lines(overview(commands, output.columns));
  else output.lines(family(words.slice(0, 1), requireFamily(words), output.columns));
  return 'ok' as const;
}

/** `synod fault` alone shows what there is. */
function familyOrUnknown(words: readonly string[], args: readonly string[], output: Output) {
  const relatives = requireFamily(words);
  if (words.length > 1) {
    const known = relatives.map((command) => command.words[1]).join(', ');
    throw usageError(`synod ${words[0]} has no command ${JSON.stringify(words[1])}; it has ${known}`);
  }
  output.lines(family(words, relatives, output.columns));
  return args.includes('--help') || args.includes('-h') ? ('ok' as const) : ('usage' as const);
}

function requireFamily(words: readonly string[]): readonly Command[] {
  const relatives = commands.filter((command) => command.words[0] === words[0]);
  if (relatives.length > 0) return relatives;
  const names = [...new Set(commands.map((command) => command.words[0]!))];
  const close = closest(words[0] ?? '', names);
  const advice = close === undefined ? 'see: synod help' : `did you mean ${close}?`;
  throw usageError(`there is no command ${JSON.stringify(words[0])}; ${advice}`);
}

function report({ exitCode, code, message }: CommandError, output: Output): void {
  if (output.json) output.remark(JSON.stringify({ error: { code, message, exitCode: exitCodes[exitCode].value } }));
  else output.remark(`synod: ${message}`);
}
