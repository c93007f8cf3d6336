import type { Address } from '@synod/actor';
import type { Counters } from '../counters.js';
import { Links } from '../links.js';
import type { Random } from '../random.js';
import type { Timeline } from '../timeline.js';
import type { Loss } from '../witness.js';
import { handOver, requirePayload } from './bus.js';
import type { Bus, Connection, Process, Receive } from './bus.js';
import { Subscriptions } from './subscriptions.js';

/** Probabilities per message and recipient. */
export interface Weather {
  readonly loss: number;
  readonly duplication: number;
  /** How often a message takes up to `slowMs` instead of `delayMs`; that is also how later ones overtake it. */
  readonly slow: number;
  readonly delayMs: readonly [number, number];
  readonly slowMs: number;
}

/** A weather of its own for some messages: of a kind, or on a link. The first that fits counts. */
export interface LocalWeather extends Weather {
  /** The subject's token for the kind: `heartbeat`, `install-snapshot`, `reply`. */
  readonly kind?: string;
  readonly from?: Address;
  readonly to?: Address;
}

export const calm: Weather = { loss: 0, duplication: 0, slow: 0, delayMs: [0.1, 0.5], slowMs: 0 };

export interface AdversarialBusOptions {
  readonly timeline: Timeline;
  readonly counters: Counters;
  readonly random: Random;
  readonly weather: Weather;
  readonly local?: readonly LocalWeather[];
  /** For those who watch. */
  readonly lost?: (subject: string, payload: Uint8Array, to: Address, why: Loss) => void;
}

/** Anything may happen to a message except that it is changed. Connections never break here: messages do. */
export class AdversarialBus implements Bus {
  /** Between the addresses of processes. */
  readonly links = new Links();
  weather: Weather;
  local: readonly LocalWeather[];
  private readonly subscriptions = new Subscriptions<Subscription>();
  /** When a message from or to an address was doubled, earliest first. */
  private readonly doubledAt = new Map<Address, number[]>();

  constructor(private readonly options: AdversarialBusOptions) {
    this.weather = options.weather;
    this.local = options.local ?? [];
  }

  connect(process: Process): Connection {
    return new DirectConnection(this, process, this.subscriptions);
  }

  heal(): void {
    this.weather = calm;
    this.local = [];
    this.links.heal();
  }

  /** Whether a message from or to this address was doubled in that time, both ends included. */
  doubled(address: Address, fromMs: number, toMs: number): boolean {
    return this.doubledAt.get(address)?.some((at) => at >= fromMs && at <= toMs) ?? false;
  }

  /** For its connections: each recipient's copy has a fate of its own. */
  carry(from: DirectConnection, subject: string, payload: Uint8Array): void {
    const copy = new Uint8Array(payload);
    for (const subscription of this.subscriptions.of(subject)) {
      if (subscription.owner !== from) this.send(from.process.address, subscription, subject, copy);
    }
  }

  private send(from: Address, subscription: Subscription, subject: string, payload: Uint8Array): void {
    const { random, counters } = this.options;
    const to = subscription.owner.process.address;
    const weather = this.weatherOf(from, to, subject);
    if (this.links.blocks(from, to)) return this.lose(subject, payload, to, 'partition');
    if (random.chance(weather.loss)) return this.lose(subject, payload, to, 'lost');
    this.bring(from, subscription, subject, payload, weather);
    if (!random.chance(weather.duplication)) return;
    counters.count('duplicated messages');
    for (const address of [from, to]) this.noteDoubled(address);
    this.bring(from, subscription, subject, payload, weather);
  }

  private noteDoubled(address: Address): void {
    const times = this.doubledAt.get(address);
    if (times === undefined) this.doubledAt.set(address, [this.options.timeline.now]);
    else times.push(this.options.timeline.now);
  }

  private bring(
    from: Address,
    subscription: Subscription,
    subject: string,
    payload: Uint8Array,
    weather: Weather,
  ): void {
    const { random, counters, timeline } = this.options;
    const { owner, receive } = subscription;
    const { process } = owner;
    const slow = random.chance(weather.slow);
    if (slow) counters.count('slow messages');
    const arrive = (): void => {
      if (this.links.holds(from, process.address)) return this.links.whenHealed(arrive);
      if (owner.closed) return this.lose(subject, payload, process.address, 'down');
      process.read(() => {
        if (!owner.closed) handOver(receive, subject, payload);
      });
    };
    timeline.after(slow ? random.between(0, weather.slowMs) : random.between(...weather.delayMs), arrive);
  }

  private weatherOf(from: Address, to: Address, subject: string): Weather {
    // What processes of one name say to each other is no message of the protocol; who may live rests on a bus that brings it.
    if (from === to) return calm;
    if (this.local.length === 0) return this.weather;
    const kind = subject.split('.')[5];
    const fits = (it: LocalWeather): boolean =>
      (it.kind === undefined || it.kind === kind) && (it.from ?? from) === from && (it.to ?? to) === to;
    return this.local.find(fits) ?? this.weather;
  }

  private lose(subject: string, payload: Uint8Array, to: Address, why: Loss): void {
    if (why === 'lost') this.options.counters.count('lost messages');
    if (why === 'partition') this.options.counters.count('partitioned messages');
    this.options.lost?.(subject, payload, to, why);
  }
}

interface Subscription {
  readonly owner: DirectConnection;
  readonly receive: Receive;
}

class DirectConnection implements Connection {
  onStatus = (): void => undefined;
  closed = false;
  private readonly ends = new Set<() => void>();

  constructor(
    private readonly bus: AdversarialBus,
    readonly process: Process,
    private readonly subscriptions: Subscriptions<Subscription>,
  ) {}

  get connected(): boolean {
    return !this.closed;
  }

  publish(subject: string, payload: Uint8Array): void {
    requirePayload(subject, payload);
    if (!this.closed) this.bus.carry(this, subject, payload);
  }

  subscribe(pattern: string, receive: Receive): () => void {
    const end = this.subscriptions.add(pattern, { owner: this, receive });
    this.ends.add(end);
    return end;
  }

  close(): void {
    this.closed = true;
    for (const end of this.ends) end();
  }
}
