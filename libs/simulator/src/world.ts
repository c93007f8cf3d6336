import type { Actor, Address, Vocabulary } from '@synod/actor';
import type { Authenticator, MessageCodec, RecordCodec } from '@synod/actor-host';
import type { ReplicatedService } from '@synod/state-machine';
import { DriftingClock } from './clock.js';
import { Counters } from './counters.js';
import { Machine } from './machine.js';
import type { MachineTiming } from './machine.js';
import type { Network } from './network.js';
import type { Random } from './random.js';
import { Timeline } from './timeline.js';
import type { Witness } from './witness.js';
import type { DiskTampering } from './wrong-disks.js';
import { Witnesses } from './witness.js';

/** An actor and what it replicates, new for every life. */
export interface Born<V extends Vocabulary> {
  readonly actor: Actor<V>;
  readonly service: ReplicatedService;
  /** For protocols that verify signatures before the actor sees a message. */
  readonly authenticator?: Authenticator<V>;
}

export interface WorldOptions<V extends Vocabulary> {
  readonly random: Random;
  readonly members: readonly Address[];
  /** Multicast names and who listens to them; the sender itself is passed over. */
  readonly multicast: ReadonlyMap<Address, readonly Address[]>;
  readonly make: (address: Address, hasSetAside: boolean) => Born<V>;
  /** How messages travel, and how records lie on the disk. */
  readonly messages: MessageCodec<V>;
  readonly records: RecordCodec<V>;
  readonly timing: MachineTiming;
  /** For stores that are deliberately wrong: stands between them and the disk. */
  readonly tamper?: DiskTampering | undefined;
  /** Clocks run by up to this fraction fast or slow. */
  readonly clockDrift: number;
  readonly network: (world: World<V>) => Network;
}

/** Machines, a network and time. One seed decides everything that happens. */
export class World<V extends Vocabulary> {
  readonly timeline = new Timeline();
  readonly counters = new Counters();
  /** What a witness says against what happens ends the run. */
  readonly witness = new Witnesses<V>((complaint) => this.timeline.fail(complaint));
  readonly machines = new Map<Address, Machine<V>>();
  readonly make: WorldOptions<V>['make'];
  readonly messages: MessageCodec<V>;
  readonly records: RecordCodec<V>;
  readonly tamper: DiskTampering;
  readonly network: Network;

  constructor(private readonly options: WorldOptions<V>) {
    this.make = options.make;
    this.messages = options.messages;
    this.records = options.records;
    this.tamper = options.tamper ?? ((disk) => disk);
    this.network = options.network(this);
    for (const address of options.members) {
      const random = options.random.fork(address);
      const drift = random.between(-options.clockDrift, options.clockDrift);
      const clock = new DriftingClock(1 + drift, options.clockDrift === 0 ? 0 : random.between(0, 1_000_000));
      this.machines.set(address, new Machine(this, address, options.timing, random, clock));
    }
  }

  machine(address: Address): Machine<V> {
    const machine = this.machines.get(address);
    if (machine === undefined)
      throw new Error(`there is no machine ${address}; there are ${[...this.machines.keys()].join(', ')}`);
    return machine;
  }

  watch(witness: Witness<V>): void {
    this.witness.add(witness);
  }

  /** Who gets what is sent to this name. */
  recipients(from: Address, to: Address): readonly Address[] {
    const listeners = this.options.multicast.get(to);
    return listeners === undefined ? [to] : listeners.filter((address) => address !== from);
  }
}
