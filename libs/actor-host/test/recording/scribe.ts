import { InvariantViolation, Outbox } from '@synod/actor';
import type { Actor, Effect, Input } from '@synod/actor';
import { FlightRecorder } from '@synod/actor-host/recording';
import type { Recordable } from '@synod/actor-host/recording';
import type { ReplicatedService } from '@synod/state-machine';
import { messages, records } from '../world.js';
import type { TestVocabulary as V } from '../world.js';

const bytes = new TextEncoder();
const text = new TextDecoder();

/** A batch of the log. */
export class Page {
  constructor(readonly words: string) {}
}

export type ScribeVocabulary = Omit<V, 'batch'> & { readonly batch: Page };
type S = ScribeVocabulary;
export type ScribeInput = Input<S>;
export type ScribeEffect = Effect<S>;

/** Where one can get from here: objects of a class of their own, in a circle. */
export class Place {
  neighbour: Place = this;
  constructor(readonly name: string) {}
}

/** Puts a function around the state of its scribe. */
export class Greeter {
  constructor(readonly greet: (name: string) => string) {}
}

const greeterOf = (scribe: Scribe): Greeter => new Greeter((name) => `${name} of ${scribe.senders.size}`);

/** Writes down what it is told, and has the state machine count it. Its state has everything that a state may have. */
export class Scribe implements Actor<S> {
  private readonly out = new Outbox<S>();
  readonly seen = new Map<string, number>();
  readonly senders = new Set<string>();
  readonly odd = [Number.NEGATIVE_INFINITY, -0, 1.5, undefined, null, true, 'ü', new Uint8Array([1, 2])] as const;
  readonly home = new Place('home');
  last: unknown = this.home;
  pages: Page[] = [];
  readonly greeter: Greeter;

  constructor(readonly service: ReplicatedService) {
    this.greeter = greeterOf(this);
    this.home.neighbour = new Place('away');
    this.home.neighbour.neighbour = this.home;
  }

  step(input: ScribeInput): readonly ScribeEffect[] {
    const { out, seen } = this;
    seen.set(input.kind, (seen.get(input.kind) ?? 0) + 1);
    if (input.kind === 'logRead') this.pages.push(...input.batches);
    if (input.kind === 'receive') this.receive(input.from, input.message.text);
    else out.observe({ kind: 'saw', what: JSON.stringify(input) });
    return out.drain();
  }

  private receive(from: string, said: string): void {
    if (said === 'break') throw new InvariantViolation('it is broken');
    this.senders.add(from);
    const answer = text.decode(this.service.apply(1, from, bytes.encode(said)));
    const { home, pages, odd } = this;
    const state = [home.neighbour.neighbour === home, Object.is(odd[1], -0), odd[0], pages.map(({ words }) => words)];
    const token = this.out.persist({ kind: 'noted', text: `${this.greeter.greet(from)} ${said} ${answer}` });
    this.out.send(from, { kind: 'peer', text: `${answer} ${state.join()}` }, token);
    this.out.startTimer('election', { minMs: said.length, maxMs: 10 });
  }

  inspect() {
    return {};
  }
}

export const scribe: Recordable<S> = {
  messages,
  records: { ...records, batchOf: ({ payload }) => new Page(text.decode(payload)) },
  batch: Page,
  frameOf: ({ words }) => ({ type: 1, payload: [bytes.encode(words)] }),
  classes: { Scribe, Place, Outbox },
  derived: { Greeter: { of: Greeter, make: greeterOf } },
};

/** Tells how often it was asked. */
export function counter(asked: () => void = () => undefined): ReplicatedService {
  let count = 0;
  return {
    apply: () => {
      asked();
      return bytes.encode(String(++count));
    },
    query: () => bytes.encode(String(count)),
    hash: () => '',
    snapshot: () => [][Symbol.iterator](),
    restore: () => ({ page: () => undefined, finish: () => undefined }),
  };
}

export const receive = (words: string, at = 1, from = 'peer'): ScribeInput => ({
  at,
  kind: 'receive',
  from,
  message: { kind: 'peer', text: words },
});

/** A scribe that is recorded, and what it did. */
export class Life {
  readonly stopped: Error[] = [];
  readonly recorder: FlightRecorder<S>;
  readonly actor: Actor<S>;
  readonly effects: (readonly ScribeEffect[])[] = [];
  /** In the middle of a step. */
  asked: () => void = () => undefined;

  constructor(maxBytes = 1024 * 1024, recordable = scribe) {
    this.recorder = new FlightRecorder(recordable, maxBytes, (why) => this.stopped.push(why));
    this.actor = this.recorder.actor(new Scribe(this.recorder.service(counter(() => this.asked()))));
  }

  step(...inputs: readonly ScribeInput[]): this {
    for (const input of inputs) this.effects.push(this.actor.step(input));
    return this;
  }

  get segments(): Uint8Array[] {
    return this.recorder.recorded!.segments.map((pieces) => Buffer.concat(pieces));
  }
}
