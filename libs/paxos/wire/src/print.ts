import type { Printer } from '@synod/actor';
import { printQueries, printRequest } from '@synod/api';
import { printBallot } from '@synod/paxos-core';
import type { Accept, AcceptorState, Message, PaxosVocabulary, Promised, Record } from '@synod/paxos-core';
import { printEvent } from './print-events.js';
import { printFloor, printRegister, printRegisterState, registerKinds } from './print-registers.js';
import type { RegisterMessage } from './print-registers.js';
import {
  printBatches,
  printChunk,
  printDisk,
  printList,
  printReply,
  printRound,
  printSlots,
  printValues,
} from './print-values.js';

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
      return `${kind} "${printRequest(message.bytes)}"`;
    case 'read':
      return `${kind} ${message.level} "${printQueries(message.queries)}"`;
    case 'reconfigure': {
      const { version, add, remove, force } = message;
      return `${kind} version=${version}${printList(' add', add)}${printList(' remove', remove)}${force === true ? ' force' : ''}`;
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

function printState(state: AcceptorState): string {
  const { promised, standing, trimmedThrough, disk, registersEpoch, registerFloor } = state;
  const stands = standing === 'active' ? '' : ` ${standing}`;
  const trimmed = trimmedThrough === 0 ? '' : ` trimmed=${trimmedThrough}`;
  const registers = registersEpoch <= 1 ? '' : ` registers at ${registersEpoch}`;
  return `promised=${printBallot(promised)}${stands}${trimmed}${registers}${printFloor(registerFloor)}${printDisk(disk)}`;
}

/** Multi-Paxos's words in scenarios and transcripts. */
export const paxosPrinter: Printer<PaxosVocabulary> = { message: printMessage, record: printRecord, event: printEvent };
