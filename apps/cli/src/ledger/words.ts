import type { LedgerBlock, LedgerHeader } from '@synod/client';
import { described, printable } from '../output.js';
import type { Output } from '../output.js';
import { table } from '../table.js';

/** Beyond it, JavaScript has no dates; the number may be anybody's. */
const lastMoment = 8.64e15;

export function moment(ms: number): string {
  return ms <= lastMoment ? new Date(ms).toISOString() : `${ms} ms`;
}

export function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** One block, with hashes whole: a table would be cut at the edge of a terminal. */
export function headerLines({ height, time, proposer, proposerTime, hash, previous, root }: LedgerHeader): string[] {
  return [
    `block     ${height}`,
    `time      ${moment(time)}`,
    `closed by ${printable(proposer)}, whose clock said ${moment(proposerTime)}`,
    `hash      ${hash}`,
    `previous  ${previous}`,
    `root      ${root}`,
  ];
}

/** One line for each block. */
export function headerTable(headers: readonly LedgerHeader[], output: Output): string[] {
  const columns = [
    { title: 'HEIGHT', right: true },
    { title: 'TIME' },
    { title: 'TRANSACTIONS', right: true },
    { title: 'CLOSED BY' },
    { title: 'HASH' },
  ];
  const rows = headers.map(({ height, time, count, proposer, hash }) => [
    ...[`${height}`, moment(time), `${count}`, printable(proposer), hash],
  ]);
  return table(columns, rows, output);
}

export function headerDocument({ height, hash, previous, root, time, proposer, proposerTime, count }: LedgerHeader) {
  return { height, hash, previous, root, time, proposer, proposerTime, count };
}

export function blockDocument(block: LedgerBlock) {
  const transactions = block.transactions.map(({ author, time, data }) => ({
    author,
    time,
    ...described('data', data),
  }));
  return { ...headerDocument(block), transactions };
}
