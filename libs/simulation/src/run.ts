import type { Address, Vocabulary } from '@synod/actor';
import { Recorder } from '@synod/linearizability';
import type { Operation } from '@synod/linearizability';
import { FaultAtlas, GroupNetwork, Nemesis, Random, Transcript, Workload, World, diskFaults, drawBus, machineFaults } from '@synod/simulator'; // prettier-ignore
import type { DrawnBus, MachineTiming, Role, Strike, Swarm } from '@synod/simulator';
import { Effort } from './effort.js';
import { Executions } from './executions.js';
import { checkHistory, histories } from './history.js';
import { loadOf } from './load.js';
import type { Load } from './load.js';
import { Recovery } from './recovery.js';
import type { SimulationOptions } from './simulate.js';
import { Storms } from './storms.js';
import type { Subject, Watch } from './subject.js';

/** The group forms before the first fault. */
const quietMs = 500;
/** Of a run that is not calm, before it heals. */
const faultsLeast = 3;
const place = { cluster: 'sim', group: 'kv' };
const clientKinds = ['request', 'read', 'reply'];
const timing: Omit<MachineTiming, keyof Swarm['disk']> = {
  instant: false,
  unsyncedSurvives: true,
  operatorMs: [50, 1000],
  wakeMs: 0.05,
  timersRun: true,
};

/** One seed's world, its clients, what befalls it and who watches. */
export class Run<V extends Vocabulary, S extends Swarm> {
  readonly swarm: S;
  readonly world: World<V>;
  readonly transcript: Transcript<V>;
  readonly strikes: readonly Strike[];
  healedAt = 0;
  private readonly load: Load;
  private readonly watch: Watch<V>;
  private readonly nemesis: Nemesis<V>;
  private readonly recorder: Recorder;
  private readonly clients: Workload;
  private readonly executions = new Executions();
  private readonly effort: Effort<V>;
  private network!: DrawnBus;

  constructor(
    private readonly subject: Subject<V, S>,
    seed: number,
    { tamper, tailMax = 300, swarm: override, strikes, witness: another }: SimulationOptions<S, V>,
  ) {
    const random = new Random(`${subject.name} ${seed}`);
    this.swarm = { ...subject.draw(random.fork('swarm')), ...override };
    this.load = { ...loadOf(this.swarm), ...subject.load?.(this.swarm) };
    const roles = subject.roles(this.swarm);
    this.world = this.worldOf(roles, random, tamper);
    const { world, swarm } = this;
    const now = (): number => world.timeline.now;
    const members = [...world.machines.keys()];
    this.transcript = new Transcript<V>(now, tailMax);
    if (another !== undefined) world.watch(another(world));
    this.watch = subject.watch(world, swarm);
    this.effort = new Effort<V>((address) => world.machines.has(address));
    const storms = new Storms<V>(members, now, subject.citations.traffic);
    for (const witness of [this.transcript, this.effort, storms, ...this.watch.witnesses]) world.watch(witness);
    this.recorder = new Recorder(now);
    this.clients = this.clientsOf(random.fork('clients'));
    const { watch } = this;
    const atlas = new FaultAtlas<V>(roles, () => watch.isFormed(), (machine) => watch.isWell(machine)); // prettier-ignore
    const own = subject.faults?.(world, this.network.bus, place, swarm);
    const faults = [
      machineFaults(world, this.network.reaches),
      diskFaults(world, atlas),
      this.network.faults,
      this.clients.faults,
      ...(own ? [own] : []),
    ];
    this.nemesis = new Nemesis(world, faults, () => [...world.machines.values()].find((it) => watch.leads(it)));
    const planned = swarm.calm ? [] : this.nemesis.plan(random.fork('nemesis'), members, swarm.virtualMs - quietMs);
    this.strikes = strikes ?? planned;
    world.counters.count(`runs over the network: ${swarm.network}`);
  }

  /** Of all that happened, and of what became of everyone. */
  get hash(): string {
    const states = Array.from(this.world.machines.values(), (machine) => this.watch.stateOf(machine) ?? 'none');
    return `${this.transcript.hash}-${states.join('-')}`;
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
    const { subject, world, watch, clients, swarm, effort } = this;
    await new Recovery(subject, world, watch, clients, swarm).complete();
    const { operations } = this.recorder;
    const completed = this.recorder.completed(this.executions.all, (operation) => this.isDoubled(operation));
    const judged = checkHistory(completed, subject.citations.linearizability);
    world.counters.count(judged ? histories.judged : histories.entangled);
    world.counters.least('client operations in a run', clients.operations, this.load.pace.operations);
    const faults = this.nemesis.struck + (subject.lasting?.(swarm) ?? 0);
    if (!swarm.calm) world.counters.least('faults in a run', faults, faultsLeast);
    if (swarm.calm) watch.checkEffort(effort, { operations: operations.length, elapsedMs: world.timeline.now });
  }

  /** NATS doubles nothing; the other network may double a message of the client's. */
  private isDoubled({ client, invokedAt, returnedAt = Infinity }: Operation): boolean {
    return this.network.doubled(client.split('.')[0]!, invokedAt, returnedAt);
  }

  private worldOf(roles: readonly Role[], random: Random, tamper: SimulationOptions['tamper']): World<V> {
    const { subject, swarm } = this;
    const { messages, records, bulkKinds } = subject;
    const { peerKinds } = messages;
    const members = roles.flatMap((role) => role.members);
    return new World<V>({
      random,
      members,
      multicast: listenersOf(roles),
      make: (address, hasSetAside) => {
        const role = roles.find((it) => it.members.includes(address))!.name;
        return subject.make({
          ...{ address, role, roles, hasSetAside, swarm },
          overhear: (machine) =>
            this.executions.overhear(machine, (index) =>
              this.world.witness.applied(this.world.machine(address), index),
            ),
        });
      },
      messages,
      records,
      tamper,
      timing: { ...swarm.disk, ...timing },
      clockDrift: swarm.clockDrift,
      network: (world) => {
        this.network = drawBus(swarm, world, random.fork('network'), members, [...peerKinds, ...clientKinds]);
        return new GroupNetwork(this.network.bus, { ...place, roles, peerKinds, bulkKinds });
      },
    });
  }

  private clientsOf(random: Random): Workload {
    const { timeline, counters } = this.world;
    const { bus } = this.network;
    const known = this.subject.clients?.(this.world, this.swarm);
    return new Workload({ ...place, bus, timeline, counters, random, recorder: this.recorder, ...this.load, ...known });
  }
}

/** Roles may share a name under which all are addressed. */
function listenersOf(roles: readonly Role[]): ReadonlyMap<Address, readonly Address[]> {
  const listeners = new Map<Address, readonly Address[]>();
  for (const { everyone, members } of roles) listeners.set(everyone, [...(listeners.get(everyone) ?? []), ...members]);
  return listeners;
}
