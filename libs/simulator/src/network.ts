import type { Address, Vocabulary } from '@synod/actor';
import { Links } from './links.js';
import type { Random } from './random.js';
import type { World } from './world.js';

/** Carries one message to one recipient: at once, late, twice or never. */
export interface Network<V extends Vocabulary> {
  carry(from: Address, to: Address, message: V['message']): void;
}

export interface NetworkWeather {
  /** Probabilities per message and recipient. */
  readonly loss: number;
  readonly duplication: number;
  /** How often a message takes up to `slowMs` instead of `delayMs`; that is also how later ones overtake it. */
  readonly slow: number;
  readonly delayMs: readonly [number, number];
  readonly slowMs: number;
}

/** Anything may happen to a message except that it is changed. */
export class AdversarialNetwork<V extends Vocabulary> implements Network<V> {
  readonly links = new Links();
  weather: NetworkWeather;

  constructor(
    private readonly world: World<V>,
    private readonly random: Random,
    weather: NetworkWeather,
  ) {
    this.weather = weather;
  }

  carry(from: Address, to: Address, message: V['message']): void {
    const { random, weather } = this;
    if (this.links.blocks(from, to)) return this.lose(from, to, message, 'partition');
    if (random.chance(weather.loss)) return this.lose(from, to, message, 'lost');
    this.bring(from, to, message);
    if (!random.chance(weather.duplication)) return;
    this.world.counters.count('duplicated messages');
    this.bring(from, to, message);
  }

  private bring(from: Address, to: Address, message: V['message']): void {
    const { random, weather } = this;
    const slow = random.chance(weather.slow);
    const delay = slow ? random.between(0, weather.slowMs) : random.between(...weather.delayMs);
    if (slow) this.world.counters.count('slow messages');
    const arrive = (): void => {
      if (this.links.holds(from, to)) this.links.whenHealed(arrive);
      else this.world.deliver(from, to, message);
    };
    this.world.timeline.after(delay, arrive);
  }

  private lose(from: Address, to: Address, message: V['message'], why: 'lost' | 'partition'): void {
    this.world.counters.count(why === 'lost' ? 'lost messages' : 'partitioned messages');
    this.world.witness.lost(from, to, message, why);
  }
}
