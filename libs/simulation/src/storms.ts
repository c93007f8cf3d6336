import type { Address, Vocabulary } from '@synod/actor';
import { Violation } from '@synod/simulator';
import type { Witness } from '@synod/simulator';

/**
 * LIMIT: messages that one member sends to others in one virtual millisecond. The most that is due is the whole backlog of
 * one that was away, a few hundred messages in a run's twenty seconds.
 */
const burstMax = 2000;

interface Burst {
  ms: number;
  messages: number;
}

/** No Storm: in one virtual millisecond no member sends others more than `burstMax` messages, however bad the network is. */
export class Storms<V extends Vocabulary> implements Witness<V> {
  private readonly bursts: ReadonlyMap<Address, Burst>;

  constructor(
    members: Iterable<Address>,
    private readonly now: () => number,
    private readonly citation: string,
  ) {
    this.bursts = new Map(Array.from(members, (address) => [address, { ms: 0, messages: 0 }]));
  }

  left(from: Address, to: readonly Address[], message: V['message']): void {
    const burst = this.bursts.get(from);
    if (burst === undefined || !this.bursts.has(to[0]!)) return;
    const ms = Math.floor(this.now());
    if (burst.ms !== ms) {
      burst.ms = ms;
      burst.messages = 0;
    }
    if (++burst.messages > burstMax)
      throw new Violation('No Storm', this.citation, `${from} sends more than ${burstMax} messages in millisecond ${ms}, the last of them ${message.kind} to ${to.join(' ')}`); // prettier-ignore
  }
}
