import { Outbox } from '@synod/actor';
import type { Actor, Effect, Input } from '@synod/actor';
import type { ReplicatedService } from '@synod/state-machine';
import { AdversarialNetwork, Random, Transcript, World, jsonMessages, jsonRecords } from '../src/index.js';
import type { NetworkWeather } from '../src/index.js';

/** A register that promises each value only when it is on disk, and says after `idle` that it is alive. */
export interface ToyVocabulary {
  readonly message:
    | { readonly kind: 'set'; readonly value: number }
    | { readonly kind: 'promised'; readonly value: number }
    | { readonly kind: 'alive' };
  readonly record: { readonly kind: 'value'; readonly value: number };
  readonly batch: never;
  readonly timer: 'idle' | 'turnEnd';
  readonly event: { readonly kind: 'set'; readonly value: number } | { readonly kind: 'turnEnded' };
}

export class Toy implements Actor<ToyVocabulary> {
  readonly values: number[] = [];
  private readonly out = new Outbox<ToyVocabulary>();

  step(input: Input<ToyVocabulary>): readonly Effect<ToyVocabulary>[] {
    const { out } = this;
    if (input.kind === 'recover') this.values.push(input.record.value);
    if (input.kind === 'recovered') out.startTimer('idle', { minMs: 10, maxMs: 20 });
    if (input.kind === 'receive' && input.message.kind === 'set') {
      const { value } = input.message;
      this.values.push(value);
      out.persist({ kind: 'value', value });
      out.observe({ kind: 'set', value });
      out.send(input.from, { kind: 'promised', value });
      out.startTimer('turnEnd', { minMs: 0, maxMs: 0 });
    }
    if (input.kind === 'timeout' && input.timer === 'idle') {
      out.startTimer('idle', { minMs: 10, maxMs: 20 });
      out.send('all', { kind: 'alive' }, 0);
    }
    if (input.kind === 'timeout' && input.timer === 'turnEnd') out.observe({ kind: 'turnEnded' });
    return out.drain();
  }

  inspect() {
    return { values: this.values };
  }
}

const noService: ReplicatedService = {
  apply: () => new Uint8Array(),
  query: () => new Uint8Array(),
  hash: () => '',
  snapshot: () => [][Symbol.iterator](),
  restore: () => ({ page: () => undefined, finish: () => undefined }),
};

export const calm: NetworkWeather = { loss: 0, duplication: 0, slow: 0, delayMs: [0.1, 0.5], slowMs: 0 };

/** Every toy has recovered, and listens. */
export const listeningMs = 100;

export function toyWorld(seed: string, weather: NetworkWeather = calm) {
  const random = new Random(seed);
  let network!: AdversarialNetwork<ToyVocabulary>;
  const world = new World<ToyVocabulary>({
    random,
    members: ['t1', 't2'],
    multicast: new Map([['all', ['t1', 't2']]]),
    make: () => ({ actor: new Toy(), service: noService }),
    messages: jsonMessages<ToyVocabulary>(['alive']),
    records: jsonRecords<ToyVocabulary>(),
    timing: {
      syncMs: [1, 2],
      otherMs: [0, 1],
      instant: false,
      unsyncedSurvives: true,
      segmentBytes: 16 * 1024,
      recentBytes: 0,
      operatorMs: [10, 100],
      wakeMs: 0.1,
      timersRun: true,
    },
    clockDrift: 0.05,
    network: (world) => (network = new AdversarialNetwork(world, random.fork('network'), weather)),
  });
  const transcript = new Transcript<ToyVocabulary>(() => world.timeline.now, 100);
  world.watch(transcript);
  for (const machine of world.machines.values()) machine.start();
  world.timeline.runUntil(listeningMs);
  return { world, network, transcript, random };
}
