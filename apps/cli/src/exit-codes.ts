import { SynodError } from '@synod/client';

/** What scripts can rely on; `synod help` prints the table. */
export const exitCodes = {
  ok: { value: 0, meaning: 'done' },
  failed: { value: 1, meaning: 'failed, and nothing was changed' },
  usage: { value: 2, meaning: 'wrong usage: arguments, options, environment, or input that is refused' },
  notMet: {
    value: 3,
    meaning:
      'the condition does not hold, there is no such key or block, a register has another value or none, or a ledger is not sound',
  },
  noCluster: { value: 4, meaning: 'no cluster: no broker, no replica, or no leader answers' },
  unknown: { value: 5, meaning: 'unknown outcome: a write may have taken effect' },
} as const;

export type ExitCode = keyof typeof exitCodes;

/** Ends the command with a sentence for people. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    readonly exitCode: ExitCode,
    message: string,
    /** What the client library calls it, when it comes from there. */
    readonly code: string = exitCode,
  ) {
    super(message);
  }
}

export function usageError(message: string): CommandError {
  return new CommandError('usage', message);
}

/** Any error as what it means for the exit code. */
export function asCommandError(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  if (error instanceof SynodError) return new CommandError(exitCodeOf(error), error.message, error.code);
  return new CommandError('failed', error instanceof Error ? error.message : String(error));
}

function exitCodeOf(error: SynodError): ExitCode {
  if (error.mayHaveTakenEffect) return 'unknown';
  switch (error.code) {
    case 'unavailable':
    case 'noQuorum':
      return 'noCluster';
    case 'invalid':
    case 'tooLarge':
    case 'unsupported':
      return 'usage';
    default:
      return 'failed';
  }
}
