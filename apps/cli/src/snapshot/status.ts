import type { Call, Command } from '../command.js';
import type { ExitCode } from '../exit-codes.js';
import { everywhere } from '../options.js';
import { documentOf, fileArgument, linesOf, withFile } from './file.js';

export const snapshotStatus: Command = {
  words: ['snapshot', 'status'],
  summary: 'check a saved file without a cluster, and say what is in it',
  arguments: [fileArgument],
  options: { ...everywhere },
  details: [
    'Reads all of it and computes its checksum again. Exits with 1 when it is cut, damaged or of a newer format.',
  ],
  examples: ['snapshot status monday.synod', 'snapshot status monday.synod --json'],
  run: runStatus,
};

function runStatus({ output, arguments: [path = ''] }: Call): Promise<ExitCode> {
  return withFile(path, (file) => {
    if (output.json) output.document(documentOf(file));
    else output.lines(linesOf(file));
    return 'ok' as const;
  });
}
