import type { Effect, Input, Vocabulary } from '@synod/actor';
import type { Counters, Machine, Witness } from '@synod/simulator';

const entriesRead = 'entries read from the journal';

const ofEveryProtocol = [
  'torn tails recovered',
  'states set aside',
  'halts after a disk error',
  // The weather of networks: without it no fault of theirs would be one.
  'lost messages',
  'duplicated messages',
  'slow messages',
  'slow consumers cut off',
  'published while reconnecting',
] as const;

/** Counts the situations that a run over many seeds must have been in. A protocol adds what only its events tell. */
export class Situations<V extends Vocabulary> implements Witness<V> {
  constructor(
    protected readonly counters: Counters,
    /** Events that are situations by themselves, and their names. */
    private readonly ofEvent: { readonly [kind in V['event']['kind']]?: string },
    /** False: the protocol keeps what it needs of its log in memory. */
    readsLog = true,
  ) {
    counters.expect(...ofEveryProtocol, ...(readsLog ? [entriesRead] : []), ...(Object.values(ofEvent) as string[]));
  }

  stepping(_machine: Machine<V>, input: Input<V>): void {
    if (input.kind === 'recovered' && input.tail === 'torn') this.counters.count('torn tails recovered');
    else if (input.kind === 'logRead' && input.batches.length > 0) this.counters.count(entriesRead);
  }

  executed(_machine: Machine<V>, effect: Effect<V>): void {
    if (effect.kind !== 'observe') return;
    const { event } = effect;
    const name = this.ofEvent[event.kind as V['event']['kind']];
    if (name !== undefined) this.counters.count(name);
    if (event.kind === 'rejected') this.counters.count(`rejected: ${(event as { readonly reason?: string }).reason}`);
  }
}
