import { printBallot } from '@synod/paxos-core';
import type { AcceptorSet, Ballot, Message } from '@synod/paxos-core';
import { paxosMessages } from '@synod/paxos-wire';
import { entryFacts, rangeText } from '../../tap/entry-facts.js';
import { bytesText } from '../../tap/facts.js';
import type { Fact } from '../../tap/facts.js';
import { registerFacts } from './register-facts.js';

export function paxosFacts(kind: string, payload: Uint8Array, values: boolean): readonly Fact[] {
  const message = paxosMessages.decode(kind, payload);
  return (
    leadershipFacts(message, values) ??
    learningFacts(message, values) ??
    registerFacts(message, values) ??
    rest(message)
  );
}

/** 0 is below all ballots. */
export function ballotText(ballot: Ballot): string {
  return ballot === 0 ? 'none' : printBallot(ballot);
}

function leadershipFacts(message: Message, values: boolean): readonly Fact[] | undefined {
  switch (message.kind) {
    case 'canvass':
      return [['ballot', ballotText(message.ballot)]];
    case 'canvassReply': {
      const { ballot, granted, promised, disk } = message;
      return [
        ['ballot', ballotText(ballot)],
        ['granted', granted, granted ? 'would promise' : 'would not promise'],
        ['promised', ballotText(promised)],
        ['disk', disk],
      ];
    }
    case 'prepare':
      return [
        ['ballot', ballotText(message.ballot)],
        ['from', message.from, `from slot ${message.from} on`],
      ];
    case 'promised': {
      const { ballot, from, through, last, trimmedThrough, batches } = message;
      const accepted = batches.map((batch) => `${rangeText(batch.first, batch.last)} in ${ballotText(batch.era)}`);
      return [
        ['ballot', ballotText(ballot)],
        ['accepted', accepted, accepted.length === 0 ? 'accepted nothing' : `accepted ${accepted.join(', ')}`],
        ['of', rangeText(from, through), `of slots ${rangeText(from, through)}`],
        ['last', last, last > through ? `goes on to ${last}` : ''],
        ['trimmed through', trimmedThrough],
      ];
    }
    case 'accept': {
      const { ballot, chosenThrough, trimThrough, round, batches } = message;
      return [
        ['ballot', ballotText(ballot)],
        ...entryFacts('slots', batches, values),
        ['chosen through', chosenThrough],
        ['trim through', trimThrough],
        ['round', round],
      ];
    }
    case 'accepted': {
      const { ballot, first, last, round, heldBytes } = message;
      const slots: Fact[] = last === 0 ? [] : [['slots', rangeText(first, last)]];
      return [
        ['ballot', ballotText(ballot)],
        ...slots,
        ['held', heldBytes, `held ${bytesText(heldBytes)}`],
        ['round', round],
      ];
    }
    case 'nack':
      return [
        ['refused', ballotText(message.ballot)],
        ['promised', ballotText(message.promised)],
      ];
    case 'takeOver':
      return [['ballot', ballotText(message.ballot)]];
    default:
      return undefined;
  }
}

function learningFacts(message: Message, values: boolean): readonly Fact[] | undefined {
  switch (message.kind) {
    case 'progress':
      return [
        ['ballot', ballotText(message.ballot)],
        ['durable through', message.durableThrough],
      ];
    case 'learn':
      return [['from', message.from, `from slot ${message.from} on?`]];
    case 'chosen':
      return [
        ['from', message.from],
        ...entryFacts('slots', message.batches, values),
        ['chosen through', message.chosenThrough],
      ];
    case 'snapshotOffer':
      return [
        ['snapshot', place(message.snapshot)],
        ['acceptors', message.sets.map(({ from, set }) => `${setText(set)} from ${from}`)],
      ];
    case 'fetchChunk':
      return [
        ['snapshot', place(message.snapshot)],
        ['from', message.offset, `from byte ${message.offset}`],
      ];
    case 'snapshotChunk': {
      const { snapshot, offset, chunk } = message;
      if (chunk === undefined)
        return [
          ['snapshot', place(snapshot)],
          ['gone', true],
        ];
      const { bytes, totalBytes } = chunk;
      return [
        ['snapshot', place(snapshot)],
        ['bytes', `${offset}–${offset + bytes.length} of ${totalBytes}`],
      ];
    }
    default:
      return undefined;
  }
}

/** How acceptors come to be. */
function rest(message: Message): readonly Fact[] {
  if (message.kind === 'helloReply') {
    const { kind: _, era, ...fields } = message;
    return [...(Object.entries(fields) as Fact[]), ['promised', ballotText(era)]];
  }
  if (message.kind === 'form') {
    const { clusterId, incarnation } = message;
    return [
      ['clusterId', clusterId],
      ['incarnation', incarnation],
    ];
  }
  const { kind: _, ...fields } = message;
  return Object.entries(fields) as Fact[];
}

/** `paxos-a1 paxos-a2 (version 3)` */
function setText({ version, acceptors }: AcceptorSet): string {
  return `${acceptors.map(({ address }) => address).join(' ')} (version ${version})`;
}

/** `100/3.1`: through slot 100, which was chosen in ballot 3.1. */
function place({ index, era }: { readonly index: number; readonly era: number }): string {
  return `${index}/${ballotText(era)}`;
}
