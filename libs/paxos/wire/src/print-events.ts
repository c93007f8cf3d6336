import { printBallot } from '@synod/paxos-core';
import type { Event } from '@synod/paxos-core';
import { printRegisterEvent, registerEvents } from './print-registers.js';
import type { RegisterEvent } from './print-registers.js';
import { printDisk, printSet, printSlots } from './print-values.js';

export function printEvent(event: Event): string {
  switch (event.kind) {
    case 'becameFollower':
      return `becameFollower ${event.leader === undefined ? '' : `of ${event.leader} `}(${event.why})`;
    case 'canvassing':
      return `canvassing ${printBallot(event.ballot)} (${event.why})`;
    case 'canvassCounted':
      return `canvassCounted ${event.acceptor} ${event.granted ? 'granted' : 'refused'}`;
    case 'preparing':
      return `preparing ${printBallot(event.ballot)} from ${event.from} (${event.why})`;
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
      return `${kind} from ${event.slot}, asks ${event.from} (${event.why})`;
    case 'snapshotTaken':
    case 'snapshotInstalled':
      return `${kind} ${event.snapshot.index}`;
    case 'snapshotFetching':
      return `${kind} ${event.snapshot.index} from ${event.from} (${event.why})`;
    case 'snapshotGivenUp':
      return `${kind} from ${event.from} (${event.why})`;
    case 'caughtUp':
      return `${kind} ${event.slot}`;
    case 'outlived':
      return kind;
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
      | 'snapshotGivenUp'
      | 'caughtUp'
      | 'outlived'
      | 'founded'
      | 'standing'
      | 'canvassAnswered'
      | 'promiseGiven'
      | 'voteCast'
      | 'refused'
      | 'trimmed';
  }
>;
