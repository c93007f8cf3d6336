import type { Event } from '@synod/pbft-core';
import { printDigest, printStatement } from './print-statements.js';

export function printEvent(event: Event): string {
  const { kind } = event;
  switch (kind) {
    case 'proposed':
      return `${kind} ${event.view}.${event.sequence} ${printDigest(event.digest)}`;
    case 'prePrepared':
      return `${kind} ${event.view}.${event.sequence} ${printDigest(event.digest)} of ${event.primary}`;
    case 'voteCounted':
      return `${event.phase} counted ${event.view}.${event.sequence} ${event.by}`;
    case 'prepared':
    case 'committed':
      return `${kind} ${event.view}.${event.sequence} ${printDigest(event.digest)} by ${event.completedBy}`;
    case 'executed':
      return `${kind} ${event.sequence} ${printDigest(event.digest)}${event.how === 'committed' ? '' : ` ${event.how}`}`;
    case 'checkpointTaken':
    case 'checkpointStable':
      return `${kind} ${event.sequence} ${printDigest(event.digest)}`;
    case 'snapshotTaken':
      return `${kind} ${event.sequence} ${printDigest(event.digest)}, ${event.sizeBytes} bytes`;
    case 'snapshotStable':
    case 'snapshotInstalled':
      return `${kind} ${event.sequence}`;
    case 'complained':
      return `${kind} of v${event.view} (${event.why})`;
    case 'viewChangeStarted':
      return `${kind} to ${event.view} (${event.why}${event.grievance === undefined ? '' : `: ${event.grievance}`})`;
    case 'viewChangeCounted':
      return `${kind} to ${event.view} ${event.by}`;
    case 'enteredView':
      return `${kind} ${event.view} as ${event.role}, primary ${event.primary}, by ${event.completedBy}`;
    case 'equivocation':
      return `${kind} of ${event.by}: ${printStatement(event.first)}, ${printStatement(event.second)}`;
    case 'transferBegan':
      return `${kind} ${event.from}…${event.through} from ${event.source} (${event.why})`;
    case 'snapshotFetching':
      return `${kind} ${event.sequence} from ${event.source}`;
    case 'transferFailed':
      return `${kind} at ${event.source} (${event.why}), asks ${event.next}`;
    case 'transferEnded':
      return `${kind} executed=${event.executed}`;
    case 'standing':
      return `${kind} ${event.standing}${event.floor > 0 ? ` floor=${event.floor}` : ''}`;
    case 'rejected':
      return `${kind} ${event.from} (${event.reason})`;
  }
}
