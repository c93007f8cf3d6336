import type { Address, Effect, Input } from '@synod/actor';
import type { RaftVocabulary, Read, Reply } from '@synod/raft-core';
import { fail } from './claims.js';
import type { GroupView, Watched } from './group-view.js';

type V = RaftVocabulary;
type Results = Extract<Reply['answer'], { kind: 'results' }>;

/**
 * What a stale read was answered is no older than it says: its state holds all that anybody had committed when the replica's clock
 * showed that time. Who had told whom, and when it arrived, is of no interest: the observer knows when each entry was committed.
 */
export class Ages {
  /** What the present step was asked. */
  private readonly asked = new Map<Address, Read>();

  constructor(private readonly group: GroupView) {}

  stepping({ address }: Watched, input: Input<V>): void {
    this.asked.delete(address);
    if (input.kind === 'receive' && input.message.kind === 'read' && input.message.level === 'stale')
      this.asked.set(address, input.message);
  }

  executed(watched: Watched, effect: Effect<V>): void {
    const asked = this.asked.get(watched.address);
    if (asked === undefined || effect.kind !== 'send' || effect.message.kind !== 'reply') return;
    const { client, sequence, session, answer } = effect.message;
    if (answer.kind === 'results' && session === 0 && client === asked.client && sequence === asked.sequence)
      this.judge(watched, answer);
  }

  private judge({ address, machine, leads, now }: Watched, { index, ageMs }: Results): void {
    const missing = this.group.committed[index];
    if (missing === undefined) return;
    const sinceMs = machine.localTime - machine.clock.at(missing.at);
    if (ageMs < sinceMs)
      fail('age', `${address}, ${leads ? 'the leader' : 'a follower'} in term ${now.term}, answers a stale read from entry ${index} and says that it is ${ageMs} ms old; entry ${index + 1} was committed ${sinceMs} ms before`); // prettier-ignore
  }
}
