import { printRequest } from '@synod/api';
import { printBallot } from '@synod/paxos-core';
import type { Event, Message, Register } from '@synod/paxos-core';
import { printSet } from './print-values.js';

export const registerKinds = { registerAsk: 1, registerTold: 1, registerPrepare: 1, registerPromised: 1, registerAccept: 1, registerAccepted: 1, registerNack: 1, freezeRegisters: 1, registersPage: 1, storeRegisters: 1, registersStored: 1, decide: 1 } as const; // prettier-ignore
export type RegisterMessage = Extract<Message, { kind: keyof typeof registerKinds }>;

/** Single-decree Paxos: `registerPrepare k 1.0`. */
export function printRegister(message: RegisterMessage): string {
  const { kind } = message;
  switch (kind) {
    case 'registerAsk':
      return `${kind} ${message.key}`;
    case 'registerTold':
      return `${kind} ${message.key} [${message.accepted === 0 ? '' : printBallot(message.accepted)}]`;
    case 'registerPrepare':
      return `${kind} ${message.key} ${printBallot(message.ballot)}${message.insists ? ' insists' : ''}`;
    case 'registerPromised': {
      const { key, ballot, accepted, value, isFull } = message;
      return `${kind} ${key} ${printBallot(ballot)} [${printVote(accepted, value)}]${isFull ? ' full' : ''}`;
    }
    case 'registerAccept':
      return `${kind} ${message.key} ${printBallot(message.ballot)} "${printRequest(message.value)}"${message.adopted ? ' adopted' : ''}`;
    case 'registerAccepted':
      return `${kind} ${message.key} ${printBallot(message.ballot)}`;
    case 'registerNack':
      return `${kind} ${message.key} ${message.ballot === 0 ? '' : `${printBallot(message.ballot)} `}${message.why === 'promised' ? `promised=${printBallot(message.promised)}` : message.why}`;
    case 'freezeRegisters':
      return `${kind} ${printBallot(message.ballot)} epoch=${message.epoch}`;
    case 'registersPage':
      return `${kind} ${printBallot(message.ballot)} epoch=${message.epoch} [${message.registers.map(({ key }) => key).join(' ')}]${printFloor(message.floor)}`;
    case 'storeRegisters':
      return `${kind} ${printBallot(message.ballot)} epoch=${message.epoch} [${message.registers.map(printRegisterState).join(', ')}]${printFloor(message.floor)}`;
    case 'registersStored':
      return `${kind} ${printBallot(message.ballot)} epoch=${message.epoch}`;
    case 'decide':
      return `${kind} ${message.key}${message.value === undefined ? '' : ` "${printRequest(message.value)}"`}`;
  }
}

export function printRegisterState({ key, promised, accepted, value }: Register): string {
  return `register ${key} promised=${printBallot(promised)} [${printVote(accepted, value)}]`;
}

/** What is promised to all registers. */
export function printFloor(floor: number): string {
  return floor === 0 ? '' : ` floor=${printBallot(floor)}`;
}

function printVote(accepted: number, value: Uint8Array): string {
  return accepted === 0 ? '' : `${printBallot(accepted)} "${printRequest(value)}"`;
}

export const registerEvents = { registersMoved: 1, registerAsking: 1, registerAskCounted: 1, registerAskEnded: 1, registerPreparing: 1, registerJoined: 1, registerCounted: 1, registerAccepting: 1, registerDecided: 1, registerEnded: 1, registerPreempted: 1, registerPromiseGiven: 1, registerVoteCast: 1 } as const; // prettier-ignore
export type RegisterEvent = Extract<Event, { kind: keyof typeof registerEvents }>;

export function printRegisterEvent(event: RegisterEvent): string {
  const { kind } = event;
  switch (kind) {
    case 'registersMoved':
      return `${kind} to ${printSet(event.set)}`;
    case 'registerAsking':
      return `${kind} ${event.key}${event.attempt > 1 ? `, attempt ${event.attempt}` : ''}`;
    case 'registerAskCounted':
      return `${kind} ${event.key} ${event.acceptor}`;
    case 'registerAskEnded':
      return `${kind} ${event.key} (${event.why})`;
    case 'registerPreparing':
      return `${kind} ${event.key} ${printBallot(event.ballot)}${event.attempt > 1 ? `, attempt ${event.attempt}` : ''}`;
    case 'registerJoined':
      return `${kind} ${event.key}${event.ballot === 0 ? '' : ` ${printBallot(event.ballot)}`}`;
    case 'registerCounted':
      return `${kind} ${event.phase} ${event.key} ${event.acceptor}`;
    case 'registerAccepting':
      return `${kind} ${event.key} ${printBallot(event.ballot)}${event.adopted ? ' adopted' : ''} by ${event.completedBy}`;
    case 'registerDecided':
      return `${kind} ${event.key} ${printBallot(event.ballot)} by ${event.completedBy}`;
    case 'registerEnded':
      return `${kind} ${event.key} (${event.why})`;
    case 'registerPreempted':
      return `${kind} ${event.key} ${printBallot(event.ballot)} by ${printBallot(event.by)}`;
    case 'registerPromiseGiven':
      return `promises ${printBallot(event.ballot)} for ${event.key}`;
    case 'registerVoteCast':
      return `accepts ${event.key} in ${printBallot(event.ballot)}`;
  }
}
