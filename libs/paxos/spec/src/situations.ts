import type { Event, PaxosVocabulary } from '@synod/paxos-core';
import { Situations } from '@synod/simulation';
import type { Counters } from '@synod/simulator';

type V = PaxosVocabulary;

const ofEvent: { readonly [kind in Event['kind']]?: string } = {
  canvassing: 'canvasses',
  preparing: 'ballots prepared',
  becameLeader: 'leaders elected',
};

export class PaxosSituations extends Situations<V> {
  constructor(counters: Counters) {
    super(counters, ofEvent);
  }
}
