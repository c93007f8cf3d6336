import type { Address } from '@synod/actor';
import type { RaftVocabulary } from '@synod/raft-core';
import { raftRecords } from '@synod/raft-wire';
import {
  AdversarialNetwork,
  FaultAtlas,
  Nemesis,
  Random,
  Transcript,
  World,
  diskFaults,
  linkFaults,
  machineFaults,
} from '@synod/simulator';
import type { Counters, DiskTampering, Happening, Machine, Strike } from '@synod/simulator';
import { RegisterClient } from './clients.js';
import { Effort } from './effort.js';
import { configurationOf, everyone, honest } from './group.js';
import type { MakeReplica } from './group.js';
import { checkHistory } from './history.js';
import type { Operation } from './history.js';
import { RaftInvariants } from './invariants/raft-invariants.js';
import { Recovery, inspectionOf } from './recovery.js';
import { registerMessages } from './register-messages.js';
import { RegisterService } from './register-service.js';
import { Situations } from './situations.js';
import { drawRaftSwarm } from './swarm.js';
import type { RaftSwarm } from './swarm.js';

type V = RaftVocabulary;

export interface SimulationResult {
  readonly seed: number;
  readonly failure: Error | undefined;
  readonly counters: Counters;
  /** Equal for equal runs. */
  readonly hash: string;
  readonly tail: readonly Happening<V>[];
  readonly virtualMs: number;
  /** From the heal until everything was well. */
  readonly recoveryMs: number;
  /** What the seed decided before the run began. */
  readonly swarm: RaftSwarm;
  /** What befell the group; given back as an option, whole or in part, they strike again. */
  readonly strikes: readonly Strike[];
  readonly replicas: readonly Address[];
}

export interface SimulationOptions {
  readonly make?: MakeReplica;
  /** A wrong store, in place of a wrong replica. */
  readonly tamper?: DiskTampering | undefined;
  /** How many happenings the result's tail holds at most. */
  readonly tailMax?: number;
  /** In place of what the seed draws, by name. */
  readonly swarm?: Partial<RaftSwarm> | Readonly<Record<string, unknown>> | undefined;
  /** In place of those that the seed draws. */
  readonly strikes?: readonly Strike[] | undefined;
}

/** A replica that lost its disk comes back only with the help of all others (libs/raft/core, `recovery.ts`). */
const disksLost = 1;
/** The group forms before the first fault. */
const quietMs = 500;

/** One seed: chaos under load, then a heal, after which the group must get well in bounded time. */
export async function simulate(seed: number, options: SimulationOptions = {}): Promise<SimulationResult> {
  const run = new Run(seed, options);
  let failure: Error | undefined;
  try {
    await run.chaos();
    await run.recovery();
  } catch (error) {
    failure = error as Error;
  }
  const { world, transcript, swarm, strikes, healedAt } = run;
  const states = [...world.machines.values()].map((machine) => inspectionOf(machine)?.stateHash ?? 'down');
  const { now } = world.timeline;
  return {
    seed,
    failure,
    counters: world.counters,
    hash: `${transcript.hash}-${states.join('-')}`,
    tail: transcript.tail,
    virtualMs: now,
    recoveryMs: now - healedAt,
    swarm,
    strikes,
    replicas: [...world.machines.keys()],
  };
}

class Run {
  readonly world: World<V>;
  readonly transcript: Transcript<V>;
  readonly swarm: RaftSwarm;
  readonly strikes: readonly Strike[];
  healedAt = 0;
  private readonly invariants: RaftInvariants;
  private readonly nemesis: Nemesis<V>;
  private readonly clients: readonly RegisterClient[];
  private readonly history: Operation[] = [];
  private readonly effort: Effort;

  constructor(seed: number, { make = honest, tamper, tailMax = 300, swarm: override, strikes }: SimulationOptions) {
    const random = new Random(`raft ${seed}`);
    const swarm: RaftSwarm = { ...drawRaftSwarm(random.fork('swarm')), ...override };
    this.swarm = swarm;
    const members = ['r1', 'r2', 'r3', 'r4', 'r5'].slice(0, swarm.replicas);
    let network!: AdversarialNetwork<V>;
    this.world = new World<V>({
      random,
      members,
      multicast: new Map([[everyone, members]]),
      make: (address, hasSetAside) => {
        const service = new RegisterService();
        return { actor: make(configurationOf(address, members, swarm.limits, hasSetAside), service), service };
      },
      messages: registerMessages,
      records: raftRecords,
      tamper,
      timing: {
        ...swarm.disk,
        instant: false,
        unsyncedSurvives: true,
        operatorMs: [50, 1000],
        wakeMs: 0.05,
        timersRun: true,
      },
      clockDrift: swarm.clockDrift,
      network: (world) => (network = new AdversarialNetwork(world, random.fork('network'), swarm.weather)),
    });
    const { world } = this;
    this.transcript = new Transcript<V>(() => world.timeline.now, tailMax);
    this.invariants = new RaftInvariants(world);
    this.effort = new Effort((address) => world.machines.has(address));
    for (const witness of [this.transcript, new Situations(world.counters), this.effort, this.invariants])
      world.watch(witness);
    const isFormed = (): boolean => this.invariants.committedIndex > 0;
    const atlas = new FaultAtlas<V>(disksLost, isFormed, (machine) => this.isWell(machine));
    const faults = [machineFaults(world), diskFaults(world, atlas), linkFaults(world, network)];
    this.nemesis = new Nemesis(world, faults, () => this.leader());
    const planned = swarm.calm ? [] : this.nemesis.plan(random.fork('nemesis'), members, swarm.virtualMs - quietMs);
    this.strikes = strikes ?? planned;
    const ground = { world, members, keys: ['x', 'y', 'z'], history: this.history };
    this.clients = Array.from({ length: swarm.clients }, (_, i) => `c${i + 1}`).map(
      (name) => new RegisterClient(name, ground, random.fork(name), swarm.thinkMs),
    );
  }

  async chaos(): Promise<void> {
    const { timeline, machines } = this.world;
    for (const machine of machines.values()) machine.start();
    for (const client of this.clients) client.start();
    await timeline.passUntil(quietMs);
    this.nemesis.start(this.strikes);
    await timeline.passUntil(this.swarm.virtualMs);
    this.nemesis.heal();
    this.healedAt = timeline.now;
  }

  async recovery(): Promise<void> {
    await new Recovery(this.world, this.clients, this.swarm).complete();
    checkHistory(this.history);
    if (this.swarm.calm) this.effort.check(this.swarm, this.history.length, this.world.timeline.now);
  }

  private leader(): Machine<V> | undefined {
    return [...this.world.machines.values()].find((machine) => inspectionOf(machine)?.role === 'leader');
  }

  /** A full member with all that is committed: what its disk once lost, it has again. */
  private isWell(machine: Machine<V>): boolean {
    const state = inspectionOf(machine);
    return state?.standing === 'active' && state.durableIndex >= this.invariants.committedIndex;
  }
}
