import type { Address } from '@synod/actor';
import type { Message, RefusalReason, RegisterAccept, Reply } from '@synod/paxos-core';
import { fail } from './claims.js';
import type { RegisterDisks } from './register-disks.js';

const decoder = new TextDecoder();

interface Asked {
  readonly key: string;
  /** Undefined: it only asks. */
  readonly value: string | undefined;
  /** The value was told to somebody before this was asked. */
  readonly isKnown: boolean;
}

/** Write-once registers: everybody is told the value that is chosen, and that is one that somebody wanted; what is refused for good is none. */
export class Registers {
  private readonly told = new Set<string>();
  private readonly wanted = new Map<string, Set<string>>();
  private readonly asked = new Map<string, Asked>();
  /** By the proposers that live: the wishes that each has proposed, and how many were told that their outcome is open. */
  private readonly proposed = new Map<Address, Map<string, { open: number }>>();

  constructor(private readonly disks: RegisterDisks) {}

  /** A life begins or ends. */
  begin(address: Address): void {
    this.proposed.set(address, new Map());
  }

  received(from: Address, message: Message): void {
    if (message.kind !== 'decide') return;
    const { client, sequence, key, value } = message;
    const again = `${from} ${client} ${sequence}`;
    const text = value && decoder.decode(value);
    if (!this.asked.has(again)) this.asked.set(again, { key, value: text, isKnown: this.told.has(key) });
    const wanted = this.wanted.get(key) ?? new Set();
    this.wanted.set(key, wanted);
    if (text !== undefined) wanted.add(text);
  }

  left(address: Address, to: Address, message: Message): void {
    if (message.kind === 'registerAccept' && !message.adopted) this.proposes(address, message);
    if (message.kind !== 'reply') return;
    if (message.answer.kind === 'refused') this.refuses(address, to, message, message.answer.reason);
    if (message.answer.kind !== 'decided') return;
    const asked = this.asked.get(`${to} ${message.client} ${message.sequence}`);
    if (asked === undefined) return fail('register', `${address} tells ${to} of a register that it did not ask for`);
    const { key, isKnown } = asked;
    const chosen = this.disks.valueOf(key) ?? 'no value';
    const value = message.answer.value && decoder.decode(message.answer.value);
    if (value === undefined) {
      if (isKnown) fail('register', `${address} says that register ${key} has no value; it has ${chosen}`);
      return;
    }
    if (value !== chosen) fail('register', `${address} says that register ${key} has ${value}; it has ${chosen}`);
    if (!this.wanted.get(key)!.has(value)) fail('register', `${address} says that register ${key} has ${value}, which nobody wanted`); // prettier-ignore
    this.told.add(key);
  }

  private proposes(address: Address, { key, value }: RegisterAccept): void {
    const life = this.proposed.get(address)!;
    const wish = `${key} ${decoder.decode(value)}`;
    if (!life.has(wish)) life.set(wish, { open: 0 });
  }

  /** `tooLarge` has no effect, ever; what was proposed somebody may have accepted. */
  private refuses(address: Address, to: Address, { client, sequence }: Reply, reason: RefusalReason): void {
    const asked = this.asked.get(`${to} ${client} ${sequence}`);
    const wish = asked && this.proposed.get(address)!.get(`${asked.key} ${asked.value}`);
    if (wish === undefined) return;
    if (reason === 'unavailable') wish.open++;
    if (reason === 'tooLarge' && wish.open === 0) fail('refused', `${address} says to ${to} that register ${asked!.key} never has ${asked!.value}, which it has proposed`); // prettier-ignore
  }
}
