import { defaultProposerLimits, printBallot } from '@synod/paxos-core';
import type { PaxosVocabulary } from '@synod/paxos-core';
import type { CalmRun, Effort, Watch } from '@synod/simulation';
import type { Machine, Witness, World } from '@synod/simulator';
import { checkEffort } from './effort.js';
import { isAcceptor, keyValueService } from './group.js';
import type { AcceptorInspection, ProposerInspection } from './group.js';
import { PaxosInvariants } from './invariants/paxos-invariants.js';
import { PaxosSituations } from './situations.js';
import type { PaxosSwarm } from './swarm.js';

type V = PaxosVocabulary;

/** Who watches one run of Multi-Paxos, and what is well there. */
export class PaxosWatch implements Watch<V> {
  readonly witnesses: readonly Witness<V>[];
  private readonly invariants: PaxosInvariants;

  constructor(
    private readonly world: World<V>,
    private readonly swarm: PaxosSwarm,
    private readonly efficiency: string,
  ) {
    const { alpha, heldBytes = defaultProposerLimits.heldBytes } = swarm.proposerLimits;
    this.invariants = new PaxosInvariants(world, {
      isAcceptor,
      alpha,
      heldBytes,
      reference: keyValueService(swarm.sessions),
    });
    this.witnesses = [new PaxosSituations(world.counters), this.invariants];
  }

  isFormed(): boolean {
    return this.invariants.slots.through > 0;
  }

  /**
   * A proposer has what acceptors may forget. An acceptor counts with the disk that it has, and a leader says that the change by which
   * it does is seen through: as whoever operates a group is told, so that nothing else keeps the next disk from being lost.
   */
  isWell(machine: Machine<V>): boolean {
    if (!isAcceptor(machine.address)) return this.durableOf(machine) >= this.invariants.trimming.allowed;
    return this.counts(machine) && this.proposers.some((proposer) => this.saysSeenThrough(proposer));
  }

  private saysSeenThrough(machine: Machine<V>): boolean {
    const { slots, trimming } = this.invariants;
    const version = proposerIn(machine)?.settledVersion;
    if (version === undefined) return false;
    trimming.saidToBeSeenThrough(machine.address, version);
    return version === slots.newest!.version;
  }

  leads(machine: Machine<V>): boolean {
    return proposerIn(machine)?.role === 'leader';
  }

  isInStep(): boolean {
    const states = this.proposers.map(proposerIn);
    const chosen = states[0]?.chosenThrough;
    const together = states.every(
      (state) => state?.standing === 'active' && state.chosenThrough === chosen && state.lastApplied === chosen,
    );
    return together && this.members.every((machine) => this.counts(machine));
  }

  stateOf(machine: Machine<V>): string | undefined {
    return proposerIn(machine)?.stateHash;
  }

  tell(machine: Machine<V>): string {
    if (machine.life === undefined) return 'is down';
    if (isAcceptor(machine.address)) {
      const { standing, disk, promised } = machine.life.actor.inspect() as AcceptorInspection;
      return `${standing} disk ${disk} promised ${printBallot(promised)}`;
    }
    const { standing, role, ballot, lastApplied, chosenThrough, knownThrough } = proposerIn(machine)!;
    return `${standing} ${role} of ${printBallot(ballot)}, executed ${lastApplied} of ${chosenThrough} of ${knownThrough}`;
  }

  checkEffort(effort: Effort<V>, run: CalmRun): void {
    checkEffort(effort, this.swarm, run, this.efficiency);
  }

  private get proposers(): readonly Machine<V>[] {
    return [...this.world.machines.values()].filter(({ address }) => !isAcceptor(address));
  }

  /** The acceptors that the newest set names, whatever their disks. */
  private get members(): readonly Machine<V>[] {
    return (this.invariants.slots.newest?.acceptors ?? []).map(({ address }) => this.world.machine(address));
  }

  /** With the disk that it has, this acceptor is in the newest set, and that is in force everywhere; or nobody has named it. */
  private counts({ address, life }: Machine<V>): boolean {
    const { newest, newestFrom, through, registersAt } = this.invariants.slots;
    if (life === undefined || newest === undefined) return false;
    const { standing, disk } = life.actor.inspect() as AcceptorInspection;
    const named = newest.acceptors.find((acceptor) => acceptor.address === address);
    const inForce = newestFrom <= through + 1 && registersAt === newest.version;
    return standing === 'active' && inForce && (named === undefined || named.disk === disk);
  }

  private durableOf({ address }: Machine<V>): number {
    return this.invariants.group.proposers.get(address)!.durable.through;
  }
}

function proposerIn({ address, life }: Machine<V>): ProposerInspection | undefined {
  return isAcceptor(address) ? undefined : (life?.actor.inspect() as ProposerInspection | undefined);
}
