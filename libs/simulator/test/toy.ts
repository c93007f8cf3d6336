import { Outbox } from '@synod/actor';
import type { Actor, Effect, Input } from '@synod/actor';
import type { ReplicatedService } from '@synod/state-machine';
import {
  AdversarialBus,
  GroupNetwork,
  Random,
  Transcript,
  World,
  calm,
  jsonMessages,
  jsonRecords,
  reportLosses,
} from '../src/index.js';
import type { Weather } from '../src/index.js';

/** A register that promises each value only when it is on disk, and says after `idle` that it is alive. */
export interface ToyVocabulary {
  readonly message:
    | { readonly kind: 'request'; readonly value: number }
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
    if (input.kind === 'receive' && input.message.kind === 'request') {
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

const place = { cluster: 'toys', group: 'toys' };

/** Every toy has recovered, and listens. */
export const listeningMs = 100;

export function toyWorld(
  seed: string,
  weather: Weather = calm,
  { members = ['t1', 't2'], clockDrift = 0.05, serves = true } = {},
) {
  const random = new Random(seed);
  const messages = jsonMessages<ToyVocabulary>(['alive']);
  let bus!: AdversarialBus;
  const world = new World<ToyVocabulary>({
    random,
    members,
    multicast: new Map([['all', members]]),
    make: () => ({ actor: Object.assign(new Toy(), { serves: () => serves }), service: noService }),
    messages,
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
    clockDrift,
    network: (world) => {
      const { timeline, counters } = world;
      bus = new AdversarialBus({
        timeline,
        counters,
        random: random.fork('network'),
        weather,
        lost: reportLosses(world),
      });
      const { peerKinds } = messages;
      return new GroupNetwork(bus, {
        ...place,
        roles: [{ name: 'toy', members, everyone: 'all', disksLost: 0 }],
        peerKinds,
        bulkKinds: new Set(),
      });
    },
  });
  const transcript = new Transcript<ToyVocabulary>(() => world.timeline.now, 100);
  world.watch(transcript);
  for (const machine of world.machines.values()) machine.start();
  world.timeline.runUntil(listeningMs);
  /** Somebody outside the group, who asks and hears. */
  const outsider = (address: string, hear: (message: ToyVocabulary['message']) => void) => {
    const connection = bus.connect({ address, read: (take) => take(), later: () => undefined });
    connection.subscribe(`synod.${place.cluster}.*.*.${address}.>`, (subject, payload) => {
      hear(messages.decode(subject.split('.')[5]!, payload));
    });
    return (to: string, message: ToyVocabulary['message']): void =>
      connection.publish(
        `synod.${place.cluster}.${place.group}.${address}.${to}.${message.kind}`,
        messages.encode(message),
      );
  };
  return { world, bus, transcript, random, outsider };
}
