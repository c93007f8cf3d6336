import type { Actor, Address, Vocabulary } from '@synod/actor';
import type { ReplicatedService } from '@synod/state-machine';
import { DriftingClock } from './clock.js';
import { Counters } from './counters.js';
import { Machine } from './machine.js';
import type { MachineTiming } from './machine.js';
import type { Network } from './network.js';
import type { Random } from './random.js';
import type { RecordStorage } from './record-storage.js';
import { Timeline } from './timeline.js';
import type { Transit } from './transit.js';
import type { Witness } from './witness.js';
import { Witnesses } from './witness.js';

/** An actor and what it replicates, new for every life. */
export interface Born<V extends Vocabulary> {
  readonly actor: Actor<V>;
  readonly service: ReplicatedService;
}

export interface WorldOptions<V extends Vocabulary> {
  readonly random: Random;
  readonly members: readonly Address[];
  /** Multicast names and who listens to them; the sender itself is passed over. */
  readonly multicast: ReadonlyMap<Address, readonly Address[]>;
  readonly make: (address: Address) => Born<V>;
  readonly storage: RecordStorage<V>;
  readonly transit?: Transit<V>;
  readonly timing: MachineTiming;
  /** Clocks run by up to this fraction fast or slow. */
  readonly clockDrift: number;
  readonly network: (world: World<V>) => Network<V>;
}

/** Machines, clients, a network and time. One seed decides everything that happens. */
export class World<V extends Vocabulary> {
  readonly timeline = new Timeline();
  readonly counters = new Counters();
  readonly witness = new Witnesses<V>();
  readonly machines = new Map<Address, Machine<V>>();
  readonly storage: RecordStorage<V>;
  readonly make: (address: Address) => Born<V>;
  private readonly clients = new Map<Address, (from: Address, message: V['message']) => void>();
  private readonly network: Network<V>;
  private readonly transit: Transit<V>;

  constructor(private readonly options: WorldOptions<V>) {
    this.storage = options.storage;
    this.make = options.make;
    this.network = options.network(this);
    this.transit = options.transit ?? ((message) => message);
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

  /** A client is an address with a callback: it has neither disk nor crash. */
  connect(client: Address, receive: (from: Address, message: V['message']) => void): void {
    this.clients.set(client, receive);
  }

  /** A message leaves its sender. */
  post(from: Address, to: Address, message: V['message']): void {
    const recipients = (this.options.multicast.get(to) ?? [to]).filter((address) => address !== from);
    this.witness.left(from, recipients, message);
    for (const recipient of recipients) this.network.carry(from, recipient, this.transit(message));
  }

  /** A message arrives. */
  deliver(from: Address, to: Address, message: V['message']): void {
    const machine = this.machines.get(to);
    if (machine !== undefined) machine.receive(from, message);
    else this.clients.get(to)?.(from, message);
  }
}
