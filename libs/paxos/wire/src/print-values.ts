import type { Chunk } from '@synod/actor';
import { printRequest, printResults } from '@synod/api';
import type { Entry, EntryBatch } from '@synod/log';
import { decodeMove, decodeSet, printBallot } from '@synod/paxos-core';
import type { AcceptorSet, Reply } from '@synod/paxos-core';

/** Longer messages are told by their ends. */
const batchesPrinted = 12;
/** Of a longer batch only the slots are told. */
const valuesPrinted = 4;

/** With the ballot of each: `[1@1.0 "x" 2…3@2.1 "y" -]`. */
export function printBatches(batches: readonly EntryBatch[]): string {
  const print = (batch: EntryBatch): string => printValues(batch, `@${printBallot(batch.era)}`);
  if (batches.length <= batchesPrinted) return `[${batches.map(print).join(' ')}]`;
  return `[${print(batches[0]!)} … ${batches.length - 2} batches … ${print(batches[batches.length - 1]!)}]`;
}

export function printValues({ first, last, entries }: EntryBatch, ballot: string): string {
  const slots = `${printSlots(first, last)}${ballot}`;
  return entries.length > valuesPrinted ? slots : `${slots} ${entries.map(printEntry).join(' ')}`;
}

/** A no-op is a dash. */
export function printEntry(entry: Entry): string {
  if (entry.kind === 'noOp') return '-';
  if (entry.kind === 'request') return `"${printRequest(entry.bytes)}"`;
  const moved = decodeMove(entry.bytes);
  if (moved !== undefined) return `(registers at ${moved.version})`;
  const set = decodeSet(entry.bytes);
  return set === undefined ? '(not a set)' : printSet(set);
}

/** `(2: a1 a2 a3)`: version and acceptors; quorums where they are not majorities; disks that are not the first. */
export function printSet({ version, acceptors, phase1, phase2 }: AcceptorSet): string {
  const majority = Math.floor(acceptors.length / 2) + 1;
  const quorums = phase1 === majority && phase2 === majority ? '' : `, ${phase1}+${phase2}`;
  const names = acceptors.map(({ address, disk }) => (disk === 0 ? address : `${address}:${disk}`));
  return `(${version}: ${names.join(' ')}${quorums})`;
}

export function printReply({ sequence, answer }: Reply): string {
  switch (answer.kind) {
    case 'results':
      return `reply ${sequence} "${printResults(answer.results)}" at ${answer.index}${answer.ageMs > 0 ? ` age=${answer.ageMs}` : ''}`;
    case 'discovery':
      return `reply ${sequence} ${answer.replica} is ${answer.role}, leader ${answer.leader ?? 'unknown'}`;
    case 'decided':
      return `reply ${sequence} ${answer.value === undefined ? 'nothing' : `"${printRequest(answer.value)}"`} decided`;
    case 'reconfigured':
      return `reply ${sequence} ${printSet(answer.set)} from ${answer.from}`;
    case 'refused': {
      const { reason, leader, detail } = answer;
      return `reply ${sequence} refused ${reason}${leader === undefined ? '' : `, leader ${leader}`}${detail === undefined ? '' : `: ${detail}`}`;
    }
  }
}

export function printSlots(first: number, last: number): string {
  return last > first ? `${first}…${last}` : String(first);
}

export function printChunk({ offset, bytes, totalBytes }: Chunk): string {
  return `bytes ${offset}…${offset + bytes.length} of ${totalBytes}`;
}

/** The disk that a group was founded with goes without saying. */
export function printDisk(disk: number): string {
  return disk === 0 ? '' : ` disk=${disk}`;
}

export function printRound(round: number): string {
  return round === 0 ? '' : ` round=${round}`;
}

export function printList(name: string, addresses: readonly string[]): string {
  return addresses.length === 0 ? '' : `${name}=${addresses.join(',')}`;
}
