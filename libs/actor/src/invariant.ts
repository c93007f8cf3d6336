/** A sentence about our own state is not true. Never thrown for anything that a peer or a client sent. */
export class InvariantViolation extends Error {
  override readonly name = 'InvariantViolation';
}

/**
 * What this replica had on disk cannot be restored. Its data are set aside, and it starts again as one that lost its disk:
 * the others give it back what was promised.
 */
export class DamagedState extends Error {
  override readonly name = 'DamagedState';
}

/** Stays on in production: a replica whose state contradicts itself stops rather than answer. */
export function invariant(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new InvariantViolation(sentence);
}
