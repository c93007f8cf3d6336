import type { Chunk } from '@synod/actor';
import type { Entry, EntryBatch } from '@synod/log';
import { decodeMove, decodeSet, printBallot } from '@synod/paxos-core';
import type {
  Accept,
  AcceptorSet,
  AcceptorState,
  Event,
  Message,
  PaxosVocabulary,
  Promised,
  Record,
  Reply,
} from '@synod/paxos-core';
import type { Printer } from '@synod/scenario';
import {
  printRegister,
  printRegisterEvent,
  printRegisterState,
  registerEvents,
  registerKinds,
} from './print-registers.js';
import type { RegisterEvent, RegisterMessage } from './print-registers.js';

const decoder = new TextDecoder();

/** One line for a message, in the words of the papers: `prepare 1.0 from 3`. A ballot is `round.proposer`. */
function printMessage(message: Message): string {
  const { kind } = message;
  switch (kind) {
    case 'canvass':
      return `${kind} ${printBallot(message.ballot)}`;
    case 'canvassReply': {
      const { ballot, granted, promised, disk } = message;
      return `${kind} ${printBallot(ballot)} ${granted ? 'granted' : 'refused'} promised=${printBallot(promised)}${printDisk(disk)}`;
    }
    case 'prepare':
      return `${kind} ${printBallot(message.ballot)} from ${message.from}`;
    case 'promised':
      return printPromised(message);
    case 'accept':
      return printAccept(message);
    case 'accepted': {
      const { ballot, disk, first, last, round } = message;
      return `${kind} ${printBallot(ballot)}${last === 0 ? '' : ` ${printSlots(first, last)}`}${printRound(round)}${printDisk(disk)}`;
    }
    case 'nack':
      return `${kind} ${printBallot(message.ballot)} promised=${printBallot(message.promised)}`;
    case 'takeOver':
      return `${kind} ${printBallot(message.ballot)}`;
    case 'join':
      return `${kind}${printDisk(message.disk)}`;
    case 'hello':
      return `${kind} ${message.standing}`;
    case 'helloReply':
      return `${kind} ${message.standing} promised=${printBallot(message.era)}`;
    case 'form':
    case 'formed':
    case 'activate':
      return kind;
    default:
      return message.kind in registerKinds ? printRegister(message as RegisterMessage) : printLearning(message as LearningMessage); // prettier-ignore
  }
}

type LearningMessage = Extract<Message, { kind: LearningKind }>;

function printLearning(message: LearningMessage): string {
  const { kind } = message;
  switch (kind) {
    case 'progress':
      return `${kind} ${printBallot(message.ballot)} durable=${message.durableThrough}`;
    case 'learn':
      return `${kind} from ${message.from}`;
    case 'chosen':
      return `${kind} ${printBatches(message.batches)} of ${message.chosenThrough}`;
    case 'snapshotOffer':
      return `${kind} ${message.snapshot.index}`;
    case 'fetchChunk':
      return `${kind} ${message.snapshot.index} at ${message.offset}`;
    case 'snapshotChunk':
      return `${kind} ${message.snapshot.index} ${message.chunk === undefined ? 'gone' : printChunk(message.chunk)}`;
    case 'request':
      return `${kind} "${printBytes(message.bytes)}"`;
    case 'read':
      return `${kind} ${message.level} "${printBytes(message.queries)}"`;
    case 'reconfigure': {
      const { version, add, remove } = message;
      return `${kind} version=${version}${printList(' add', add)}${printList(' remove', remove)}`;
    }
    case 'reply':
      return printReply(message);
  }
}

type LearningKind =
  | 'progress'
  | 'learn'
  | 'chosen'
  | 'snapshotOffer'
  | 'fetchChunk'
  | 'snapshotChunk'
  | 'request'
  | 'read'
  | 'reconfigure'
  | 'reply';

function printPromised({ ballot, from, through, last, trimmedThrough, batches, disk }: Promised): string {
  const told = through >= last ? `from ${from}` : `${printSlots(from, through)} of ${last}`;
  const trimmed = trimmedThrough === 0 ? '' : ` trimmed=${trimmedThrough}`;
  return `promised ${printBallot(ballot)} ${told} ${printBatches(batches)}${trimmed}${printDisk(disk)}`;
}

function printAccept({ ballot, chosenThrough, trimThrough, round, batches }: Accept): string {
  const values = batches.map((batch) => printValues(batch, '')).join(' ');
  const trim = trimThrough === 0 ? '' : ` trim=${trimThrough}`;
  return `accept ${printBallot(ballot)} [${values}] chosen=${chosenThrough}${trim}${printRound(round)}`;
}

function printRecord(record: Record): string {
  switch (record.kind) {
    case 'acceptorState':
      return printState(record);
    case 'vote':
      return `vote ${printValues(record.batch, `@${printBallot(record.batch.era)}`)}`;
    case 'acceptorMark':
      return `mark ${printState(record.state)}`;
    case 'proposerState':
      return `round=${record.round}`;
    case 'chosenValues':
      return `chosen ${printValues(record.batch, '')}`;
    case 'proposerMark':
      return `snapshot ${record.snapshot.index}`;
    case 'registerVote':
      return printRegisterState(record.register);
  }
}

function printState({ promised, standing, trimmedThrough, disk }: AcceptorState): string {
  const trimmed = trimmedThrough === 0 ? '' : ` trimmed=${trimmedThrough}`;
  return `promised=${printBallot(promised)}${standing === 'active' ? '' : ` ${standing}`}${trimmed}${printDisk(disk)}`;
}

function printEvent(event: Event): string {
  switch (event.kind) {
    case 'becameFollower':
      return `becameFollower ${event.leader === undefined ? '' : `of ${event.leader} `}(${event.why})`;
    case 'canvassing':
      return `canvassing ${printBallot(event.ballot)}`;
    case 'canvassCounted':
      return `canvassCounted ${event.acceptor} ${event.granted ? 'granted' : 'refused'}`;
    case 'preparing':
      return `preparing ${printBallot(event.ballot)} from ${event.from}${event.handover ? ' handover' : ''}`;
    case 'promiseCounted':
      return `promiseCounted ${event.acceptor}`;
    case 'becameLeader':
      return `becameLeader ${printBallot(event.ballot)} by ${event.completedBy}`;
    case 'adopted':
      return `adopted ${printSlots(event.first, event.last)}${event.noOps === 0 ? '' : `, ${event.noOps} of them held nothing`}`;
    case 'proposed':
      return `proposed ${printSlots(event.first, event.last)}`;
    case 'voteCounted':
      return `voteCounted ${printSlots(event.first, event.last)} ${event.acceptor}`;
    case 'valueChosen':
      return `valueChosen ${printSlots(event.first, event.last)} by ${event.completedBy}`;
    case 'lostSlot':
      return `lostSlot ${event.slot}${event.again ? ', proposed again' : ''}`;
    case 'readRoundBegan':
      return `readRoundBegan ${event.round} for ${event.reads} read${event.reads === 1 ? '' : 's'}`;
    case 'readRoundConfirmed':
      return `readRoundConfirmed ${event.round} by ${event.completedBy}`;
    case 'reconfigured':
      return `reconfigured ${printSet(event.set)} from ${event.from}`;
    case 'handingOver':
      return `handingOver to ${event.to}`;
    case 'rejected':
      return `rejected ${event.from} (${event.reason})`;
    default:
      return event.kind in registerEvents ? printRegisterEvent(event as RegisterEvent) : printLearningEvent(event as LearningEvent); // prettier-ignore
  }
}

function printLearningEvent(event: LearningEvent): string {
  const { kind } = event;
  switch (kind) {
    case 'learned':
      return `${kind} ${printSlots(event.first, event.last)} from ${event.from}`;
    case 'applied':
      return `${kind} ${printSlots(event.first, event.last)}`;
    case 'catchingUp':
      return `${kind} from ${event.slot}, asks ${event.from}`;
    case 'snapshotTaken':
    case 'snapshotInstalled':
      return `${kind} ${event.snapshot.index}`;
    case 'snapshotFetching':
      return `${kind} ${event.snapshot.index} from ${event.from}`;
    case 'founded':
      return `${kind} by ${printSet(event.founding)}`;
    case 'standing':
      return `${kind} ${event.standing}${printDisk(event.disk)}`;
    case 'canvassAnswered':
      return `${event.granted ? 'grants' : 'refuses'} canvass ${printBallot(event.ballot)}`;
    case 'promiseGiven':
      return `promises ${printBallot(event.ballot)} to ${event.proposer}`;
    case 'voteCast':
      return `accepts ${printSlots(event.first, event.last)} in ${printBallot(event.ballot)}`;
    case 'refused':
      return `refuses ${event.phase} ${printBallot(event.ballot)}, promised ${printBallot(event.promised)}`;
    case 'trimmed':
      return `${kind} ${event.through}`;
  }
}

type LearningEvent = Extract<
  Event,
  {
    kind:
      | 'learned'
      | 'applied'
      | 'catchingUp'
      | 'snapshotTaken'
      | 'snapshotInstalled'
      | 'snapshotFetching'
      | 'founded'
      | 'standing'
      | 'canvassAnswered'
      | 'promiseGiven'
      | 'voteCast'
      | 'refused'
      | 'trimmed';
  }
>;

/** Longer messages are told by their ends. */
const batchesPrinted = 12;
/** Of a longer batch only the slots are told. */
const valuesPrinted = 4;

/** With the ballot of each: `[1@1.0 "x" 2…3@2.1 "y" -]`. */
function printBatches(batches: readonly EntryBatch[]): string {
  const print = (batch: EntryBatch): string => printValues(batch, `@${printBallot(batch.era)}`);
  if (batches.length <= batchesPrinted) return `[${batches.map(print).join(' ')}]`;
  return `[${print(batches[0]!)} … ${batches.length - 2} batches … ${print(batches[batches.length - 1]!)}]`;
}

function printValues({ first, last, entries }: EntryBatch, ballot: string): string {
  const slots = `${printSlots(first, last)}${ballot}`;
  return entries.length > valuesPrinted ? slots : `${slots} ${entries.map(printEntry).join(' ')}`;
}

/** A no-op is a dash. */
export function printEntry(entry: Entry): string {
  if (entry.kind === 'noOp') return '-';
  if (entry.kind === 'request') return `"${printBytes(entry.bytes)}"`;
  const moved = decodeMove(entry.bytes);
  if (moved !== undefined) return `(registers at ${moved.version})`;
  const set = decodeSet(entry.bytes);
  return set === undefined ? '(not a set)' : printSet(set);
}

/** `(2: a1 a2 a3)`: version and acceptors; quorums where they are not majorities; disks that are not the first. */
function printSet({ version, acceptors, phase1, phase2 }: AcceptorSet): string {
  const majority = Math.floor(acceptors.length / 2) + 1;
  const quorums = phase1 === majority && phase2 === majority ? '' : `, ${phase1}+${phase2}`;
  const names = acceptors.map(({ address, disk }) => (disk === 0 ? address : `${address}:${disk}`));
  return `(${version}: ${names.join(' ')}${quorums})`;
}

function printReply({ sequence, answer }: Reply): string {
  switch (answer.kind) {
    case 'results':
      return `reply ${sequence} "${printBytes(answer.results)}" at ${answer.index}${answer.ageMs > 0 ? ` age=${answer.ageMs}` : ''}`;
    case 'discovery':
      return `reply ${sequence} ${answer.replica} is ${answer.role}, leader ${answer.leader ?? 'unknown'}`;
    case 'decided':
      return `reply ${sequence} ${answer.value === undefined ? 'nothing' : `"${printBytes(answer.value)}"`} decided`;
    case 'reconfigured':
      return `reply ${sequence} ${printSet(answer.set)} from ${answer.from}`;
    case 'refused': {
      const { reason, leader, detail } = answer;
      return `reply ${sequence} refused ${reason}${leader === undefined ? '' : `, leader ${leader}`}${detail === undefined ? '' : `: ${detail}`}`;
    }
  }
}

function printSlots(first: number, last: number): string {
  return last > first ? `${first}…${last}` : String(first);
}

function printChunk({ offset, bytes, totalBytes }: Chunk): string {
  return `bytes ${offset}…${offset + bytes.length} of ${totalBytes}`;
}

/** The disk that a group was founded with goes without saying. */
function printDisk(disk: number): string {
  return disk === 0 ? '' : ` disk=${disk}`;
}

function printRound(round: number): string {
  return round === 0 ? '' : ` round=${round}`;
}

function printList(name: string, addresses: readonly string[]): string {
  return addresses.length === 0 ? '' : `${name}=${addresses.join(',')}`;
}

function printBytes(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** Multi-Paxos's words in scenarios and transcripts. */
export const paxosPrinter: Printer<PaxosVocabulary> = { message: printMessage, record: printRecord, event: printEvent };
