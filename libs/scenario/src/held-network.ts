import type { Address, Vocabulary } from '@synod/actor';
import { Links } from '@synod/simulator';
import type { Network } from '@synod/simulator';

export interface Mail<V extends Vocabulary> {
  readonly from: Address;
  readonly to: Address;
  readonly message: V['message'];
}

/** Which waiting messages a command means. */
export interface Selection {
  readonly to: readonly Address[];
  readonly from: readonly Address[] | undefined;
  /** Message kinds. */
  readonly only: readonly string[] | undefined;
  /** So many of the oldest. */
  readonly first: number | undefined;
}

/** Messages wait until a command says what becomes of them; oldest first. */
export class HeldNetwork<V extends Vocabulary> implements Network<V> {
  readonly links = new Links();
  waiting: Mail<V>[] = [];

  constructor(
    private readonly isReplica: (address: Address) => boolean,
    private readonly cut: (mail: Mail<V>) => void,
  ) {}

  carry(from: Address, to: Address, message: V['message']): void {
    if (!this.isReplica(to)) return; // a client: what it was told stands in the sender's line
    const mail = { from, to, message };
    if (this.links.blocks(from, to)) this.cut(mail);
    else this.waiting.push(mail);
  }

  select({ to, from, only, first }: Selection): Mail<V>[] {
    const matching = this.waiting.filter(
      (mail) =>
        to.includes(mail.to) && (from?.includes(mail.from) ?? true) && (only?.includes(mail.message.kind) ?? true),
    );
    return matching.slice(0, first);
  }

  /** Takes these out of the waiting ones. */
  take(mails: readonly Mail<V>[]): void {
    this.waiting = this.waiting.filter((mail) => !mails.includes(mail));
  }
}
