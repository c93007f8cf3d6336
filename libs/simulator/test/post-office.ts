import { AdversarialBus, Counters, NatsBus, Random, Timeline, calm } from '../src/index.js';
import type { Bus, Connection, NatsWeather, Process, Weather } from '../src/index.js';

/** A process that can be stopped, and notes all that it hears. */
export class Listener implements Process {
  readonly heard: string[] = [];
  readonly statuses: string[] = [];
  readonly connection: Connection;
  paused = false;
  private waiting: (() => void)[] = [];

  constructor(
    readonly address: string,
    bus: Bus,
    private readonly timeline: Timeline,
    pattern = `to.${address}.>`,
  ) {
    this.connection = bus.connect(this);
    this.connection.onStatus = (status) => this.statuses.push(status);
    this.connection.subscribe(pattern, (subject, payload) => {
      this.heard.push(`${subject.split('.')[2] ?? ''}${Buffer.from(payload).toString('latin1').trimEnd()}`);
    });
  }

  read(take: () => void): void {
    if (this.paused) this.waiting.push(take);
    else take();
  }

  later(delayMs: number, run: () => void): void {
    this.timeline.after(delayMs, () => this.read(run));
  }

  resume(): void {
    this.paused = false;
    for (const run of this.waiting.splice(0)) run();
  }

  /** Says `text`, padded to `bytes`, as itself. */
  say(to: string, text: string, bytes = text.length): void {
    this.connection.publish(`to.${to}.${this.address}`, Buffer.from(text.padEnd(bytes), 'latin1'));
  }
}

interface Ground {
  readonly timeline: Timeline;
  readonly counters: Counters;
}

const pattern = (address: string) => (address.startsWith('tap') ? 'to.>' : `to.${address}.>`);

function peopled<B extends Bus>({ timeline, counters }: Ground, bus: B, addresses: readonly string[]) {
  const listeners = addresses.map((address) => new Listener(address, bus, timeline, pattern(address)));
  timeline.runUntil(timeline.now + 50);
  return { timeline, counters, bus, listeners, pass: (ms: number) => timeline.runUntil(timeline.now + ms) };
}

export const quick: NatsWeather = { delayMs: [0.1, 2], socketBytes: 400, pendingBytes: 1000 };

export function natsOffice(seed: string, addresses: readonly string[], servers = 1, weather = quick) {
  const ground = { timeline: new Timeline(), counters: new Counters(), random: new Random(seed), weather };
  const homeOf = ({ address }: Process): number | undefined =>
    addresses.includes(address) ? addresses.indexOf(address) : undefined;
  return peopled(ground, new NatsBus({ ...ground, servers, homeOf }), addresses);
}

export function adversarialOffice(seed: string, addresses: readonly string[], weather: Weather = calm) {
  const ground = { timeline: new Timeline(), counters: new Counters(), random: new Random(seed), weather };
  return peopled(ground, new AdversarialBus(ground), addresses);
}

export const numbers = (count: number, first = 0): string[] =>
  Array.from({ length: count }, (_, i) => String(first + i));
