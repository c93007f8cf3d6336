import type { Effect, Input, Vocabulary } from '@synod/actor';

/** What happens around the effects of a step. */
export interface Interludes<V extends Vocabulary> {
  /** False: the life ends here, and with it the step. */
  before(effect: Effect<V>): boolean;
  /** The host has executed it. False: the life has ended. */
  after(effect: Effect<V>): boolean;
  end(input: Input<V>): void;
}

/**
 * One step's effects after the other, as the host takes them: each is done before the next is asked for. A generator would do
 * the same; there are a million of these in a run, and the objects that it makes for each are a tenth of all garbage.
 */
export class Steps<V extends Vocabulary> implements IterableIterator<Effect<V>> {
  private input: Input<V> | undefined;
  private effects: readonly Effect<V>[] = [];
  private at = 0;
  private readonly result = { done: false, value: undefined as unknown as Effect<V> };

  constructor(private readonly around: Interludes<V>) {}

  begin(input: Input<V>, effects: readonly Effect<V>[]): this {
    this.input = input;
    this.effects = effects;
    this.at = 0;
    return this;
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<Effect<V>> {
    const { effects, at } = this;
    if (at > 0 && !this.around.after(effects[at - 1]!)) return this.over();
    if (at === effects.length) {
      this.around.end(this.input!);
      return this.over();
    }
    const effect = effects[at]!;
    if (!this.around.before(effect)) return this.over();
    this.at++;
    this.result.value = effect;
    return this.result as IteratorResult<Effect<V>>;
  }

  private over(): IteratorResult<Effect<V>> {
    return { done: true, value: undefined };
  }
}
