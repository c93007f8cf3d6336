import type { Address, Effect, Input } from '@synod/actor';
import type { PbftVocabulary } from '@synod/pbft-core';
import { fail } from './claims.js';
import type { ExecutionOrder } from './executions.js';
import type { WatchedReplica } from './replica-view.js';

type V = PbftVocabulary;

/**
 * What a correct replica answers a stale read is no older than it says: its state holds all that any correct replica had executed
 * when its clock showed that time. Who had told whom, and when it arrived, is of no interest.
 */
export class Ages {
  /** Stale reads, by who asked whom. */
  private readonly asked = new Map<Address, Set<string>>();

  constructor(private readonly order: ExecutionOrder) {}

  stepping({ address }: WatchedReplica, input: Input<V>): void {
    if (input.kind === 'recovered') this.asked.delete(address);
    if (input.kind !== 'receive' || input.message.kind !== 'read' || input.message.level !== 'stale') return;
    const asked = this.asked.get(address) ?? new Set<string>();
    this.asked.set(address, asked.add(nameOf(input.from, input.message)));
  }

  executed({ address, machine }: WatchedReplica, effect: Effect<V>): void {
    if (effect.kind !== 'send' || effect.message.kind !== 'reply') return;
    const { answer, session } = effect.message;
    if (answer.kind !== 'results' || session !== 0) return;
    if (this.asked.get(address)?.has(nameOf(effect.to, effect.message)) !== true) return;
    const missingSince = this.order.executedAt(answer.index + 1);
    if (missingSince === undefined) return;
    const sinceMs = machine.localTime - machine.clock.at(missingSince);
    if (answer.ageMs < sinceMs)
      fail('age', `${address} answers a stale read from position ${answer.index} and says that it is ${answer.ageMs} ms old; position ${answer.index + 1} was executed ${sinceMs} ms before`); // prettier-ignore
  }
}

function nameOf(user: Address, { client, sequence }: { readonly client: string; readonly sequence: number }): string {
  return `${user} ${client} ${sequence}`;
}
