import type { Address } from '@synod/actor';
import type { Message } from '@synod/paxos-core';
import { fail } from './claims.js';
import type { RegisterDisks } from './register-disks.js';

const decoder = new TextDecoder();

interface Asked {
  readonly key: string;
  /** The value was told to somebody before this was asked. */
  readonly isKnown: boolean;
}

/** Write-once registers: everybody is told the value that is chosen, and that is one that somebody wanted. */
export class Registers {
  private readonly told = new Set<string>();
  private readonly wanted = new Map<string, Set<string>>();
  private readonly asked = new Map<string, Asked>();

  constructor(private readonly disks: RegisterDisks) {}

  received(from: Address, message: Message): void {
    if (message.kind !== 'decide') return;
    const { client, sequence, key, value } = message;
    const again = `${from} ${client} ${sequence}`;
    if (!this.asked.has(again)) this.asked.set(again, { key, isKnown: this.told.has(key) });
    const wanted = this.wanted.get(key) ?? new Set();
    this.wanted.set(key, wanted);
    if (value !== undefined) wanted.add(decoder.decode(value));
  }

  left(address: Address, to: Address, message: Message): void {
    if (message.kind !== 'reply' || message.answer.kind !== 'decided') return;
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
}
