import type { Address, Effect, Input } from '@synod/actor';
import type { Event, PaxosVocabulary, Read, Reply } from '@synod/paxos-core';
import { fail } from './claims.js';
import type { WatchedProposer } from './group-view.js';

type V = PaxosVocabulary;
type Results = Extract<Reply['answer'], { kind: 'results' }>;

/**
 * What a stale read was answered is no older than it says, whoever answers: its state holds all that any proposer knew to be chosen
 * when the clock of who answers showed that time. Who had told whom, and when it arrived, is of no interest.
 */
export class Ages {
  /** When a proposer first knew slot i to be chosen, at i - 1; in true time. */
  private readonly known: number[] = [];
  /** What the present step was asked. */
  private readonly asked = new Map<Address, Read>();

  stepping({ address }: WatchedProposer, input: Input<V>): void {
    this.asked.delete(address);
    if (input.kind === 'receive' && input.message.kind === 'read' && input.message.level === 'stale')
      this.asked.set(address, input.message);
  }

  observed({ machine }: WatchedProposer, event: Event): void {
    if (event.kind !== 'learned') return;
    for (let slot = event.first; slot <= event.last; slot++) this.known[slot - 1] ??= machine.world.timeline.now;
  }

  executed(proposer: WatchedProposer, effect: Effect<V>): void {
    const asked = this.asked.get(proposer.address);
    if (asked === undefined || effect.kind !== 'send' || effect.message.kind !== 'reply') return;
    const { client, sequence, session, answer } = effect.message;
    if (answer.kind === 'results' && session === 0 && client === asked.client && sequence === asked.sequence)
      this.judge(proposer, answer);
  }

  private judge({ address, machine, now }: WatchedProposer, { index, ageMs }: Results): void {
    const missingSince = this.known[index];
    if (missingSince === undefined) return;
    const sinceMs = machine.localTime - machine.clock.at(missingSince);
    if (ageMs < sinceMs)
      fail('age', `${address}, a ${now.role}, answers a stale read from slot ${index} and says that it is ${ageMs} ms old; slot ${index + 1} was known to be chosen ${sinceMs} ms before`); // prettier-ignore
  }
}
