import type { Actor, Address, Vocabulary } from '@synod/actor';
import type { Authenticator, Delivery, MessageCodec } from './ports.js';
import type { HostLimits } from './limits.js';
import type { Letter } from './mailbox.js';
import { Quotas } from './quotas.js';
import { Verification } from './verification.js';

/** Why a message was refused before the actor saw it: the label of a metric, so the list is short and fixed. */
export const refusals = {
  /** Not what the codec can decode. */
  malformed: 'malformed',
  /** A kind that only members may send, from somebody else. */
  notMember: 'not-a-member',
  /** The sender has too much waiting here. */
  senderQuota: 'sender-quota',
  /** All senders of its class together have. */
  totalQuota: 'total-quota',
  /** It cannot matter any more. */
  worthless: 'worthless',
  /** The signature is not its sender's. */
  notGenuine: 'not-genuine',
} as const;

export interface IntakeParts<V extends Vocabulary> {
  readonly actor: Pick<Actor<V>, 'worth'>;
  readonly messages: MessageCodec<V>;
  readonly members: ReadonlySet<Address>;
  readonly authenticator: Authenticator<V> | undefined;
  readonly limits: HostLimits;
  /** Takes a letter that may be stepped. */
  readonly accept: (letter: Letter<V>) => void;
  readonly refused: (from: Address, reason: string) => void;
  /** Tells a client why its message is not taken. */
  readonly answer: (to: Address, message: V['message']) => void;
}

/** From the transport's callback to the mailbox: everything that others send is decoded, judged and counted here. */
export class Intake<V extends Vocabulary> {
  private readonly peers: Quotas;
  private readonly clients: Quotas;
  private readonly verification: Verification<V> | undefined;

  constructor(private readonly parts: IntakeParts<V>) {
    const { limits, authenticator } = parts;
    this.peers = new Quotas(limits.peer, limits.peers);
    this.clients = new Quotas(limits.client, limits.clients);
    if (!authenticator) return;
    const forged = (letter: Letter<V>): void => {
      letter.quotas.release(letter.from, letter.payloadBytes);
      parts.refused(letter.from, refusals.notGenuine);
    };
    this.verification = new Verification(authenticator, limits.verifications, parts.accept, forged);
  }

  /** Never throws. Keeps nothing of `delivery.payload`. */
  receive(delivery: Delivery): void {
    const { from, kind, payload } = delivery;
    const isPeerKind = this.parts.messages.peerKinds.has(kind);
    if (isPeerKind && !this.parts.members.has(from)) return this.parts.refused(from, refusals.notMember);
    const quotas = isPeerKind ? this.peers : this.clients;
    const room = quotas.room(from, payload.length);
    if (isPeerKind && room === 'senderFull') return this.parts.refused(from, refusals.senderQuota);
    if (isPeerKind && room === 'allFull') return this.parts.refused(from, refusals.totalQuota);

    const message = this.decode(from, kind, payload);
    if (!message) return;
    if (room === 'senderFull') return this.turnAway(from, message, refusals.senderQuota);
    if (room === 'allFull') return this.turnAway(from, message, refusals.totalQuota);
    if (room === 'tight' && !this.worth(from, message)) return this.parts.refused(from, refusals.worthless);
    this.admit({ from, message, context: delivery.context, payloadBytes: payload.length, quotas }, payload);
  }

  close(): void {
    this.verification?.close();
  }

  private decode(from: Address, kind: string, payload: Uint8Array): V['message'] | undefined {
    try {
      return this.parts.messages.decode(kind, payload);
    } catch {
      this.parts.refused(from, refusals.malformed);
      return undefined;
    }
  }

  private worth(from: Address, message: V['message']): boolean {
    return this.parts.actor.worth?.(from, message) ?? true;
  }

  private turnAway(client: Address, message: V['message'], reason: string): void {
    this.parts.refused(client, reason);
    const answer = this.parts.messages.refusal?.(message);
    if (answer) this.parts.answer(client, answer);
  }

  private admit(letter: Letter<V>, payload: Uint8Array): void {
    const urgency = this.parts.authenticator?.urgency(letter.message);
    if (urgency !== undefined && !this.worth(letter.from, letter.message)) {
      return this.parts.refused(letter.from, refusals.worthless);
    }
    letter.quotas.take(letter.from, letter.payloadBytes);
    if (urgency === undefined || !this.verification) return this.parts.accept(letter);
    this.verification.put(letter, Uint8Array.from(payload), urgency);
  }
}
