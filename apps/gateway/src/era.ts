import type { KeyValueGroup, Source } from '@synod/client';
import type { Fragment } from './http/operation.js';
import { protocolNamed } from './status/protocols/index.js';
import type { ProtocolStatus } from './status/protocols/protocol.js';

/** Which leadership something is of, in the words of its protocol: never a ballot as a bare number. */
export interface Era {
  /** Of Raft. */
  readonly term?: number;
  /** Of Multi-Paxos: `3.1`. */
  readonly ballot?: string;
}

export function eraIn({ printBallot }: ProtocolStatus, era: number): Era {
  return printBallot === undefined ? { term: era } : { ballot: printBallot(era) };
}

/** Of an answer, after which the client knows what its group speaks. */
export function eraOf({ protocol = '' }: Pick<KeyValueGroup, 'protocol'>, { term }: Pick<Source, 'term'>): Era {
  return eraIn(protocolNamed(protocol), term);
}

export function eraHeader(group: Pick<KeyValueGroup, 'protocol'>, source: Source): Readonly<Record<string, string>> {
  const { term, ballot } = eraOf(group, source);
  return ballot === undefined ? { 'synod-term': String(term) } : { 'synod-ballot': ballot };
}

export const eraProperties = {
  term: { type: 'integer', minimum: 0, description: 'Of Raft: the term of the leadership.' },
  ballot: {
    type: 'string',
    description: 'Of Multi-Paxos, in place of a term: round.proposer, such as 3.1.',
  },
} as const satisfies Readonly<Record<string, Fragment>>;

export const eraHeaderFragments = {
  'Synod-Term': { description: 'Of Raft: the term of the answering leadership.', schema: eraProperties.term },
  'Synod-Ballot': {
    description: 'Of Multi-Paxos, in place of a term: the ballot, as round.proposer.',
    schema: eraProperties.ballot,
  },
} as const;
