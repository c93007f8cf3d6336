import type { Address, Vocabulary } from '@synod/actor';
import type { Delivery, MessageCodec } from '@synod/actor-host';
import { Links } from '@synod/simulator';
import type { LifeTransport, Network, Process } from '@synod/simulator';

/** One message on its way to one replica. */
export interface Mail<V extends Vocabulary> {
  readonly from: Address;
  readonly to: Address;
  /** As in `MessageCodec`. */
  readonly kind: string;
  readonly payload: Uint8Array;
  /** What the payload says. */
  readonly message: V['message'];
}

/** Which waiting messages a command means. */
export interface Selection {
  readonly to: readonly Address[];
  readonly from: readonly Address[] | undefined;
  /** Message kinds. */
  readonly only: readonly string[] | undefined;
  /** So many of the oldest are passed over. */
  readonly skip: number;
  /** So many of the oldest that are left. */
  readonly first: number | undefined;
}

/** Messages wait until a command says what becomes of them; oldest first. */
export class HeldNetwork<V extends Vocabulary> implements Network {
  readonly links = new Links();
  waiting: Mail<V>[] = [];
  private readonly attached = new Map<Address, (delivery: Delivery) => void>();

  constructor(
    private readonly messages: MessageCodec<V>,
    /** A client gets nothing: what it was told stands in the sender's line. */
    private readonly recipients: (from: Address, to: Address) => readonly Address[],
    private readonly lost: (mail: Mail<V>) => void,
  ) {}

  attach(process: Process): LifeTransport {
    const { address: from } = process;
    let listener: (delivery: Delivery) => void = () => undefined;
    this.attached.set(from, (delivery) => process.read(() => listener(delivery)));
    const sever = (): void => void this.attached.delete(from);
    return {
      publish: (to, kind, payload) => {
        const mail = this.mail(from, to, kind, payload);
        for (const recipient of this.recipients(from, to)) this.post({ ...mail, to: recipient });
      },
      listen: (deliver) => void (listener = deliver),
      close: async () => sever(),
      ask: () => undefined,
      sever,
    };
  }

  /** In a scenario each identity has one process. */
  askForElder(): () => void {
    return () => undefined;
  }

  /** Brings it now. */
  deliver(mail: Mail<V>): void {
    const { from, to, kind, payload } = mail;
    const reach = this.attached.get(to);
    if (reach === undefined) this.lost(mail);
    else reach({ from, to, kind, payload: new Uint8Array(payload) });
  }

  /** A client's message. */
  letter(from: Address, to: Address, message: V['message']): Mail<V> {
    return this.mail(from, to, this.messages.kindOf(message), this.messages.encode(message));
  }

  select({ to, from, only, skip, first }: Selection): Mail<V>[] {
    const matching = this.waiting.filter(
      (mail) =>
        to.includes(mail.to) && (from?.includes(mail.from) ?? true) && (only?.includes(mail.message.kind) ?? true),
    );
    return matching.slice(skip, first === undefined ? undefined : skip + first);
  }

  /** Takes these out of the waiting ones. */
  take(mails: readonly Mail<V>[]): void {
    this.waiting = this.waiting.filter((mail) => !mails.includes(mail));
  }

  private post(mail: Mail<V>): void {
    if (this.links.blocks(mail.from, mail.to)) this.lost(mail);
    else this.waiting.push(mail);
  }

  private mail(from: Address, to: Address, kind: string, bytes: Uint8Array): Mail<V> {
    const payload = new Uint8Array(bytes);
    return { from, to, kind, payload, message: this.messages.decode(kind, payload) };
  }
}
