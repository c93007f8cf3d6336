import type { Address, Effect, Input, Vocabulary } from '@synod/actor';
import type { Machine } from './machine.js';
import type { Loss, Witness } from './witness.js';

/** One thing that happened, kept as it is; it becomes text only when somebody reads it. */
export type Happening<V extends Vocabulary> =
  | { readonly kind: 'input'; readonly time: number; readonly at: Address; readonly input: Input<V> }
  | { readonly kind: 'effect'; readonly time: number; readonly at: Address; readonly effect: Effect<V> }
  | {
      readonly kind: 'left';
      readonly time: number;
      readonly at: Address;
      readonly to: readonly Address[];
      readonly message: V['message'];
    }
  | {
      readonly kind: 'lost';
      readonly time: number;
      readonly at: Address;
      readonly to: Address;
      readonly message: V['message'];
      readonly why: Loss;
    }
  | { readonly kind: 'note'; readonly time: number; readonly text: string };

/**
 * Everything that happened in a world: a hash over all of it, by which two runs of a seed are compared, and the last few
 * hundred happenings for people.
 */
export class Transcript<V extends Vocabulary> implements Witness<V> {
  private state = 0x811c9dc5;
  private readonly ring: Happening<V>[] = [];
  private written = 0;
  private readonly timeBits = new Int32Array(new Float64Array(1).buffer);
  private readonly timeNumber = new Float64Array(this.timeBits.buffer);

  constructor(
    private readonly now: () => number,
    private readonly tailMax: number,
  ) {}

  get hash(): string {
    return (this.state >>> 0).toString(16).padStart(8, '0');
  }

  get tail(): readonly Happening<V>[] {
    const start = this.written % this.tailMax;
    return this.written < this.tailMax ? this.ring : [...this.ring.slice(start), ...this.ring.slice(0, start)];
  }

  stepping(machine: Machine<V>, input: Input<V>): void {
    this.add(input.kind, machine.address, { kind: 'input', time: this.now(), at: machine.address, input });
    if (input.kind === 'receive') this.fold(input.message.kind);
  }

  executed(machine: Machine<V>, effect: Effect<V>): void {
    if (effect.kind === 'send') return; // it is told when it leaves
    this.add(effect.kind, machine.address, { kind: 'effect', time: this.now(), at: machine.address, effect });
    if (effect.kind === 'observe') this.fold(effect.event.kind);
  }

  left(from: Address, to: readonly Address[], message: V['message']): void {
    this.add(message.kind, from, { kind: 'left', time: this.now(), at: from, to, message });
  }

  lost(from: Address, to: Address, message: V['message'], why: Loss): void {
    this.add(why, to, { kind: 'lost', time: this.now(), at: from, to, message, why });
  }

  crashed(machine: Machine<V>): void {
    this.note(`${machine.address} crashes`);
  }

  stopped(machine: Machine<V>): void {
    this.note(`${machine.address} stops`);
  }

  started(machine: Machine<V>): void {
    this.note(`${machine.address} starts`);
  }

  wiped(machine: Machine<V>): void {
    this.note(`${machine.address} loses its disk`);
  }

  fault(what: string): void {
    this.note(what);
  }

  note(text: string): void {
    this.add('note', text, { kind: 'note', time: this.now(), text });
  }

  private add(kind: string, at: string, happening: Happening<V>): void {
    this.timeNumber[0] = happening.time;
    this.mix(this.timeBits[0]!);
    this.mix(this.timeBits[1]!);
    this.fold(kind);
    this.fold(at);
    this.ring[this.written++ % this.tailMax] = happening;
  }

  private fold(text: string): void {
    for (let i = 0; i < text.length; i++) this.mix(text.charCodeAt(i));
  }

  private mix(value: number): void {
    this.state = Math.imul(this.state ^ value, 0x01000193) ^ (this.state >>> 15);
  }
}
