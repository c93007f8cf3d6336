import { isState } from '@synod/actor';
import type { RoundFact } from '@synod/actor';
import type { Event } from './events.js';
import type { AppendEntries, AppendEntriesReply, Message } from './messages.js';
import type { Record } from './records.js';

/** A round is one leader batch, known by its term and log positions. Heartbeats, probes and reads belong to none. */
export function roundOf(thing: Message | Event | Record): RoundFact | undefined {
  switch (thing.kind) {
    case 'appendEntries':
      return ofAppend(thing);
    case 'appendEntriesReply':
      return ofAppendReply(thing);
    case 'requestVote':
      return { part: 'candidacy', era: thing.term, phase: thing.phase };
    case 'requestVoteReply':
      return { part: 'vote', era: thing.term, phase: thing.phase, granted: thing.granted };
    case 'reply':
      return thing.answer.kind === 'results' ? { part: 'reply', last: thing.answer.index } : undefined;
    case 'entries':
      return { part: 'stored', era: thing.batch.era, first: thing.batch.first, last: thing.batch.last };
    case 'hardState':
      return { part: 'ballot', era: thing.term };
    default:
      return ofEvent(thing);
  }
}

function ofAppend({ term, batches, followers }: AppendEntries): RoundFact | undefined {
  const newest = batches[batches.length - 1];
  if (newest === undefined) return undefined;
  return {
    part: 'proposal',
    era: term,
    first: batches[0]!.first,
    last: newest.last,
    rounds: batches.length,
    followers,
  };
}

function ofAppendReply({ term, outcome }: AppendEntriesReply): RoundFact | undefined {
  if (outcome.kind === 'heard') return undefined;
  const accepted = outcome.kind === 'matched';
  return { part: 'acknowledgement', era: term, last: accepted ? outcome.index : outcome.prevIndex, accepted };
}

function ofEvent(event: Message | Event | Record): RoundFact | undefined {
  switch (event.kind) {
    case 'proposed':
      return { part: 'opened', era: event.term, first: event.first, last: event.last, requests: event.requests };
    case 'acknowledged':
      return { part: 'counted', era: event.term, last: event.index, by: event.by };
    case 'committed':
      return { part: 'decided', era: event.term, last: event.index, completedBy: event.completedBy };
    case 'applied':
      return { part: 'applied', last: event.last };
    case 'becamePreCandidate':
      return { part: 'campaigned', era: event.term, phase: 'preVote', raises: false, why: event.why };
    case 'becameCandidate':
      return { part: 'campaigned', era: event.term, phase: 'vote', raises: true, why: event.why };
    case 'voteCounted':
      return { part: 'supported', era: event.term, phase: event.phase, by: event.voter, granted: event.granted };
    case 'becameLeader':
      return { part: 'elected', era: event.term, completedBy: event.completedBy };
    case 'becameFollower':
      return { part: 'follows', era: event.term, leader: event.leader, why: event.why };
    case 'rejected':
      return { part: 'rejected', from: event.from, reason: event.reason };
    default:
      return ofCatchUp(event);
  }
}

function ofCatchUp(event: Message | Event | Record): RoundFact | undefined {
  switch (event.kind) {
    case 'catchingUp': {
      const { from: source, first, last, why } = event;
      return isState(first, last) ? { part: 'fetching', source, first, last, why } : undefined;
    }
    case 'snapshotReceiving': {
      const { from: source, first, snapshot, sizeBytes: bytes, why } = event;
      return { part: 'fetching', source, first, last: snapshot.index, why, snapshot: { bytes } };
    }
    case 'snapshotInstalled':
      return { part: 'installed', last: event.snapshot.index, bytes: event.sizeBytes };
    case 'snapshotNotInstalled':
      return { part: 'fetchFailed', source: event.from, why: 'notInstalled' };
    case 'caughtUp':
      return { part: 'fetched', last: event.index };
    default:
      return undefined;
  }
}
