import { resolve } from 'node:path';
import { ReplayDiffers, UnreadableRecording, decodeRecording } from '@synod/actor-host/recording';
import type { Recording } from '@synod/actor-host/recording';
import type { Call, Command } from '../command.js';
import { CommandError, usageError } from '../exit-codes.js';
import type { ExitCode } from '../exit-codes.js';
import { everywhere } from '../options.js';
import { printable } from '../output.js';
import type { Output } from '../output.js';
import { readRegularFile } from '../regular-file.js';
import { Replaying } from './replaying.js';
import type { ToldStep } from './replaying.js';

export const replay: Command = {
  words: ['replay'],
  summary: 'what happened to a replica, and what it did, out of its recording',
  arguments: [
    { name: 'FILE', meaning: 'recording-….synodrec, from the data directory of a replica with SYNOD_RECORD' },
  ],
  options: { last: { value: 'N', meaning: 'only the last N steps (default: all that were recorded)' }, ...everywhere },
  details: [
    'The core of the protocol is told once more what the replica was told, and does once more what it did; each step is' +
      ' compared with the recorded one. After the time stands what happened (← a message, a timeout, a sync), and below it' +
      ' what the replica did, one line an effect, as in scenarios: • an event, ✎ a record, → a message leaves, ⏲ a timer' +
      ' starts, ✗ the end. What clients wrote and read is in a recording, and in what is printed of it.',
  ],
  examples: ['replay recording-2026-08-01T12-00-00.000Z.synodrec --last 100', 'replay crash.synodrec --json'],
  run: runReplay,
};

async function runReplay({ arguments: [file = ''], values, output, directory, signal }: Call): Promise<ExitCode> {
  const last = values.wholeNumber('last', Number.MAX_SAFE_INTEGER, 1, 1_000_000);
  const recording = read(resolve(directory, file), file);
  const held: ToldStep[] = [];
  const tell = output.json ? tellAsJson : tellAsText;
  try {
    const replaying = new Replaying(recording);
    tellTitle(output, recording);
    for (const step of replaying.steps()) {
      if (signal.aborted) return 'ok';
      held.push(step);
      if (held.length > last) held.shift();
      if (last === Number.MAX_SAFE_INTEGER) tell(output, held.shift()!);
      if (output.isCongested) await output.drained();
    }
  } catch (error) {
    for (const step of held) tell(output, step);
    throw explained(error as Error, file);
  }
  for (const step of held) tell(output, step);
  return 'ok';
}

function read(path: string, file: string): Recording {
  let bytes: Uint8Array;
  try {
    bytes = readRegularFile(path);
  } catch (error) {
    throw usageError(`${file} cannot be read: ${(error as Error).message}`);
  }
  try {
    return decodeRecording(bytes);
  } catch (error) {
    throw explained(error as Error, file);
  }
}

function explained(error: Error, file: string): Error {
  if (error instanceof UnreadableRecording) return usageError(`${file} cannot be replayed: ${error.message}`);
  if (error instanceof ReplayDiffers) return new CommandError('failed', `${file}: ${error.message}`);
  return error;
}

function tellTitle(output: Output, { header }: Recording): void {
  if (output.json) return output.document(header);
  const { replica, group, cluster, protocol, release, writtenAt, why, stepsDropped } = header;
  const dropped = stepsDropped > 0 ? `; the ${stepsDropped} steps of this life before it were dropped` : '';
  output.line(printable(`# ${replica} of group ${group} in cluster ${cluster}: ${protocol}, release ${release}`));
  output.line(printable(`# written at ${writtenAt}: ${why}${dropped}`));
}

const timeWidth = 12;

function tellAsText(output: Output, { step, lines }: ToldStep): void {
  const time = step.input.at.toFixed(2).padStart(timeWidth);
  output.line(`${time}  ${printable(lines.input)}`);
  output.lines(lines.effects.map((line) => `${' '.repeat(timeWidth)}  ${printable(line)}`));
}

function tellAsJson(output: Output, { step, lines }: ToldStep): void {
  output.document({ step: step.number, atMs: step.input.at, kind: step.input.kind, ...lines });
}
