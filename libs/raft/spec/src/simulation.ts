import type { Address } from '@synod/actor';
import type { RaftVocabulary } from '@synod/raft-core';
import { batchCodec, keyValueCodec } from '@synod/api';
import { Recorder } from '@synod/linearizability';
import { raftMessages, raftRecords } from '@synod/raft-wire';
import { KeyValueStore, Sessions } from '@synod/state-machine';
import {
  FaultAtlas,
  GroupNetwork,
  Nemesis,
  Random,
  Transcript,
  Workload,
  World,
  diskFaults,
  drawBus,
  machineFaults,
} from '@synod/simulator';
import type { Bus, Counters, DiskTampering, DrawnBus, Happening, Machine, Strike, Witness } from '@synod/simulator';
import { Effort } from './effort.js';
import { bulkKinds, configurationOf, everyone, honest } from './group.js';
import type { MakeReplica } from './group.js';
import { checkHistory, surelyKnown } from './history.js';
import { RaftInvariants } from './invariants/raft-invariants.js';
import { Recovery, inspectionOf } from './recovery.js';
import { Situations } from './situations.js';
import { drawRaftSwarm } from './swarm.js';
import type { RaftSwarm } from './swarm.js';
import { Traffic } from './traffic.js';

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
  /** Another witness, before those that judge. */
  readonly watch?: (world: World<V>) => Witness<V>;
}

/** A replica that lost its disk comes back only with the help of all others (libs/raft/core, `recovery.ts`). */
const disksLost = 1;
/** The group forms before the first fault. */
const quietMs = 500;
const place = { cluster: 'sim', group: 'kv' };
const kinds = [...raftMessages.peerKinds, 'request', 'read', 'reply'];

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
  private readonly recorder: Recorder;
  private readonly clients: Workload;
  private readonly effort: Effort;
  private network!: DrawnBus;

  constructor(seed: number, options: SimulationOptions) {
    const { make = honest, tamper, tailMax = 300, swarm: override, strikes, watch } = options;
    const random = new Random(`raft ${seed}`);
    const swarm: RaftSwarm = { ...drawRaftSwarm(random.fork('swarm')), ...override };
    this.swarm = swarm;
    const members = ['r1', 'r2', 'r3', 'r4', 'r5'].slice(0, swarm.replicas);
    this.world = new World<V>({
      random,
      members,
      multicast: new Map([[everyone, members]]),
      make: (address, hasSetAside) => {
        const service = new Sessions(new KeyValueStore(keyValueCodec), batchCodec, swarm.sessions);
        return { actor: make(configurationOf(address, members, swarm.limits, hasSetAside), service), service };
      },
      messages: raftMessages,
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
      network: (world) =>
        networkOf((this.network = drawBus(swarm, world, random.fork('network'), members, kinds)), members),
    });
    const { world } = this;
    this.transcript = new Transcript<V>(() => world.timeline.now, tailMax);
    this.invariants = new RaftInvariants(world);
    this.effort = new Effort((address) => world.machines.has(address));
    const traffic = new Traffic(members, () => world.timeline.now, swarm.limits);
    if (watch !== undefined) world.watch(watch(world));
    for (const witness of [this.transcript, new Situations(world.counters), this.effort, traffic, this.invariants])
      world.watch(witness);

    this.recorder = new Recorder(() => world.timeline.now);
    this.clients = this.clientsOn(this.network.bus, random.fork('clients'));
    const isFormed = (): boolean => this.invariants.committedIndex > 0;
    const atlas = new FaultAtlas<V>(disksLost, isFormed, (machine) => this.isWell(machine));
    const faults = [machineFaults(world), diskFaults(world, atlas), this.network.faults, this.clients.faults];
    this.nemesis = new Nemesis(world, faults, () => this.leader());
    const planned = swarm.calm ? [] : this.nemesis.plan(random.fork('nemesis'), members, swarm.virtualMs - quietMs);
    this.strikes = strikes ?? planned;
    world.counters.count(`runs over the network: ${swarm.network}`);
  }

  async chaos(): Promise<void> {
    const { timeline, machines } = this.world;
    for (const machine of machines.values()) machine.start();
    this.clients.start();
    await timeline.passUntil(quietMs);
    this.nemesis.start(this.strikes);
    await timeline.passUntil(this.swarm.virtualMs);
    this.nemesis.heal();
    this.healedAt = timeline.now;
  }

  async recovery(): Promise<void> {
    await new Recovery(this.world, this.clients, this.swarm).complete();
    const { operations } = this.recorder;
    const judged = checkHistory(surelyKnown(operations, this.network.doubled));
    this.world.counters.count(judged ? 'histories judged' : 'histories too entangled to judge');
    if (this.swarm.calm) this.effort.check(this.swarm, operations.length, this.world.timeline.now);
  }

  private clientsOn(bus: Bus, random: Random): Workload {
    const { timeline, counters } = this.world;
    const { recorder, swarm } = this;
    const { clients, multiKey, thinkMs } = swarm;
    return new Workload({
      ...{ ...place, bus, timeline, counters, random, recorder, multiKey, thinkMs, workers: 2 },
      clients: Array.from({ length: clients }, (_, i) => `c${i + 1}`),
      keys: multiKey ? ['a', 'k1', 'k2'] : ['a', 'b', 'k1', 'k2', 'k3'],
      timeoutsMs: multiKey ? [5000] : [150, 1000, 5000],
    });
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

function networkOf({ bus }: DrawnBus, members: readonly string[]): GroupNetwork {
  const { peerKinds } = raftMessages;
  return new GroupNetwork(bus, { ...place, everyone, members: new Set(members), peerKinds, bulkKinds });
}
