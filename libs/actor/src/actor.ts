import type { Effect } from './effect.js';
import type { Input } from './input.js';
import type { Vocabulary } from './vocabulary.js';

export interface Actor<V extends Vocabulary> {
  /** The same inputs always give the same effects. Throws only `InvariantViolation` and `DamagedState`: both stop the replica. */
  step(input: Input<V>): readonly Effect<V>[];

  /**
   * Whether another's message can still matter: asked once, before its signature is verified, when quotas are full, and of large
   * ones always. It may count what it lets pass, and has no other effect.
   */
  worth?(from: string, message: V['message']): boolean;

  /**
   * Whether nobody says as much of this who keeps to the protocol; pure, asked of what was of no worth. Who does is not read for a
   * moment: to decode what is left out is work as well.
   */
  isExcessive?(from: string, message: V['message']): boolean;

  /**
   * Whether clients' messages are to be taken now; pure. While not, they wait in the mailbox, where senders take turns and
   * quotas bound them, instead of in queues of the actor, where the first to come would get it all.
   */
  takesClients?(): boolean;

  /**
   * Whether a client's message of this kind gets more here than directions to somebody else; pure. Of those that do not, few of
   * one sender are taken at a time: directions to each of thousands would cost as much as serving them.
   */
  serves?(kind: string): boolean;

  /** What status, invariants and people look at; plain data, safe to serialise, without any user's values. */
  inspect(): Readonly<Record<string, unknown>>;
}
