import type { Address, Vocabulary } from '@synod/actor';
import { Links } from './links.js';
import type { Random } from './random.js';
import type { World } from './world.js';

/** One message on its way to one recipient, or to a multicast name. */
export interface Parcel<V extends Vocabulary> {
  readonly from: Address;
  readonly to: Address;
  /** As in `MessageCodec`. */
  readonly kind: string;
  readonly payload: Uint8Array;
  /** What the payload says, for those who watch. */
  readonly message: V['message'];
}

/** Carries one message to one recipient: at once, late, twice or never. */
export interface Network<V extends Vocabulary> {
  carry(parcel: Parcel<V>): void;
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

  carry(parcel: Parcel<V>): void {
    const { random, weather } = this;
    if (this.links.blocks(parcel.from, parcel.to)) return this.lose(parcel, 'partition');
    if (random.chance(weather.loss)) return this.lose(parcel, 'lost');
    this.bring(parcel);
    if (!random.chance(weather.duplication)) return;
    this.world.counters.count('duplicated messages');
    this.bring(parcel);
  }

  private bring(parcel: Parcel<V>): void {
    const { random, weather } = this;
    const slow = random.chance(weather.slow);
    const delay = slow ? random.between(0, weather.slowMs) : random.between(...weather.delayMs);
    if (slow) this.world.counters.count('slow messages');
    const arrive = (): void => {
      if (this.links.holds(parcel.from, parcel.to)) this.links.whenHealed(arrive);
      else this.world.deliver(parcel);
    };
    this.world.timeline.after(delay, arrive);
  }

  private lose({ from, to, message }: Parcel<V>, why: 'lost' | 'partition'): void {
    this.world.counters.count(why === 'lost' ? 'lost messages' : 'partitioned messages');
    this.world.witness.lost(from, to, message, why);
  }
}
