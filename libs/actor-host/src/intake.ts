import type { Actor, Address, Vocabulary } from '@synod/actor';
import type { Authenticator, Delivery, MessageCodec } from './ports.js';
import type { Lanes, Letter } from './lanes.js';
import type { HostLimits } from './limits.js';
import type { Mailbox } from './mailbox.js';
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
  /** It is not for this replica, and its sender has enough waiting here to be told who it is for. */
  elsewhere: 'elsewhere',
  /** It cannot matter any more. */
  worthless: 'worthless',
  /** The signature is not its sender's. */
  notGenuine: 'not-genuine',
} as const;

/** A message above this is asked about while there is room, too: to keep and to step it costs more than the question. */
const largeBytes = 16_384;
/** Messages of one sender that wait here only to be sent elsewhere. */
const elsewhereMost = 32;

export interface IntakeParts<V extends Vocabulary> {
  readonly actor: Pick<Actor<V>, 'worth' | 'isExcessive' | 'serves'>;
  readonly messages: MessageCodec<V>;
  readonly members: ReadonlySet<Address>;
  readonly authenticator: Authenticator<V> | undefined;
  readonly limits: HostLimits;
  readonly mailbox: Mailbox<V>;
  /** Something may be stepped. */
  readonly wake: () => void;
  readonly refused: (from: Address, reason: string) => void;
  /** What no honest sender sends: it is not genuine, or said without end. */
  readonly abused: (from: Address, message: V['message'], bytes: number) => void;
  /** Tells a client why its message is not taken. */
  readonly answer: (to: Address, message: V['message']) => void;
}

/**
 * From the transport's callback to the mailbox: everything that others send is judged, decoded and counted here, in the
 * order of what it costs. What finds no room is not even decoded.
 */
export class Intake<V extends Vocabulary> {
  private readonly verification: Verification<V> | undefined;
  private closed = false;

  constructor(private readonly parts: IntakeParts<V>) {
    const { limits, authenticator } = parts;
    if (!authenticator) return;
    const genuine = (letter: Letter<V>): void => this.accept(letter);
    const forged = (letter: Letter<V>): void => {
      letter.lanes.release(letter);
      parts.refused(letter.from, refusals.notGenuine);
      parts.abused(letter.from, letter.message, letter.payloadBytes);
    };
    this.verification = new Verification(authenticator, limits.verifications, genuine, forged);
  }

  /** Never throws. Keeps nothing of `delivery.payload`. False when it was refused. */
  receive(delivery: Delivery): boolean {
    const { from, kind, payload } = delivery;
    const { messages, members } = this.parts;
    if (messages.peerKinds.has(kind) && !members.has(from)) return this.refuse(from, refusals.notMember);
    const lanes = this.lanesOf(kind);
    if (!this.serves(kind) && lanes.countOf(from) >= elsewhereMost) return this.refuse(from, refusals.elsewhere);
    const room = lanes.room(from, payload.length);
    if (room === 'senderFull') return this.turnAway(lanes, delivery, refusals.senderQuota);
    if (room === 'allFull') return this.turnAway(lanes, delivery, refusals.totalQuota);
    const message = this.decode(from, kind, payload);
    if (!message) return false;
    // Where a member may lie, all is asked about, what bears no signature as well: it costs him nothing to say it without end.
    const isAskedAbout = this.verification !== undefined || room === 'tight' || payload.length > largeBytes;
    if (isAskedAbout && !this.worth(from, message)) return this.refuseAsWorthless(delivery, message);
    return this.admit(lanes, delivery, message);
  }

  close(): void {
    this.closed = true;
    this.verification?.close();
  }

  private lanesOf(kind: string): Lanes<V> {
    const { mailbox, messages } = this.parts;
    return messages.peerKinds.has(kind) ? mailbox.peers : mailbox.clients;
  }

  private decode(from: Address, kind: string, payload: Uint8Array): V['message'] | undefined {
    try {
      return this.parts.messages.decode(kind, payload);
    } catch {
      this.refuse(from, refusals.malformed);
      return undefined;
    }
  }

  private refuse(from: Address, reason: string): false {
    this.parts.refused(from, reason);
    return false;
  }

  private refuseAsWorthless({ from, kind, payload }: Delivery, message: V['message']): false {
    const { messages, actor, abused } = this.parts;
    const isAbuse = this.isUnsigned(message) || actor.isExcessive?.(from, message);
    if (messages.peerKinds.has(kind) && isAbuse) abused(from, message, payload.length);
    return this.refuse(from, refusals.worthless);
  }

  /** Of such a member that keeps to the protocol says no more than is of worth. */
  private isUnsigned(message: V['message']): boolean {
    return this.parts.authenticator?.urgency(message) === undefined;
  }

  private serves(kind: string): boolean {
    const { messages, actor } = this.parts;
    return messages.peerKinds.has(kind) || (actor.serves?.(kind) ?? true);
  }

  private worth(from: Address, message: V['message']): boolean {
    return this.parts.actor.worth?.(from, message) ?? true;
  }

  /** A client is told, but not for each of thousands: an answer costs more than the refusal. */
  private turnAway(lanes: Lanes<V>, { from, kind, payload }: Delivery, reason: string): false {
    const { messages, answer } = this.parts;
    this.refuse(from, reason);
    if (!messages.refusal || messages.peerKinds.has(kind) || !lanes.mayTell(from)) return false;
    try {
      const told = messages.refusal(kind, payload);
      if (told) answer(from, told);
    } catch {
      this.refuse(from, refusals.malformed);
    }
    return false;
  }

  private admit(lanes: Lanes<V>, { from, payload, context }: Delivery, message: V['message']): boolean {
    const urgency = this.parts.authenticator?.urgency(message);
    const letter = lanes.admit(from, message, context, payload.length);
    if (urgency === undefined || !this.verification) this.accept(letter);
    else this.verification.put(letter, Uint8Array.from(payload), urgency);
    return true;
  }

  private accept(letter: Letter<V>): void {
    if (this.closed) return;
    letter.lanes.put(letter);
    this.parts.wake();
  }
}
