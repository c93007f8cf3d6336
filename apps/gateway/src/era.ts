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
  /** Of PBFT. */
  readonly view?: number;
}

export function eraIn({ printBallot, hasViews }: ProtocolStatus, era: number): Era {
  if (hasViews) return { view: era };
  return printBallot === undefined ? { term: era } : { ballot: printBallot(era) };
}

/** Of an answer, after which the client knows what its group speaks. */
export function eraOf({ protocol = '' }: Pick<KeyValueGroup, 'protocol'>, { term }: Pick<Source, 'term'>): Era {
  return eraIn(protocolNamed(protocol), term);
}

export function eraHeader(group: Pick<KeyValueGroup, 'protocol'>, source: Source): Readonly<Record<string, string>> {
  const { term, ballot, view } = eraOf(group, source);
  if (view !== undefined) return { 'synod-view': String(view) };
  return ballot === undefined ? { 'synod-term': String(term) } : { 'synod-ballot': ballot };
}

export const eraProperties = {
  term: { type: 'integer', minimum: 0, description: 'Of Raft: the term of the leadership.' },
  ballot: {
    type: 'string',
    description: 'Of Multi-Paxos, in place of a term: round.proposer, such as 3.1.',
  },
  view: { type: 'integer', minimum: 0, description: 'Of PBFT, in place of a term.' },
} as const satisfies Readonly<Record<string, Fragment>>;

export const eraHeaderFragments = {
  'Synod-Term': { description: 'Of Raft: the term of the answering leadership.', schema: eraProperties.term },
  'Synod-Ballot': {
    description: 'Of Multi-Paxos, in place of a term: the ballot, as round.proposer.',
    schema: eraProperties.ballot,
  },
  'Synod-View': { description: 'Of PBFT, in place of a term: the view.', schema: eraProperties.view },
} as const;
