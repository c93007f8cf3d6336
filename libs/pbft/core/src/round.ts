import type { RoundFact } from '@synod/actor';
import type { Event, Grievance } from './events.js';
import type { Message } from './messages.js';
import type { Record } from './records.js';

/** A round is one batch, known by its view and sequence; `first` and `last` are that sequence. */
export function roundOf(thing: Message | Event | Record): RoundFact | undefined {
  switch (thing.kind) {
    case 'prePrepare': {
      const { view: era, sequence } = thing.signed.statement;
      return {
        part: 'proposal',
        era,
        first: sequence,
        last: sequence,
        rounds: 1,
        followers: 'voters',
        collective: true,
      };
    }
    case 'prepare':
    case 'commit': {
      const { view: era, sequence: last } = thing.signed.statement;
      return { part: 'acknowledgement', era, last, accepted: true, phase: thing.kind };
    }
    case 'viewChange':
      return { part: 'candidacy', era: thing.signed.statement.view, phase: 'viewChange', collective: true };
    case 'newView':
      return { part: 'vote', era: thing.signed.statement.view, phase: 'newView', granted: true };
    case 'reply':
      return thing.answer.kind === 'results' && thing.answer.signed.statement.whole
        ? { part: 'reply', last: thing.answer.signed.statement.sequence }
        : undefined;
    case 'accepted': {
      const { view: era, sequence } = thing.proposal.statement;
      return { part: 'stored', era, first: sequence, last: sequence };
    }
    default:
      return ofEvent(thing);
  }
}

/** Sequences are committed in any order. */
function decidedAt({ view: era, sequence, completedBy }: Extract<Event, { kind: 'committed' }>): RoundFact {
  return { part: 'decided', era, first: sequence, last: sequence, completedBy };
}

function ofEvent(event: Message | Event | Record): RoundFact | undefined {
  switch (event.kind) {
    case 'proposed': {
      const { view: era, sequence, requests } = event;
      return { part: 'opened', era, first: sequence, last: sequence, requests };
    }
    case 'voteCounted': {
      const { view: era, sequence, by, phase } = event;
      const early = phase === 'prepare' ? ({ early: true } as const) : {};
      return { part: 'counted', era, first: sequence, last: sequence, by, phase, ...early };
    }
    case 'prepared':
      return { part: 'prepared', era: event.view, last: event.sequence, completedBy: event.completedBy };
    case 'committed':
      return decidedAt(event);
    case 'executed':
      return { part: 'applied', last: event.sequence };
    case 'viewChangeStarted':
      return {
        ...{ part: 'campaigned', era: event.view, phase: 'viewChange', raises: true },
        ...{ why: causeOf(event), request: event.request },
      };
    case 'viewChangeCounted':
      return { part: 'supported', era: event.view, phase: 'viewChange', by: event.by, granted: true };
    case 'enteredView':
      return event.role === 'primary'
        ? { part: 'elected', era: event.view, completedBy: event.completedBy }
        : { part: 'follows', era: event.view, leader: event.primary, why: 'newView' };
    case 'rejected':
      return { part: 'rejected', from: event.from, reason: event.reason };
    default:
      return ofTransfer(event);
  }
}

/** What a view is left for, as far as this replica knows: what it complains of rather than that others do, too. */
function causeOf({ why, grievance }: Extract<Event, { kind: 'viewChangeStarted' }>): string {
  if (grievance !== undefined) return ofGrievance[grievance];
  return why === 'timeout' ? 'newViewTimeout' : why;
}

const ofGrievance: { readonly [grievance in Grievance]: string } = {
  silent: 'requestTimeout',
  slow: 'requestsWait',
  stopping: 'primaryStopping',
  recovering: 'primaryLostDisk',
  leftAlone: 'memberLeftAlone',
};

function ofTransfer(event: Message | Event | Record): RoundFact | undefined {
  switch (event.kind) {
    case 'transferBegan': {
      const { source, from: first, through: last, why } = event;
      return { part: 'fetching', source, first, last, why };
    }
    case 'snapshotFetching': {
      const { source, from: first, sequence: last, sizeBytes: bytes, why } = event;
      return { part: 'fetching', source, first, last, why, snapshot: { bytes } };
    }
    case 'transferFailed':
      return { part: 'fetchFailed', source: event.source, why: event.why, next: event.next };
    case 'snapshotInstalled':
      return { part: 'installed', last: event.sequence, bytes: event.sizeBytes };
    case 'transferEnded':
      return { part: 'fetched', last: event.executed };
    default:
      return undefined;
  }
}
