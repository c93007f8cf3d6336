const headerBytes = 8;

/** What was read is not what was written. */
export class WrongValue extends Error {
  override readonly name = 'WrongValue';
}

/**
 * Numbered keys, each written by one writer at a time with rising numbers, so that every value read can be judged at once:
 * it is at least the last one acknowledged before the read began, and at most the last one sent before it ended.
 */
export class Registers {
  private readonly sent: Uint32Array;
  private readonly acknowledged: Uint32Array;
  /** Reads that saw less than was acknowledged before they began. */
  staleReads = 0;

  constructor(
    /** Three characters that nobody else's keys begin with. */
    private readonly prefix: string,
    readonly count: number,
    readonly valueBytes: number,
  ) {
    if (valueBytes < headerBytes) throw new Error(`values have at least ${headerBytes} bytes, not ${valueBytes}`);
    this.sent = new Uint32Array(count);
    this.acknowledged = new Uint32Array(count);
  }

  /** Ten characters. */
  key(register: number): string {
    return `${this.prefix}-${String(register).padStart(6, '0')}`;
  }

  /** A buffer for one writer; `next` writes the next value of a register into it. */
  buffer(): Buffer {
    return Buffer.alloc(this.valueBytes, 'synod');
  }

  next(register: number, into: Buffer): number {
    const number = this.sent[register]! + 1;
    this.sent[register] = number;
    into.writeUInt32LE(register, 0);
    into.writeUInt32LE(number, 4);
    return number;
  }

  wasAcknowledged(register: number, number: number): void {
    if (number > this.acknowledged[register]!) this.acknowledged[register] = number;
  }

  lastAcknowledged(register: number): number {
    return this.acknowledged[register]!;
  }

  /** `since` is what was acknowledged when the read began. A value that nobody sent throws; an old one is counted. */
  judge(register: number, since: number, value: Uint8Array | undefined): void {
    if (value === undefined) {
      if (since > 0) this.staleReads++;
      return;
    }
    const view = Buffer.from(value.buffer, value.byteOffset, value.length);
    const intact = view.length === this.valueBytes && view.readUInt32LE(0) === register;
    const number = intact ? view.readUInt32LE(4) : 0;
    if (!intact || number > this.sent[register]!) {
      throw new WrongValue(`${this.key(register)} holds ${view.length} bytes that nobody wrote there`);
    }
    if (number < since) this.staleReads++;
  }
}
