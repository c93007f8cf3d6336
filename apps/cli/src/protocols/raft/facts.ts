import type { Message } from '@synod/raft-core';
import { raftMessages } from '@synod/raft-wire';
import { entryFacts } from '../../tap/entry-facts.js';
import { bytesText } from '../../tap/facts.js';
import type { Fact } from '../../tap/facts.js';

export function raftFacts(kind: string, payload: Uint8Array, values: boolean): readonly Fact[] {
  return factsOf(raftMessages.decode(kind, payload), values);
}

function factsOf(message: Message, values: boolean): readonly Fact[] {
  switch (message.kind) {
    case 'requestVote': {
      const { phase, term, lastIndex, lastTerm, handover } = message;
      return [
        ['term', term],
        ['phase', phase, phase],
        ['last', position(lastIndex, lastTerm)],
        ['handover', handover],
      ];
    }
    case 'requestVoteReply': {
      const { phase, term, granted } = message;
      return [
        ['term', term],
        ['phase', phase, phase],
        ['granted', granted, granted ? 'granted' : 'refused'],
      ];
    }
    case 'appendEntries':
      return appendFacts(message, values);
    case 'appendEntriesReply': {
      const { term, round, voting, outcome } = message;
      return [
        ['term', term],
        ...outcomeFacts(outcome),
        ['round', round],
        ['voting', voting, voting ? '' : 'not voting'],
      ];
    }
    case 'installSnapshot':
    case 'installSnapshotReply':
      return snapshotFacts(message);
    case 'helloReply': {
      const { kind: _, era, ...fields } = message;
      return [...(Object.entries(fields) as Fact[]), ['term', era]];
    }
    default: {
      const { kind: _, ...fields } = message;
      return Object.entries(fields) as Fact[];
    }
  }
}

function appendFacts(message: Extract<Message, { kind: 'appendEntries' }>, values: boolean): readonly Fact[] {
  const { term, prevIndex, prevTerm, commit, round, batches, followers } = message;
  return [
    ['term', term],
    ['prev', position(prevIndex, prevTerm)],
    ...entryFacts('entries', batches, values),
    ['commit', commit],
    ['round', round],
    ['for', followers, followers.length === 0 ? 'for nobody' : `for ${followers.join(' ')}`],
  ];
}

function snapshotFacts(
  message: Extract<Message, { kind: 'installSnapshot' | 'installSnapshotReply' }>,
): readonly Fact[] {
  if (message.kind === 'installSnapshot') {
    const { snapshot, offset, bytes, totalBytes } = message.chunk;
    const part = `${offset}–${offset + bytes.length} of ${totalBytes}`;
    return [
      ['term', message.term],
      ['snapshot', position(snapshot.index, snapshot.era)],
      ['bytes', part],
    ];
  }
  const { term, snapshot, heldBytes, state } = message;
  return [
    ['term', term],
    ['snapshot', position(snapshot.index, snapshot.era)],
    ['held', heldBytes, `held ${bytesText(heldBytes)}`],
    ['state', state, state],
  ];
}

type Outcome = Extract<Message, { kind: 'appendEntriesReply' }>['outcome'];

function outcomeFacts(outcome: Outcome): readonly Fact[] {
  switch (outcome.kind) {
    case 'matched':
      return [['matched', outcome.index]];
    case 'conflict': {
      const { prevIndex, hintIndex, hintTerm, lastIndex } = outcome;
      return [
        ['conflict at', prevIndex],
        ['hint', position(hintIndex, hintTerm)],
        ['last', lastIndex],
      ];
    }
    case 'heard':
      return [['heard', true]];
  }
}

/** `7/2`: index 7, of term 2. */
function position(index: number, term: number): string {
  return `${index}/${term}`;
}
