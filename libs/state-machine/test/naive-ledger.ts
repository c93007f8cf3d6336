import { createHash } from 'node:crypto';
import type { Block, LedgerOperation, LedgerResult } from '../src/index.js';

export const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

interface Word {
  readonly user: string;
  readonly time: number;
  readonly data: Buffer;
}

/** The ledger as its documentation says it, with lists and node:crypto: what the real one is compared with. */
export class NaiveLedger {
  readonly blocks: Block[] = [];
  private open: Word[] = [];

  get pending(): number {
    return this.open.length;
  }

  execute(operation: LedgerOperation, user: string): LedgerResult {
    const { time } = operation;
    if (operation.kind === 'submit') {
      const place = { height: this.blocks.length + 1, position: this.open.length };
      this.open.push({ user, time, data: Buffer.from(operation.data) });
      const closed = this.open.length === 10;
      if (closed) this.close(user, time);
      return { kind: 'submitted', ...place, closed };
    }
    const byThis = operation.height === this.blocks.length + 1 && this.open.length > 0;
    if (byThis) this.close(user, time);
    const block = this.blocks[operation.height - 1];
    if (block === undefined) return { kind: 'error', code: 'nothingToCut' };
    return { kind: 'cut', height: operation.height, hash: block.hash, byThis };
  }

  private close(proposer: string, proposerTime: number): void {
    const before = this.blocks.at(-1);
    const words = this.open;
    this.open = [];
    const header = {
      height: this.blocks.length + 1,
      previous: before?.hash ?? Buffer.alloc(32),
      root: treeHash(words.map((word) => Buffer.concat([integer(word.time), counted(word.user), word.data]))),
      time: timeOf([...words, { user: proposer, time: proposerTime }], before?.time),
      proposer: Buffer.from(proposer),
      proposerTime,
      count: words.length,
    };
    const { height, previous, root, time, count } = header;
    const hashed = [
      Buffer.from('synod-ledger-block-1'),
      ...[integer(height), previous, root, integer(time), integer(proposerTime), short(count), counted(proposer)],
    ];
    const transactions = words.map(({ user, time, data }) => ({ author: Buffer.from(user), time, data }));
    this.blocks.push({ ...header, hash: sha256(Buffer.concat(hashed)), transactions });
  }
}

/** RFC 9162 §2.1.1, as it stands there. */
export function treeHash(data: readonly Uint8Array[]): Uint8Array {
  if (data.length === 1) return sha256(Buffer.concat([Buffer.of(0), data[0]!]));
  const k = 2 ** Math.ceil(Math.log2(data.length) - 1);
  return sha256(Buffer.concat([Buffer.of(1), treeHash(data.slice(0, k)), treeHash(data.slice(k))]));
}

function timeOf(words: readonly Pick<Word, 'user' | 'time'>[], before: number | undefined): number {
  const last = Object.values(Object.fromEntries(words.map(({ user, time }) => [user, time])));
  last.sort((a, b) => a - b);
  const median = last[Math.ceil(last.length / 2) - 1]!;
  if (before === undefined) return median;
  return Math.max(before, last.length === 1 ? Math.min(median, before + 24 * 60 * 60 * 1000) : median);
}

function integer(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

function short(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function counted(text: string): Buffer {
  return Buffer.concat([short(Buffer.byteLength(text)), Buffer.from(text)]);
}
