import { isState } from '@synod/actor';
import type { Description, RoundVocabulary } from '@synod/actor';
import { roundOf } from '@synod/raft-core';
import type { Event, RaftVocabulary } from '@synod/raft-core';

/** What Raft tells telemetry about its words. */
export const raftRounds: RoundVocabulary<RaftVocabulary> = {
  protocol: 'raft',
  roundSpan: 'raft.round',
  electionSpan: 'raft.election',
  roundOf,
  describe,
};

const info = (text: string): Description => ({ level: 'info', text });
const warn = (text: string): Description => ({ level: 'warn', text });
const debug = (text: string): Description => ({ level: 'debug', text });

function describe(event: Event): Description | undefined {
  switch (event.kind) {
    case 'becameFollower':
      return info(`follows ${event.leader ?? 'nobody yet'} in term ${event.term} (${event.why})`);
    case 'becamePreCandidate':
      return info(`asks whether an election after term ${event.term} could be won (${event.why})`);
    case 'becameCandidate':
      return info(`stands for election in term ${event.term} (${event.why})`);
    case 'becameLeader':
      return info(`leads term ${event.term}; the majority was completed by ${event.completedBy}`);
    case 'truncated':
      return warn(`drops its log from entry ${event.from} on: another leader decided otherwise`);
    case 'handingOver':
      return info(`hands leadership of term ${event.term} over to ${event.to} (${event.why})`);
    case 'handOverFailed':
      return warn(`${event.to} did not take over leadership of term ${event.term} in time`);
    case 'diskStalled':
      return warn(`the disk has not finished a sync for ${Math.round(event.sinceMs)} ms`);
    default:
      return describeStorage(event);
  }
}

function describeStorage(event: Event): Description | undefined {
  switch (event.kind) {
    case 'snapshotTaken':
      return info(`took a snapshot at entry ${event.snapshot.index}, ${event.sizeBytes} bytes`);
    case 'snapshotSending':
      return info(`sends ${event.to} the snapshot at entry ${event.snapshot.index}`);
    case 'snapshotSent':
      return info(`${event.to} has installed the snapshot at entry ${event.snapshot.index}`);
    case 'catchingUp':
      return describeMissing(event);
    case 'snapshotReceiving':
      return info(
        `is given the snapshot at entry ${event.snapshot.index}, ${event.sizeBytes} bytes, by ${event.from} (${event.why})`,
      );
    case 'snapshotInstalled':
      return info(`installed the snapshot at entry ${event.snapshot.index}`);
    case 'snapshotNotInstalled':
      return warn(`the snapshot at entry ${event.snapshot.index} from ${event.from} cannot be restored`);
    case 'caughtUp':
      return debug(`has caught up through entry ${event.index}`);
    case 'standing':
      if (event.standing === 'lost')
        return warn('lost its state: it asks the others, and never helps to form a new group');
      return info(`is ${event.standing} in cluster ${event.clusterId}, term ${event.term}`);
    case 'probing':
      return debug(`probes ${event.follower} from entry ${event.nextIndex} on (${event.why})`);
    default:
      return undefined;
  }
}

/** A message or two that were lost are not worth a line. */
function describeMissing({ first, last, from, why }: Extract<Event, { kind: 'catchingUp' }>): Description {
  return (isState(first, last) ? info : debug)(`lacks entries ${first} to ${last}, which come from ${from} (${why})`);
}
