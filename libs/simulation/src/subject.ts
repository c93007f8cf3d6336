import type { Address, Vocabulary } from '@synod/actor';
import type { MessageCodec, RecordCodec } from '@synod/actor-host';
import type {
  Born,
  Bus,
  Faults,
  Machine,
  Random,
  Role,
  Swarm,
  Witness,
  WorkloadOptions,
  World,
} from '@synod/simulator';
import type { StateMachine } from '@synod/state-machine';
import type { Effort } from './effort.js';
import type { Load } from './load.js';

/** Where the group is on the bus. */
export interface Place {
  readonly cluster: string;
  readonly group: string;
}

/** The first moments of one life: what an actor is made of. */
export interface Birth<S extends Swarm> {
  readonly address: Address;
  readonly role: string;
  readonly roles: readonly Role[];
  /** A damaged state of this machine was set aside. */
  readonly hasSetAside: boolean;
  readonly swarm: S;
  /**
   * Goes around the key-value store of each replica that keeps to the protocol: what it executes tells which calls without an
   * answer took effect, and where.
   */
  overhear(machine: StateMachine): StateMachine;
}

/** Where a protocol promises what is asked of every protocol; sentences about what is violated cite it. */
export interface Citations {
  /** Clients are answered and everyone catches up, once nothing is broken any more. */
  readonly liveness: string;
  /** Who has executed the same has the same state. */
  readonly states: string;
  readonly linearizability: string;
  readonly efficiency: string;
  /** What is sent is bounded by what is due. */
  readonly traffic: string;
}

/** A protocol as it is simulated: all that a run has to know and that is not the same for all. */
export interface Subject<V extends Vocabulary, S extends Swarm = Swarm> {
  /** Begins the names of all random streams. */
  readonly name: string;
  readonly citations: Citations;
  readonly messages: MessageCodec<V>;
  readonly records: RecordCodec<V>;
  /** Kinds that travel on a connection of their own. */
  readonly bulkKinds: ReadonlySet<string>;
  /** After a heal, in milliseconds: until somebody leads for good, and from then until whoever lost everything has caught up. */
  readonly recovery: { readonly ledMs: number; readonly caughtUpMs: number };
  /** What a seed decides before the run; `drawSwarm` of the simulator has what is the same for all. */
  draw(random: Random): S;
  /** Who takes part. Replicas that are all alike have one role. */
  roles(swarm: S): readonly Role[];
  /** Anew for every life. */
  make(birth: Birth<S>): Born<V>;
  /** What else befalls a run: it strikes as faults do. */
  faults?(world: World<V>, bus: Bus, place: Place, swarm: S): Faults;
  /** How much else is wrong all along, as members that lie: it counts among the faults of a run. */
  lasting?(swarm: S): number;
  /** What clients do, where it is not to be as for all. */
  load?(swarm: S): Partial<Load>;
  /** Whom clients believe, where that is not for the broker to say, and who listens to them; asked once `watch` was. */
  clients?(world: World<V>, swarm: S): Pick<WorkloadOptions, 'trust' | 'overhear'>;
  /** Begins to watch a run. */
  watch(world: World<V>, swarm: S): Watch<V>;
}

/** The eyes of a protocol on one run. */
export interface Watch<V extends Vocabulary> {
  /** Invariants, situations, bounds: told everything, in this order. */
  readonly witnesses: readonly Witness<V>[];
  /** From now on what a disk loses can be had from the others. */
  isFormed(): boolean;
  /** A full member with all that the group relies on it for: what its disk once lost, it has again. */
  isWell(machine: Machine<V>): boolean;
  leads(machine: Machine<V>): boolean;
  /** Everyone is well and at rest at the same place. */
  isInStep(): boolean;
  /** The state that a machine has executed to; undefined when it is down or executes nothing. */
  stateOf(machine: Machine<V>): string | undefined;
  /** For complaints: `active follower of term 3, applied 5 of 7`. */
  tell(machine: Machine<V>): string;
  /** Throws when a calm run cost more than it has to. */
  checkEffort(effort: Effort<V>, run: CalmRun): void;
}

export interface CalmRun {
  /** How many the clients have had done. */
  readonly operations: number;
  readonly elapsedMs: number;
}
