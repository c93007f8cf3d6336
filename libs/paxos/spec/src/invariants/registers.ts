import type { Address } from '@synod/actor';
import type { Message } from '@synod/paxos-core';
import { fail } from './claims.js';

const decoder = new TextDecoder();

/** Write-once registers: everybody is told the same value, and that is one that somebody wanted. */
export class Registers {
  private readonly values = new Map<string, string>();
  private readonly wanted = new Map<string, Set<string>>();
  /** Which register a client asked for. */
  private readonly asked = new Map<string, string>();

  received(from: Address, message: Message): void {
    if (message.kind !== 'decide') return;
    const { client, sequence, key, value } = message;
    this.asked.set(`${from} ${client} ${sequence}`, key);
    const wanted = this.wanted.get(key) ?? new Set();
    this.wanted.set(key, wanted);
    if (value !== undefined) wanted.add(decoder.decode(value));
  }

  left(address: Address, to: Address, message: Message): void {
    if (message.kind !== 'reply' || message.answer.kind !== 'decided') return;
    const key = this.asked.get(`${to} ${message.client} ${message.sequence}`);
    const value = message.answer.value && decoder.decode(message.answer.value);
    if (key === undefined) return fail('register', `${address} tells ${to} of a register that it did not ask for`);
    const known = this.values.get(key);
    if (value !== known && known !== undefined)
      fail('register', `${address} says that register ${key} has ${value ?? 'no value'}; it has ${known}`);
    if (value === undefined) return;
    if (!this.wanted.get(key)!.has(value)) fail('register', `${address} says that register ${key} has ${value}, which nobody wanted`); // prettier-ignore
    this.values.set(key, value);
  }
}
