import type { SnapshotTarget, StateMachine } from '@synod/state-machine';

/** An operation: how much to add. A result: the total afterwards. Both 8 bytes, a big-endian whole number. */
export function encode(number: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(number));
  return bytes;
}

export function decode(bytes: Uint8Array): number {
  return Number(Buffer.from(bytes).readBigInt64BE());
}

const malformed = new Uint8Array(0);

/** What is replicated. The same operations in the same order give the same total, on every replica. */
export class Counter implements StateMachine {
  private total = 0;

  /** Whatever the bytes are, the answer must be the same everywhere: no exception, no clock, no chance. */
  apply(operation: Uint8Array): Uint8Array {
    if (operation.length !== 8) return malformed;
    const sum = this.total + decode(operation);
    if (!Number.isSafeInteger(sum)) return malformed;
    this.total = sum;
    return encode(this.total);
  }

  query(): Uint8Array {
    return encode(this.total);
  }

  hash(): string {
    return String(this.total);
  }

  /** The total as it is now, however many operations follow before the page is fetched. */
  snapshot(): Iterator<Uint8Array> {
    return [encode(this.total)].values();
  }

  restore(): SnapshotTarget {
    let total = 0;
    return { page: (bytes) => (total = decode(bytes)), finish: () => (this.total = total) };
  }
}
