import type { Address, Vocabulary } from '@synod/actor';
import { Links } from '@synod/simulator';
import type { Network, Parcel } from '@synod/simulator';

export type Mail<V extends Vocabulary> = Parcel<V>;

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

  carry(mail: Mail<V>): void {
    if (!this.isReplica(mail.to)) return; // a client: what it was told stands in the sender's line
    if (this.links.blocks(mail.from, mail.to)) this.cut(mail);
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
