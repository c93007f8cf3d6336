/** SHA-256 of the bytes. Injected, since a kernel knows no cryptography. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

export interface Transaction {
  /** The authenticated user who submitted it, in UTF-8. */
  readonly author: Uint8Array;
  /** What his clock said, in milliseconds since 1970. */
  readonly time: number;
  readonly data: Uint8Array;
}

/** What a block's hash covers. */
export interface BlockHeader {
  /** From 1, without a gap. */
  readonly height: number;
  /** Hash of the block before; of the first one zeros. */
  readonly previous: Uint8Array;
  /** Of the Merkle tree over the transactions. */
  readonly root: Uint8Array;
  /** Agreed, never before the block before: see `agreedTime`. */
  readonly time: number;
  /**
   * Who closed the block: the author of its tenth transaction or of its cut. Not a replica: a state machine does not see
   * replicas, and must not, since which of them led is another one's word on each of them.
   */
  readonly proposer: Uint8Array;
  /** What the proposer's clock said. */
  readonly proposerTime: number;
  /** Transactions. */
  readonly count: number;
}

export interface Block extends BlockHeader {
  readonly hash: Uint8Array;
  /** None when only headers were asked for. */
  readonly transactions: readonly Transaction[];
}

export const hashBytes = 32;
/** What stands for the block before the first one. */
export const noHash: Uint8Array = new Uint8Array(hashBytes);

const domain = ascii('synod-ledger-block-1');
const headerFixedBytes = 8 + 2 * hashBytes + 8 + 8 + 4 + 4;
const transactionFixedBytes = 12;

/** SHA-256("synod-ledger-block-1" ‖ the header as it is written). */
export function blockHash(sha256: Sha256, header: BlockHeader): Uint8Array {
  const bytes = new Uint8Array(domain.length + headerSize(header));
  bytes.set(domain);
  writeHeader(header, bytes, domain.length);
  return sha256(bytes);
}

/** SHA-256(0 ‖ the transaction as it is written): a leaf as in RFC 9162 §2.1.1. */
export function leafHash(sha256: Sha256, transaction: Transaction): Uint8Array {
  const bytes = new Uint8Array(1 + transactionSize(transaction));
  writeTransaction(transaction, bytes, 1);
  return sha256(bytes);
}

export function headerSize({ proposer }: BlockHeader): number {
  return headerFixedBytes + proposer.length;
}

export function transactionSize({ author, data }: Transaction): number {
  return transactionFixedBytes + author.length + data.length;
}

/** height, previous, root, time, proposer's time, count, length of the proposer, proposer; numbers are big-endian. Gives its end. */
export function writeHeader(header: BlockHeader, bytes: Uint8Array, start: number): number {
  const { height, previous, root, time, proposer, proposerTime, count } = header;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  writeInteger(view, start, height);
  bytes.set(previous, start + 8);
  bytes.set(root, start + 40);
  writeInteger(view, start + 72, time);
  writeInteger(view, start + 80, proposerTime);
  view.setUint32(start + 88, count);
  view.setUint32(start + 92, proposer.length);
  bytes.set(proposer, start + headerFixedBytes);
  return start + headerFixedBytes + proposer.length;
}

/** time, length of the author, author, data. Gives its end. */
export function writeTransaction({ author, time, data }: Transaction, bytes: Uint8Array, start: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  writeInteger(view, start, time);
  view.setUint32(start + 8, author.length);
  bytes.set(author, start + transactionFixedBytes);
  bytes.set(data, start + transactionFixedBytes + author.length);
  return start + transactionFixedBytes + author.length + data.length;
}

function writeInteger(view: DataView, at: number, value: number): void {
  view.setUint32(at, Math.floor(value / 2 ** 32));
  view.setUint32(at + 4, value % 2 ** 32);
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Names of users are ASCII; whatever else a name may be, its bytes are the same everywhere. */
export function utf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0)!;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 0x3f));
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
    else {
      bytes.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 0x3f));
      bytes.push(0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
    }
  }
  return Uint8Array.from(bytes);
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
