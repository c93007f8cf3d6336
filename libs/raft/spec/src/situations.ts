import type { Effect, Input } from '@synod/actor';
import type { Event, RaftVocabulary } from '@synod/raft-core';
import type { Counters, Machine, Witness } from '@synod/simulator';

type V = RaftVocabulary;

const ofEvent: { readonly [kind in Event['kind']]?: string } = {
  becamePreCandidate: 'pre-votes',
  becameCandidate: 'elections',
  becameLeader: 'leaders elected',
  committed: 'commits',
  truncated: 'log truncations',
  readRoundConfirmed: 'read rounds',
  probing: 'conflicts probed',
  handingOver: 'hand-overs',
  handOverFailed: 'hand-overs that failed',
  diskStalled: 'stalls noticed',
  snapshotTaken: 'snapshots taken',
  snapshotSending: 'snapshots sent',
  snapshotInstalled: 'snapshots installed',
};

const special = [
  'check-quorum step-downs',
  'votes refused',
  'replicas back from a lost disk',
  'torn tails recovered',
  'entries read from the journal',
];

/** Counts the situations that a run over many seeds must have been in. */
export class Situations implements Witness<V> {
  private readonly recovering = new Set<Machine<V>>();

  constructor(private readonly counters: Counters) {
    counters.expect(...Object.values(ofEvent), ...special);
  }

  stepping(_machine: Machine<V>, input: Input<V>): void {
    if (input.kind === 'recovered' && input.tail === 'torn') this.counters.count('torn tails recovered');
    if (input.kind === 'logRead' && input.batches.length > 0) this.counters.count('entries read from the journal');
  }

  executed(machine: Machine<V>, effect: Effect<V>): void {
    if (effect.kind !== 'observe') return;
    this.event(effect.event);
    if (effect.event.kind === 'standing') this.standing(machine, effect.event.standing);
  }

  private standing(machine: Machine<V>, standing: string): void {
    if (standing === 'recovering') this.recovering.add(machine);
    else if (this.recovering.delete(machine) && standing === 'active')
      this.counters.count('replicas back from a lost disk');
  }

  private event(event: Event): void {
    const { counters } = this;
    const name = ofEvent[event.kind];
    if (name !== undefined) counters.count(name);
    if (event.kind === 'becameFollower' && event.why === 'lostQuorum') counters.count('check-quorum step-downs');
    if (event.kind === 'voted' && event.phase === 'vote' && !event.granted) counters.count('votes refused');
    if (event.kind === 'rejected') counters.count(`rejected: ${event.reason}`);
  }
}
