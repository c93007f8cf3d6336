import type { PbftReplica, PbftVocabulary } from '@synod/pbft-core';
import type { CalmRun, Effort, Watch } from '@synod/simulation';
import type { Machine, Witness, World } from '@synod/simulator';
import { Transfers, checkEffort } from './effort.js';
import { keyValueService } from './group.js';
import type { Inspection } from './group.js';
import { PbftInvariants } from './invariants/pbft-invariants.js';
import { KeyRing } from './keys.js';
import { PbftSituations } from './situations.js';
import { membersOf } from './swarm.js';
import type { PbftSwarm } from './swarm.js';

type V = PbftVocabulary;

/** Who watches one run of PBFT, and what is well there. Of traitors nothing is asked. */
export class PbftWatch implements Watch<V> {
  readonly witnesses: readonly Witness<V>[];
  private readonly invariants: PbftInvariants;
  private readonly transfers = new Transfers();

  constructor(
    private readonly world: World<V>,
    private readonly swarm: PbftSwarm,
    private readonly efficiency: string,
  ) {
    const members = membersOf(swarm.replicas);
    this.invariants = new PbftInvariants(world, {
      members,
      traitors: new Set(Object.keys(swarm.traitors)),
      logSize: swarm.limits.logSize,
      ring: new KeyRing(swarm.signatures, members),
      reference: keyValueService(swarm.sessions),
    });
    const isCorrect = (machine: Machine<V>): boolean => this.isCorrect(machine);
    const transfers: Witness<V> = { executed: (machine, effect) => this.transfers.hear(machine.address, effect) };
    this.witnesses = [new PbftSituations(world.counters, swarm, isCorrect), this.invariants, transfers];
  }

  /** A client was brought to believe this. What is thrown here the client would take for a malformed reply. */
  believed(certificate: Uint8Array): void {
    try {
      this.invariants.believed(certificate);
    } catch (error) {
      this.world.timeline.fail(error as Error);
    }
  }

  /** Every correct member has taken its place: who comes without a disk from now on is told that it is not new. */
  isFormed(): boolean {
    return this.correct.every(({ address }) => this.invariants.hasFounded(address));
  }

  /** It votes again in the view that it is in, so its former life can contradict nothing, and nothing is missing. */
  isWell(machine: Machine<V>): boolean {
    const state = inspectionOf(machine);
    if (!this.isCorrect(machine)) return true;
    if (state === undefined || state.standing !== 'active' || state.transfer !== undefined) return false;
    return state.active && state.view >= state.firstView && state.lastExecuted >= state.lowWaterMark;
  }

  leads(machine: Machine<V>): boolean {
    if (machine.life === undefined) return false;
    const primary = [...this.world.machines.values()].find(
      (each) => this.isCorrect(each) && each.life !== undefined && replicaIn(each)['pbft'].active,
    );
    return primary !== undefined && replicaIn(primary)['pbft'].primary === machine.address;
  }

  /**
   * All are in one view, and at rest at one place. Where the primary is a traitor, up to f may have left its view alone: nobody is asked
   * to meet them before the next view change, and they follow by checkpoints until then. So they do where the primary is the one that has
   * left: the next request that it does not order ends the view.
   */
  isInStep(): boolean {
    const states = this.correct.map(inspectionOf);
    if (!states.every((state) => state?.standing === 'active' && state.transfer === undefined)) return false;
    const present = states.filter((state) => state!.active);
    const [first] = present;
    if (first === undefined) return false;
    const together = present.every(
      (state) => state!.view === first.view && state!.lastExecuted === first.lastExecuted && state!.waitingRequests === 0, // prettier-ignore
    );
    const alone = states.filter((state) => !state!.active);
    const isLed = present.some((state) => state!.role === 'primary');
    if (isLed && alone.length > 0) return false;
    const { quorum } = first.faults;
    return together && present.length >= quorum - Object.keys(this.swarm.traitors).length && alone.every((state) => state!.lastExecuted >= first.lowWaterMark); // prettier-ignore
  }

  /** Of those that have left a view alone, invariants compare the state where they stand. */
  stateOf(machine: Machine<V>): string | undefined {
    const state = this.isCorrect(machine) ? inspectionOf(machine) : undefined;
    return state?.active ? state.stateHash : undefined;
  }

  tell(machine: Machine<V>): string {
    const treason = this.swarm.traitors[machine.address];
    if (treason !== undefined) return `is a traitor (${treason})`;
    const state = inspectionOf(machine);
    if (state === undefined) return 'is down';
    const { standing, role, view, lastExecuted, lowWaterMark, waitingRequests, transfer } = state;
    const fetching = transfer === undefined ? '' : `, fetching through ${transfer.through} from ${transfer.source}`;
    return `${standing} ${role} of view ${view}, executed ${lastExecuted}, stable ${lowWaterMark}, ${waitingRequests} waiting${fetching}`;
  }

  checkEffort(effort: Effort<V>, run: CalmRun): void {
    checkEffort(effort, this.swarm, run, this.transfers, this.efficiency);
  }

  private isCorrect({ address }: Machine<V>): boolean {
    return this.swarm.traitors[address] === undefined;
  }

  private get correct(): readonly Machine<V>[] {
    return [...this.world.machines.values()].filter((machine) => this.isCorrect(machine));
  }
}

function replicaIn(machine: Machine<V>): PbftReplica {
  return machine.life!.actor as PbftReplica;
}

function inspectionOf({ life }: Machine<V>): Inspection | undefined {
  return life?.actor.inspect() as Inspection | undefined;
}
