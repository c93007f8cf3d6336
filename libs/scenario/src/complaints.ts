/** A command that the scenario's course does not allow: what it is about is not there, because replicas did otherwise. */
export class Impossible extends Error {
  override readonly name = 'Impossible';
}

/** A scenario that says what nobody understands, whatever replicas do. */
export class Misspelt extends Error {
  override readonly name = 'Misspelt';
}

/** Where a scenario ended before its end; `cause` is why: one of these, what was violated, or a mistake in a replica's code. */
export class ScenarioStopped extends Error {
  override readonly name = 'ScenarioStopped';

  constructor(
    readonly lineNumber: number,
    line: string,
    override readonly cause: unknown,
  ) {
    super(`line ${lineNumber}, ${line}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

const verdicts: readonly string[] = ['Violation', 'InvariantViolation', 'DamagedState', 'Impossible'];

/**
 * Whether evidence speaks by this error: a violated sentence, or a course that is not the told one. Any other error is a
 * mistake in the code of whoever threw it, and proves nothing.
 */
export function isVerdict(error: unknown): boolean {
  const why = error instanceof ScenarioStopped ? error.cause : error;
  return why instanceof Error && verdicts.includes(why.name);
}
