import type { Ballot } from '../ballot.js';

/** LIMIT: bytes of registers that are remembered to be decided; the oldest are forgotten first, and found again by a round. */
const mostBytes = 4 * 1024 * 1024;

interface Decided {
  readonly value: Uint8Array;
  readonly ballot: Ballot;
}

/** Registers that a round of ours has had decided: what is chosen stays so, whoever asks. */
export class DecidedRegisters {
  private readonly byKey = new Map<string, Decided>();
  private sizeBytes = 0;

  at(key: string): Decided | undefined {
    return this.byKey.get(key);
  }

  add(key: string, decided: Decided): void {
    if (this.byKey.has(key)) return;
    this.byKey.set(key, decided);
    this.sizeBytes += sizeOf(key, decided);
    for (const [oldest, each] of this.byKey) {
      if (this.sizeBytes <= mostBytes) return;
      this.byKey.delete(oldest);
      this.sizeBytes -= sizeOf(oldest, each);
    }
  }
}

function sizeOf(key: string, { value }: Decided): number {
  return key.length + value.length + 128;
}
