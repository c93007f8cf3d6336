import type { Address, Input, Vocabulary } from '@synod/actor';
import type { Machine, Witness, World } from '@synod/simulator';

/** A message came to a replica. */
export interface Received<V extends Vocabulary> {
  readonly kind: 'received';
  readonly from: Address;
  readonly message: V['message'];
  /** How many of its kind have left on the same way since it left. */
  readonly younger: number;
  /** The network brings it once more later. */
  twice: boolean;
  /** The power is cut when so many of the step's effects are done. */
  crashAfter: number | undefined;
}

/** Something that happened to one replica from outside, and that a scenario's command can make happen again. */
export type Deed<V extends Vocabulary> = { readonly timeMs: number; readonly at: Address } & (
  | Received<V>
  | { readonly kind: 'timeout'; readonly timer: V['timer']; crashAfter: number | undefined }
  | { readonly kind: 'synced' | 'crashed' | 'wiped' | 'restarted' | 'stopping' }
);

/** The step that a machine is in the middle of. */
interface Step<V extends Vocabulary> {
  readonly deed: Deed<V> | undefined;
  effects: number;
}

/** Writes down what happens to the replicas of a world from outside; everything else follows from it. */
export class Chronicle<V extends Vocabulary> implements Witness<V> {
  readonly deeds: Deed<V>[] = [];
  private readonly lives = new Set<Address>();
  private readonly steps = new Map<Address, Step<V>>();
  private readonly mail: MailBook<V>;

  constructor(
    private readonly world: World<V>,
    print: (message: V['message']) => string,
  ) {
    this.mail = new MailBook(print);
  }

  stepping({ address }: Machine<V>, input: Input<V>): void {
    const deed = this.deedOf(address, input);
    if (deed !== undefined) this.deeds.push(deed);
    this.steps.set(address, { deed, effects: 0 });
  }

  executed({ address }: Machine<V>): void {
    const step = this.steps.get(address);
    if (step !== undefined) step.effects++;
  }

  stepped({ address }: Machine<V>): void {
    this.steps.delete(address);
  }

  left(from: Address, to: readonly Address[], message: V['message']): void {
    for (const at of to) this.mail.left(from, at, message);
  }

  synced({ address }: Machine<V>): void {
    this.add(address, 'synced');
  }

  /** The first life of each begins with the scenario. */
  started({ address }: Machine<V>): void {
    if (this.lives.has(address)) this.add(address, 'restarted');
    this.lives.add(address);
  }

  crashed({ address }: Machine<V>): void {
    const step = this.steps.get(address);
    this.steps.delete(address);
    if (step?.deed !== undefined && 'crashAfter' in step.deed) step.deed.crashAfter = step.effects;
    else this.add(address, 'crashed');
  }

  wiped({ address }: Machine<V>): void {
    this.add(address, 'wiped');
  }

  private add(at: Address, kind: 'synced' | 'crashed' | 'wiped' | 'restarted' | 'stopping'): void {
    this.deeds.push({ timeMs: this.world.timeline.now, at, kind });
  }

  private deedOf(at: Address, input: Input<V>): Deed<V> | undefined {
    const timeMs = this.world.timeline.now;
    switch (input.kind) {
      case 'receive': {
        const { from, message } = input;
        const received = this.world.machines.has(from) ? this.mail.received(from, at, message) : letter(from, message);
        return Object.assign(received, { timeMs, at });
      }
      case 'timeout':
        return { timeMs, at, kind: 'timeout', timer: input.timer, crashAfter: undefined };
      case 'stopping':
        return { timeMs, at, kind: 'stopping' };
      default:
        return undefined;
    }
  }
}

function letter<V extends Vocabulary>(from: Address, message: V['message'], younger = 0): Received<V> {
  return { kind: 'received', from, message, younger, twice: false, crashAfter: undefined };
}

/** What replicas sent each other: which message it was that came, as far as its words tell. */
class MailBook<V extends Vocabulary> {
  /** How many of a kind have left on a way. */
  private readonly departures = new Map<string, number>();
  /** By way and words: those on their way, each by its number among the departures. */
  private readonly onTheirWay = new Map<string, number[]>();
  /** By way and words, the one that came last. */
  private readonly arrivals = new Map<string, { readonly received: Received<V>; readonly number: number }>();

  constructor(private readonly print: (message: V['message']) => string) {}

  left(from: Address, at: Address, message: V['message']): void {
    const way = `${from}>${at} ${message.kind}`;
    const number = (this.departures.get(way) ?? 0) + 1;
    this.departures.set(way, number);
    const words = `${from}>${at} ${this.print(message)}`;
    const alike = this.onTheirWay.get(words);
    if (alike === undefined) this.onTheirWay.set(words, [number]);
    else alike.push(number);
  }

  /** What comes more often than it left was doubled on its way. */
  received(from: Address, at: Address, message: V['message']): Received<V> {
    const words = `${from}>${at} ${this.print(message)}`;
    const before = this.arrivals.get(words);
    const fresh = this.onTheirWay.get(words)?.shift();
    if (fresh === undefined && before !== undefined) before.received.twice = true;
    const number = fresh ?? before?.number ?? 0;
    const received = letter<V>(from, message, (this.departures.get(`${from}>${at} ${message.kind}`) ?? 0) - number);
    this.arrivals.set(words, { received, number });
    return received;
  }
}
