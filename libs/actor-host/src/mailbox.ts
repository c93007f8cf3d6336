import { Queue } from '@synod/actor';
import type { Address, Input, Vocabulary } from '@synod/actor';
import type { Quotas } from './quotas.js';
import type { TraceContext } from './ports.js';

/** A message of another, decoded, admitted and counted in its sender's quota until it is taken. */
export interface Letter<V extends Vocabulary> {
  readonly from: Address;
  readonly message: V['message'];
  readonly context: TraceContext | undefined;
  readonly payloadBytes: number;
  readonly quotas: Quotas;
}

/**
 * What waits to be stepped. Inputs of our own host (durability, answers) are never dropped and go first: they can only
 * let what others sent come to an end sooner. Letters keep their order of arrival.
 */
export class Mailbox<V extends Vocabulary> {
  private readonly own = new Queue<Input<V>>();
  private readonly letters = new Queue<Letter<V>>();

  get ownCount(): number {
    return this.own.size;
  }

  get letterCount(): number {
    return this.letters.size;
  }

  putOwn(input: Input<V>): void {
    this.own.put(input);
  }

  putLetter(letter: Letter<V>): void {
    this.letters.put(letter);
  }

  takeOwn(): Input<V> | undefined {
    return this.own.take();
  }

  takeLetter(): Letter<V> | undefined {
    const letter = this.letters.take();
    letter?.quotas.release(letter.from, letter.payloadBytes);
    return letter;
  }

  clear(): void {
    this.own.clear();
    while (this.takeLetter() !== undefined);
  }
}
