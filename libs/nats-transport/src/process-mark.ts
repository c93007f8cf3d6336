import { randomBytes } from 'node:crypto';

/** A process in our name that lives and is reachable answers within this time. */
export const ELDER_ANSWERS_MS = 50;

const NAME_BYTES = 8;
/** Name of who speaks, name of whom it answers (zeros: nobody), milliseconds that the speaker has lived. */
const MARK_BYTES = 2 * NAME_BYTES + 8;
/** Ages closer than this differ by what the network took: then the names decide. */
const SAME_AGE_MS = 50;

/**
 * Tells processes of one identity apart. Only an answer counts, since it holds a name that is made at each start: what a dead
 * process has left in the network, or behind a broker that hung, never does.
 */
export class ProcessMark {
  private readonly bornAt: number;

  constructor(
    private readonly now: () => number = () => performance.now(),
    /** Made at each start, of eight bytes. */
    private readonly name: Buffer = randomBytes(NAME_BYTES),
  ) {
    this.bornAt = now();
  }

  question(): Uint8Array {
    return this.say(Buffer.alloc(NAME_BYTES));
  }

  answerTo(question: Uint8Array): Uint8Array {
    return this.say(question.subarray(0, NAME_BYTES));
  }

  /** What another process says: `elder` when it answers us and is to stay; undefined when there is nothing to do. */
  read(data: Uint8Array): 'question' | 'elder' | undefined {
    if (data.length !== MARK_BYTES || this.name.equals(data.subarray(0, NAME_BYTES))) return undefined;
    const answered = data.subarray(NAME_BYTES, 2 * NAME_BYTES);
    if (answered.every((byte) => byte === 0)) return 'question';
    return this.name.equals(answered) && this.isElder(data) ? 'elder' : undefined;
  }

  private isElder(data: Uint8Array): boolean {
    const older = Buffer.from(data.buffer, data.byteOffset).readDoubleBE(2 * NAME_BYTES) - this.ageMs;
    if (Math.abs(older) > SAME_AGE_MS) return older > 0;
    return this.name.compare(data.subarray(0, NAME_BYTES)) > 0;
  }

  private get ageMs(): number {
    return this.now() - this.bornAt;
  }

  private say(to: Uint8Array): Uint8Array {
    const mark = Buffer.alloc(MARK_BYTES);
    mark.set(this.name);
    mark.set(to, NAME_BYTES);
    mark.writeDoubleBE(this.ageMs, 2 * NAME_BYTES);
    return mark;
  }
}
