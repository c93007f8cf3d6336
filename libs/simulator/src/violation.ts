/** A sentence about the whole group is not true. */
export class Violation extends Error {
  override readonly name = 'Violation';

  constructor(
    /** The property's name, as the paper has it where the paper names it. */
    readonly invariant: string,
    readonly citation: string,
    readonly what: string,
  ) {
    super(`${invariant} (${citation}): ${what}`);
  }
}
