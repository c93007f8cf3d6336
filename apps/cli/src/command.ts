import type { Readable } from 'node:stream';
import type { ExitCode } from './exit-codes.js';
import type { Output } from './output.js';
import type { Values } from './values.js';

/** The table of commands is made of these; parsing, help and completion are made from the table. */
export interface Command {
  /** `['fault', 'partition']` */
  readonly words: readonly string[];
  /** One line, for the list of commands. */
  readonly summary: string;
  readonly arguments: readonly Argument[];
  readonly options: Options;
  /** Paragraphs for `--help`. */
  readonly details?: readonly string[];
  /** Without the leading `synod`. */
  readonly examples: readonly string[];
  readonly run: (call: Call) => Promise<ExitCode>;
}

export interface Argument {
  readonly name: string;
  readonly meaning: string;
  readonly optional?: boolean;
  /** Takes all that follow. */
  readonly many?: boolean;
  /** The only values. */
  readonly choices?: readonly string[];
}

export type Options = Readonly<Record<string, Option>>;

export interface Option {
  readonly meaning: string;
  /** What its value is called; without it the option is a switch. */
  readonly value?: string;
  /** May be given several times. */
  readonly many?: boolean;
  readonly short?: string;
  /** The environment variable that says the same. */
  readonly variable?: string;
  /** How a shell completes the value. */
  readonly complete?: 'file' | 'directory';
}

/** One run of a command. */
export interface Call {
  readonly values: Values;
  /** As many as the command's table allows. */
  readonly arguments: readonly string[];
  readonly output: Output;
  readonly input: Readable;
  readonly environment: NodeJS.ProcessEnv;
  /** Where the command was called. */
  readonly directory: string;
  /** Ctrl-C, or the reader of stdout has gone. */
  readonly signal: AbortSignal;
}
