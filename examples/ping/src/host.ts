import { ActorHost } from '@synod/actor-host';
import type { Clock, Dice, Journal, Observer, Scheduler, Transport } from '@synod/actor-host';
import { MemorySnapshots, blindObserver, stateless } from '@synod/actor-host/memory';
import { pingMessages, pingRecords } from './codec.js';
import { Ping } from './ping.js';
import type { PingVocabulary } from './ping.js';

export interface PingPorts {
  readonly transport: Transport;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly dice: Dice;
}

/** Gives a `Ping` its life over whatever ports there are: simulated ones, or a broker and a disk. */
export function pingHost(ports: PingPorts, partner: string | undefined, onPong: (count: number) => void) {
  const observer: Observer<PingVocabulary> = { ...blindObserver, event: ({ count }) => onPong(count) };
  return new ActorHost<PingVocabulary>({
    ...ports,
    actor: new Ping(partner),
    members: new Set(['r1', 'r2']),
    messages: pingMessages,
    records: pingRecords,
    state: stateless,
    snapshots: new MemorySnapshots(ports.scheduler),
    observer,
    onFailed: (error) => {
      throw error;
    },
  });
}
