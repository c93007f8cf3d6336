import type { Description, RoundVocabulary } from '@synod/actor';
import { contradiction, roundOf } from '@synod/pbft-core';
import type { Event, PbftVocabulary } from '@synod/pbft-core';

/** What PBFT tells telemetry about its words. */
export const pbftRounds: RoundVocabulary<PbftVocabulary> = {
  protocol: 'pbft',
  roundSpan: 'pbft.round',
  electionSpan: 'pbft.view_change',
  ignoresSurplus: true,
  roundOf,
  describe,
};

const info = (text: string): Description => ({ level: 'info', text });
const warn = (text: string): Description => ({ level: 'warn', text });

const complaints = {
  silent: 'a request was not executed in time',
  slow: 'requests wait too long',
  stopping: 'it stops',
  recovering: 'it is this replica, which lost its disk',
  leftAlone: 'a member left its view alone',
} as const;

function describe(event: Event): Description | undefined {
  switch (event.kind) {
    case 'complained':
      return warn(`complains of the primary of view ${event.view}: ${complaints[event.why]}`);
    case 'viewChangeStarted':
      return warn(
        `asks for view ${event.view} (${event.why}${event.grievance === undefined ? '' : `: ${event.grievance}`})`,
      );
    case 'enteredView':
      return info(`is in view ${event.view}, primary ${event.primary}; completed by ${event.completedBy}`);
    case 'equivocation':
      return warn(
        `${event.by} is faulty: it signed what contradicts itself (${contradiction(event.first, event.second)})`,
      );
    case 'checkpointStable':
      return { level: 'debug', text: `the checkpoint at ${event.sequence} is stable` };
    default:
      return describeState(event);
  }
}

function describeState(event: Event): Description | undefined {
  switch (event.kind) {
    case 'snapshotTaken':
      return info(`took a snapshot at sequence ${event.sequence}, ${event.sizeBytes} bytes`);
    case 'snapshotStable':
      return info(`a quorum has the snapshot at sequence ${event.sequence}`);
    case 'snapshotInstalled':
      return info(`installed the snapshot at sequence ${event.sequence}`);
    case 'transferBegan':
      return info(`fetches sequences ${event.from} to ${event.through} from ${event.source} (${event.why})`);
    case 'snapshotFetching':
      return info(`fetches the snapshot at sequence ${event.sequence}, ${event.sizeBytes} bytes, from ${event.source}`);
    case 'transferFailed':
      return warn(`${event.source} does not serve as a source (${event.why})`);
    case 'transferEnded':
      return info(`has caught up through sequence ${event.executed}`);
    case 'standing':
      if (event.standing === 'lost')
        return warn('lost its state: it asks the others, and never helps to found a group');
      if (event.standing === 'recovering')
        return warn(`lost its disk: signs nothing about sequences up to ${event.floor}`);
      return info(`is ${event.standing} in view ${event.view}`);
    default:
      return undefined;
  }
}
