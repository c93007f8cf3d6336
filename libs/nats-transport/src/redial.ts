/** A server that is back must be found well within an election timeout. */
const WAIT_MS = 50;
const JITTER_MS = 50;
/** LIMIT: between two tries of who is refused, that is: a revocation that is taken back is noticed so late. */
const MOST_MS = 5000;

/**
 * How long to wait before a server is tried again. One that is not there is tried at the same pace for ever; one that answers, and refuses us,
 * ever more seldom: whoever was revoked and runs on must not cost it a login, and us a line in the log, twenty times a second.
 */
export class Redial {
  private refusals = 0;

  get delayMs(): number {
    return Math.min(MOST_MS, WAIT_MS * 2 ** this.refusals) + Math.random() * JITTER_MS;
  }

  /** Says how often in a row. */
  refused(): number {
    return ++this.refusals;
  }

  letIn(): void {
    this.refusals = 0;
  }
}
