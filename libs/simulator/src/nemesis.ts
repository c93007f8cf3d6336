import type { Address, Vocabulary } from '@synod/actor';
import type { Machine } from './machine.js';
import type { AdversarialNetwork, NetworkWeather } from './network.js';
import type { Random } from './random.js';
import type { World } from './world.js';

/** What a protocol tells the nemesis about itself. */
export interface Victims<V extends Vocabulary> {
  /** Who leads now, if anyone: a target of its own. */
  leader(): Machine<V> | undefined;
  /** Whether this replica's disk may be lost now without losing more copies than the protocol tolerates. */
  mayWipe(machine: Machine<V>): boolean;
}

type Fault =
  | 'crash'
  | 'crashMidStep'
  | 'powerCut'
  | 'partition'
  | 'isolateLeader'
  | 'oneWay'
  | 'bridge'
  | 'flapping'
  | 'burst'
  | 'pause'
  | 'freezeAll'
  | 'stall'
  | 'wipe'
  | 'stopping';

const allFaults: readonly Fault[] = [
  'crash', 'crashMidStep', 'powerCut', 'partition', 'isolateLeader', 'oneWay', 'bridge', 'flapping', 'burst', 'pause', 'freezeAll', 'stall', 'wipe', 'stopping',
]; // prettier-ignore

const counterOf: { readonly [fault in Fault]: string } = {
  crash: 'crashes',
  crashMidStep: 'crashes between two effects',
  powerCut: 'power cuts of all',
  partition: 'symmetric partitions',
  isolateLeader: 'isolated leaders',
  oneWay: 'one-way partitions',
  bridge: 'non-transitive partitions',
  flapping: 'flapping links',
  burst: 'stale bursts after a heal',
  pause: 'pauses',
  freezeAll: 'freezes of all',
  stall: 'stalled disks',
  wipe: 'lost disks',
  stopping: 'graceful stops',
};

/** Swarm testing: each seed draws its own selection of faults, their pace, and the network's weather. */
export class Nemesis<V extends Vocabulary> {
  private readonly faults: readonly Fault[];
  private readonly paceMs: number;
  private stopped = false;

  constructor(
    private readonly world: World<V>,
    private readonly network: AdversarialNetwork<V>,
    private readonly random: Random,
    private readonly victims: Victims<V>,
  ) {
    const drawn = allFaults.filter(() => random.chance(0.5));
    this.faults = drawn.length > 0 ? drawn : allFaults;
    this.paceMs = random.pick([300, 700, 1500, 3000]);
    world.counters.expect(...Object.values(counterOf));
  }

  start(): void {
    this.next();
  }

  /** No more faults; everything broken is repaired, and the network is calm. */
  heal(): void {
    this.stopped = true;
    this.network.weather = calm;
    this.network.links.heal();
    this.world.witness.fault('everything is healed');
    for (const machine of this.world.machines.values()) {
      if (machine.life !== undefined) machine.life.crashAfter = Number.POSITIVE_INFINITY;
      machine.recoverFaults();
      machine.start();
    }
  }

  private next(): void {
    this.world.timeline.after(this.random.between(0.2, 1.8) * this.paceMs, () => {
      if (this.stopped) return;
      this.strike(this.random.pick(this.faults));
      this.next();
    });
  }

  private strike(fault: Fault): void {
    const struck = this.attempt(fault);
    if (struck === undefined) return;
    this.world.counters.count(counterOf[fault]);
    this.world.witness.fault(`fault: ${fault} ${struck}`.trimEnd());
  }

  /** What was struck, in words; undefined when the fault is not possible now. */
  private attempt(fault: Fault): string | undefined {
    const { random } = this;
    const machines = [...this.world.machines.values()];
    const target = random.chance(0.4) ? (this.victims.leader() ?? random.pick(machines)) : random.pick(machines);
    switch (fault) {
      case 'crash':
        return this.whileUp(target, () => this.restartLater(target, () => target.crash()));
      case 'crashMidStep':
        return this.whileUp(target, (life) => {
          life.crashAfter = random.below(12);
          this.restartLater(target, () => undefined);
        });
      case 'powerCut':
        for (const machine of machines) this.restartLater(machine, () => machine.crash());
        return '';
      case 'stopping':
        return this.whileUp(target, (life) => {
          life.put({ kind: 'stopping' });
          this.restartLater(target, () => undefined);
        });
      case 'wipe':
        if (!this.victims.mayWipe(target)) return undefined;
        this.restartLater(target, () => target.wipe());
        return target.address;
      case 'pause':
        target.pause(random.between(50, 3000));
        return target.address;
      case 'freezeAll': {
        // As a virtual machine that was moved: everyone wakes at once, and every timer is due.
        const forMs = random.between(100, 1000);
        for (const machine of machines) machine.pause(forMs);
        return '';
      }
      case 'stall':
        target.stall(random.between(20, 2000));
        return target.address;
      default:
        return this.disturb(fault, target.address);
    }
  }

  private whileUp(machine: Machine<V>, act: (life: NonNullable<Machine<V>['life']>) => void): string | undefined {
    if (machine.life === undefined) return undefined;
    act(machine.life);
    return machine.address;
  }

  private restartLater(machine: Machine<V>, end: () => void): void {
    end();
    this.world.timeline.after(this.random.between(10, 2000), () => {
      if (machine.life !== undefined) machine.crash();
      machine.start();
    });
  }

  private disturb(fault: Fault, target: Address): string | undefined {
    const { random, network } = this;
    if (!network.links.whole) return undefined;
    const others = random.shuffle([...this.world.machines.keys()].filter((address) => address !== target));
    const side = others.slice(0, random.below(others.length));
    const rest = others.filter((address) => !side.includes(address));
    if (fault === 'partition') network.links.separate([[target, ...side], rest]);
    else if (fault === 'isolateLeader') network.links.separate([[target], others]);
    else if (fault === 'oneWay' && random.chance(0.5)) network.links.oneWay([target], others);
    else if (fault === 'oneWay') network.links.oneWay(others, [target]);
    else if (fault === 'bridge') network.links.separate([[others[0]!], others.slice(1)]);
    else if (fault === 'burst') network.links.separate([[target], others], 'hold');
    else this.flap(target, others, 2 + random.below(8));
    this.healLater();
    return target;
  }

  private flap(target: Address, others: readonly Address[], times: number): void {
    this.network.links.separate([[target], others]);
    if (times === 0 || this.stopped) return;
    this.world.timeline.after(this.random.between(10, 150), () => {
      this.network.links.heal();
      this.world.timeline.after(this.random.between(10, 150), () => {
        if (!this.stopped) this.flap(target, others, times - 1);
      });
    });
  }

  private healLater(): void {
    this.world.timeline.after(this.random.between(100, 3000), () => {
      this.network.links.heal();
      this.world.witness.fault('links healed');
    });
  }
}

const calm: NetworkWeather = { loss: 0, duplication: 0, slow: 0, delayMs: [0.1, 0.5], slowMs: 0 };

/** One seed in ten has a calm network; the others lose, double and delay, each to its own degree. */
export function drawWeather(random: Random): NetworkWeather {
  if (random.chance(0.1)) return calm;
  return {
    loss: random.pick([0, 0.01, 0.05, 0.2]),
    duplication: random.pick([0, 0.01, 0.1, 0.5]),
    slow: random.pick([0, 0.01, 0.1, 0.3]),
    delayMs: [0.1, random.pick([0.5, 2, 10])],
    slowMs: random.pick([10, 100, 1000, 5000]),
  };
}
