import type { Connection, Listening } from './connection.js';

const INTERVAL_MS = 500;
/** Turns of the timer without a sound, not milliseconds: after a stall of our own the echo waits behind the timer. */
const SILENT_TURNS = 3;
const NOTHING = new Uint8Array(0);

/**
 * Says something to ourselves and expects to hear it. Pings show that the server lives; this shows that our subscription
 * does, too. Anything else heard on it serves as well.
 */
export class SelfProbe implements Listening {
  private readonly timer: NodeJS.Timeout;
  private heardSomething = true;
  private silentTurns = 0;

  constructor(
    private readonly connection: Connection,
    private readonly subject: string,
  ) {
    this.timer = setInterval(() => this.turn(), INTERVAL_MS);
    this.timer.unref();
  }

  heard(): void {
    this.heardSomething = true;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private turn(): void {
    this.silentTurns = this.heardSomething || !this.connection.connected ? 0 : this.silentTurns + 1;
    this.heardSomething = false;
    if (this.silentTurns >= SILENT_TURNS) {
      this.silentTurns = 0;
      this.connection.restart('echo');
    }
    this.connection.publish(this.subject, NOTHING);
  }
}
