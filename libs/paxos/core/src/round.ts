import { isState } from '@synod/actor';
import type { RoundFact } from '@synod/actor';
import type { Event } from './events.js';
import type { Accept, Accepted, Message, RegisterNack } from './messages.js';
import type { Record } from './records.js';

/**
 * A round is what the leader proposed at once, known by its ballot and slots. Heartbeats, reads, and what proposers tell each
 * other belong to none.
 */
export function roundOf(thing: Message | Event | Record): RoundFact | undefined {
  switch (thing.kind) {
    case 'accept':
      return ofAccept(thing);
    case 'accepted':
      return ofAccepted(thing);
    case 'prepare':
      return { part: 'candidacy', era: thing.ballot, phase: 'prepare', duels: true };
    case 'promised':
      return { part: 'vote', era: thing.ballot, phase: 'prepare', granted: true };
    case 'canvass':
      return { part: 'candidacy', era: thing.ballot, phase: 'canvass' };
    case 'canvassReply':
      return { part: 'vote', era: thing.ballot, phase: 'canvass', granted: thing.granted };
    case 'nack':
      return { part: 'vote', era: thing.ballot, granted: false, promised: thing.promised };
    case 'registerAsk':
      return { part: 'instanceQuestion', instance: questionOf(thing.key), era: 0, phase: 'ask' };
    case 'registerTold':
      return { part: 'instanceAnswer', instance: questionOf(thing.key), era: 0, phase: 'ask', granted: true };
    case 'registerPrepare':
      return { part: 'instanceQuestion', instance: thing.key, era: thing.ballot, phase: 'prepare' };
    case 'registerAccept':
      return { part: 'instanceQuestion', instance: thing.key, era: thing.ballot, phase: 'accept' };
    case 'registerPromised':
      return { part: 'instanceAnswer', instance: thing.key, era: thing.ballot, phase: 'prepare', granted: true };
    case 'registerAccepted':
      return { part: 'instanceAnswer', instance: thing.key, era: thing.ballot, phase: 'accept', granted: true };
    case 'registerNack':
      return { part: 'instanceAnswer', instance: refusedOf(thing), era: thing.ballot, granted: false };
    case 'registerVote':
      return { part: 'ballot', era: thing.register.promised };
    case 'reply':
      return thing.answer.kind === 'results' ? { part: 'reply', last: thing.answer.index } : undefined;
    case 'vote':
      return { part: 'stored', era: thing.batch.era, first: thing.batch.first, last: thing.batch.last };
    case 'acceptorState':
      return { part: 'ballot', era: thing.promised };
    default:
      return ofEvent(thing);
  }
}

function ofAccept({ ballot, batches }: Accept): RoundFact | undefined {
  const newest = batches[batches.length - 1];
  if (newest === undefined) return undefined;
  const { length: rounds } = batches;
  return { part: 'proposal', era: ballot, first: batches[0]!.first, last: newest.last, rounds, followers: 'voters' };
}

function ofAccepted({ ballot, last }: Accepted): RoundFact | undefined {
  return last === 0 ? undefined : { part: 'acknowledgement', era: ballot, last, accepted: true };
}

function ofEvent(event: Message | Event | Record): RoundFact | undefined {
  switch (event.kind) {
    case 'proposed':
      return ofProposal(event);
    case 'voteCounted':
      return { part: 'counted', era: event.ballot, first: event.first, last: event.last, by: event.acceptor };
    case 'valueChosen':
      return {
        part: 'decided',
        era: event.ballot,
        first: event.first,
        last: event.last,
        completedBy: event.completedBy,
      };
    case 'applied':
      return { part: 'applied', last: event.last };
    case 'canvassing':
      return { part: 'campaigned', era: event.ballot, phase: 'canvass', raises: false, why: event.why };
    case 'preparing':
      return { part: 'campaigned', era: event.ballot, phase: 'prepare', raises: true, why: event.why };
    case 'canvassCounted':
      return {
        part: 'supported',
        era: event.ballot,
        phase: 'canvass',
        by: event.acceptor,
        granted: event.granted,
      };
    case 'promiseCounted':
      return { part: 'supported', era: event.ballot, phase: 'prepare', by: event.acceptor, granted: true };
    case 'becameLeader':
      return { part: 'elected', era: event.ballot, completedBy: event.completedBy };
    case 'becameFollower':
      return ofFollower(event);
    case 'rejected':
      return { part: 'rejected', from: event.from, reason: event.reason };
    default:
      return ofCatchUp(event) ?? ofRegisterEvent(event);
  }
}

function ofProposal({
  ballot: era,
  first,
  last,
  requests,
  acceptors,
}: Extract<Event, { kind: 'proposed' }>): RoundFact {
  return { part: 'opened', era, first, last, requests, voters: acceptors };
}

function ofFollower({ ballot: era, leader, why, by }: Extract<Event, { kind: 'becameFollower' }>): RoundFact {
  return { part: 'follows', era, leader, why, ...(by && { rival: { name: by.proposer, era: by.ballot } }) };
}

function ofCatchUp(event: Message | Event | Record): RoundFact | undefined {
  switch (event.kind) {
    case 'catchingUp': {
      const { from: source, slot: first, through: last, why } = event;
      return isState(first, last) ? { part: 'fetching', source, first, last, why } : undefined;
    }
    case 'snapshotFetching': {
      const { from: source, slot: first, snapshot, why } = event;
      return { part: 'fetching', source, first, last: snapshot.index, why, snapshot: { bytes: undefined } };
    }
    case 'snapshotGivenUp':
      return { part: 'fetchFailed', source: event.from, why: event.why };
    case 'snapshotInstalled':
      return { part: 'installed', last: event.snapshot.index, bytes: event.sizeBytes };
    case 'caughtUp':
      return { part: 'fetched', last: event.slot };
    default:
      return undefined;
  }
}

function ofRegisterEvent(event: Message | Event | Record): RoundFact | undefined {
  switch (event.kind) {
    case 'registerPreparing': {
      const { key: instance, ballot: era, requests } = event;
      return { part: 'instanceOpened', instance, era, phase: 'prepare', requests };
    }
    case 'registerJoined': {
      const { key: instance, ballot: era, request, hasProposed } = event;
      return { part: 'instanceJoined', instance, era, phase: hasProposed ? 'accept' : 'prepare', request };
    }
    case 'registerCounted': {
      const { key: instance, ballot: era, acceptor: by } = event;
      return { part: 'instanceCounted', instance, era, phase: event.phase === 'promise' ? 'prepare' : 'accept', by };
    }
    case 'registerAccepting': {
      const { key: instance, ballot: era, completedBy } = event;
      return { part: 'instancePhase', instance, era, phase: 'accept', completedBy };
    }
    case 'registerPreempted':
      return { part: 'instancePreempted', instance: event.key, era: event.ballot, by: event.by };
    case 'registerEnded':
      return { part: 'instanceEnded', instance: event.key, why: event.why };
    case 'registerAsking':
      return {
        ...{ part: 'instanceOpened', instance: questionOf(event.key), era: 0, phase: 'ask' },
        requests: event.requests,
      };
    case 'registerAskCounted':
      return { part: 'instanceCounted', instance: questionOf(event.key), era: 0, phase: 'ask', by: event.acceptor };
    case 'registerAskEnded':
      return { part: 'instanceEnded', instance: questionOf(event.key), why: event.why };
    case 'registerDecided':
      return { part: 'instanceDecided', instance: event.key, era: event.ballot, completedBy: event.completedBy };
    default:
      return undefined;
  }
}

function refusedOf({ key, ballot }: RegisterNack): string {
  return ballot === 0 ? questionOf(key) : key;
}

/** A register may be asked for while somebody's round for it is under way. No key is like this. */
function questionOf(key: string): string {
  return `?${key}`;
}
