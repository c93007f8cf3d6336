import type { Msg } from '@nats-io/transport-node';
import type { Connection, Listening } from './connection.js';
import { ProcessMark } from './process-mark.js';

const INTERVAL_MS = 500;
/** Turns of the timer without a sound, not milliseconds: after a stall of our own the echo waits behind the timer. */
const SILENT_TURNS = 3;

/**
 * Says something to ourselves and expects to hear it. Pings show that the server lives; this shows that our subscription
 * does, too. Anything else heard on it serves as well. Who says what we have not said is a second process in our name.
 */
export class SelfProbe implements Listening {
  private readonly timer: NodeJS.Timeout;
  private readonly mark = new ProcessMark();
  private heardSomething = true;
  private silentTurns = 0;

  constructor(
    private readonly connection: Connection,
    private readonly subject: string,
    /** An older process in our name is alive: it has answered this one. */
    private readonly onElder: () => void,
  ) {
    this.timer = setInterval(() => this.turn(), INTERVAL_MS);
    this.timer.unref();
  }

  /** Asks now whether there is another process in our name. */
  ask(): void {
    this.connection.publish(this.subject, this.mark.question());
  }

  heard(message: Msg): void {
    this.heardSomething = true;
    if (message.subject !== this.subject) return;
    const kind = this.mark.read(message.data);
    if (kind === 'question') this.connection.publish(this.subject, this.mark.answerTo(message.data));
    else if (kind === 'elder') this.onElder();
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
    this.ask();
  }
}
