import type { RaftLimits, RaftVocabulary } from '@synod/raft-core';
import {
  AdversarialNetwork,
  FaultAtlas,
  Nemesis,
  Random,
  Transcript,
  World,
  diskFaults,
  drawWeather,
  linkFaults,
  machineFaults,
} from '@synod/simulator';
import type { Counters, DiskTampering, Happening, Machine, Strike } from '@synod/simulator';
import { RegisterClient } from './clients.js';
import { configurationOf, everyone, honest } from './group.js';
import type { Inspection, MakeReplica } from './group.js';
import { checkHistory } from './history.js';
import type { Operation } from './history.js';
import { RaftInvariants } from './invariants/raft-invariants.js';
import { registerMessages } from './register-messages.js';
import { RegisterService } from './register-service.js';
import { Situations } from './situations.js';
import { raftRecords } from '@synod/raft-wire';
import { Violation } from './violation.js';

type V = RaftVocabulary;

export interface SimulationResult {
  readonly seed: number;
  readonly failure: Error | undefined;
  readonly counters: Counters;
  /** Equal for equal runs. */
  readonly hash: string;
  readonly tail: readonly Happening<V>[];
  readonly virtualMs: number;
  /** What befell the group; given back as an option, whole or in part, they strike again. */
  readonly strikes: readonly Strike[];
}

export interface SimulationOptions {
  readonly make?: MakeReplica;
  /** A wrong store, in place of a wrong replica. */
  readonly tamper?: DiskTampering;
  /** Until everything is healed. */
  readonly virtualMs?: number;
  /** How many happenings the result's tail holds at most. */
  readonly tailMax?: number;
  /** In place of those that the seed draws. */
  readonly strikes?: readonly Strike[] | undefined;
}

/** After the heal: a few elections' time for everyone to be in step and every operation to be answered. */
const recoveryBoundMs = 10_000;
/** A replica that lost its disk comes back only with the help of all others (libs/raft/core, `recovery.ts`). */
const disksLost = 1;
/** The group forms before the first fault. */
const quietMs = 500;

/** One seed: chaos under load, then a heal, after which the group must get well in bounded time. */
export async function simulate(
  seed: number,
  { make = honest, tamper, virtualMs = 20_000, tailMax = 300, strikes }: SimulationOptions = {},
): Promise<SimulationResult> {
  const run = new Run(seed, { make, tamper }, tailMax, virtualMs, strikes);
  let failure: Error | undefined;
  try {
    await run.chaos();
    await run.recovery();
  } catch (error) {
    failure = error as Error;
  }
  const { world, transcript } = run;
  const hash = `${transcript.hash}-${[...world.machines.values()].map((machine) => run.inspect(machine)?.stateHash ?? 'down').join('-')}`;
  return {
    seed,
    failure,
    counters: world.counters,
    hash,
    tail: transcript.tail,
    virtualMs: world.timeline.now,
    strikes: run.strikes,
  };
}

class Run {
  readonly world: World<V>;
  readonly transcript: Transcript<V>;
  private readonly invariants: RaftInvariants;
  private readonly nemesis: Nemesis<V>;
  private readonly clients: readonly RegisterClient[];
  private readonly history: Operation[] = [];
  readonly strikes: readonly Strike[];

  constructor(
    seed: number,
    { make, tamper }: { readonly make: MakeReplica; readonly tamper: DiskTampering | undefined },
    tailMax: number,
    private readonly virtualMs: number,
    strikes: readonly Strike[] | undefined,
  ) {
    const random = new Random(`raft ${seed}`);
    const swarm = random.fork('swarm');
    const members = ['r1', 'r2', 'r3', 'r4', 'r5'].slice(0, swarm.chance(0.75) ? 3 : 5);
    const limits = drawLimits(swarm);
    let network!: AdversarialNetwork<V>;
    this.world = new World<V>({
      random,
      members,
      multicast: new Map([[everyone, members]]),
      make: (address, hasSetAside) => {
        const service = new RegisterService();
        return { actor: make(configurationOf(address, members, limits, hasSetAside), service), service };
      },
      messages: registerMessages,
      records: raftRecords,
      tamper,
      timing: {
        syncMs: swarm.pick([[0.05, 0.2], [0.5, 2], [2, 20]] as const), // prettier-ignore
        otherMs: swarm.pick([[0.02, 0.2], [0.5, 5]] as const), // prettier-ignore
        instant: false,
        unsyncedSurvives: true,
        segmentBytes: swarm.pick([4096, 32 * 1024]),
        recentBytes: swarm.pick([0, 2000, 64 * 1024]),
        operatorMs: [50, 1000],
        wakeMs: 0.05,
        timersRun: true,
      },
      clockDrift: 0.05,
      network: (world) => (network = new AdversarialNetwork(world, random.fork('network'), drawWeather(swarm))),
    });
    const { world } = this;
    this.transcript = new Transcript<V>(() => world.timeline.now, tailMax);
    this.invariants = new RaftInvariants(world);
    world.watch(this.transcript);
    world.watch(new Situations(world.counters));
    world.watch(this.invariants);
    const atlas = new FaultAtlas<V>(
      disksLost,
      () => this.invariants.committedIndex > 0,
      (machine) => this.isWell(machine),
    );
    const faults = [machineFaults(world), diskFaults(world, atlas), linkFaults(world, network)];
    this.nemesis = new Nemesis(world, faults, () =>
      [...world.machines.values()].find((machine) => this.inspect(machine)?.role === 'leader'),
    );
    this.strikes = strikes ?? this.nemesis.plan(random.fork('nemesis'), members, virtualMs - quietMs);
    const ground = { world, members, keys: ['x', 'y', 'z'], history: this.history };
    const thinkMs = swarm.pick([10, 50, 200]);
    this.clients = ['c1', 'c2', 'c3', 'c4'].map((name) => new RegisterClient(name, ground, random.fork(name), thinkMs));
  }

  inspect(machine: Machine<V>): Inspection | undefined {
    return machine.life?.actor.inspect() as Inspection | undefined;
  }

  async chaos(): Promise<void> {
    const { timeline, machines } = this.world;
    for (const machine of machines.values()) machine.start();
    for (const client of this.clients) client.start();
    await timeline.passUntil(quietMs);
    this.nemesis.start(this.strikes);
    await timeline.passUntil(this.virtualMs);
    this.nemesis.heal();
  }

  /** Liveness: clients go on for a while, then everything comes to rest in the same state. */
  async recovery(): Promise<void> {
    const { timeline } = this.world;
    const deadline = timeline.now + recoveryBoundMs;
    const before = this.clients.map(({ completed }) => completed);
    while (!this.clients.every(({ completed }, i) => completed > before[i]! + 1))
      await this.waitOn(deadline, 'a client gets no answer');
    for (const client of this.clients) client.stop();
    while (this.clients.some(({ waiting }) => waiting)) await this.waitOn(deadline, 'a client gets no answer');
    while (!this.inStep()) await this.waitOn(deadline, 'the replicas do not get in step');
    checkHistory(this.history);
  }

  private async waitOn(deadline: number, complaint: string): Promise<void> {
    const { timeline, machines } = this.world;
    if (timeline.now > deadline) {
      const states = [...machines.values()].map((machine) => `${machine.address} ${told(this.inspect(machine))}`);
      throw new Violation(
        'Liveness',
        'Raft §5.2',
        `${recoveryBoundMs} ms after the heal ${complaint}: ${states.join('; ')}`,
      );
    }
    await timeline.passUntil(timeline.now + 10);
  }

  private inStep(): boolean {
    const states = [...this.world.machines.values()].map((machine) => this.inspect(machine));
    const first = states[0];
    return states.every(
      (state) =>
        state !== undefined &&
        state.standing === 'active' &&
        state.lastApplied === first!.lastApplied &&
        state.lastApplied === state.lastIndex,
    );
  }

  /** A full member with all that is committed: what its disk once lost, it has again. */
  private isWell(machine: Machine<V>): boolean {
    const state = this.inspect(machine);
    return state?.standing === 'active' && state.durableIndex >= this.invariants.committedIndex;
  }
}

function told(state: Inspection | undefined): string {
  if (state === undefined) return 'is down';
  return `${state.standing} ${state.role} of term ${state.term}, applied ${state.lastApplied} of ${state.lastIndex}`;
}

/** Small limits make rare things common: snapshots every few entries, windows of a few messages, one chunk at a time. */
function drawLimits(swarm: Random): Partial<RaftLimits> {
  return {
    batchBytes: swarm.pick([200, 128 * 1024]),
    inFlightBytes: swarm.pick([300, 4 * 1024 * 1024]),
    applyBytes: swarm.pick([100, 256 * 1024]),
    snapshotAfterBytes: swarm.pick([400, 2000, 64 * 1024 * 1024]),
    trailingEntries: swarm.pick([0, 3, 20]),
    chunkBytes: swarm.pick([50, 64 * 1024]),
    chunksInFlight: swarm.pick([1, 8]),
  };
}
