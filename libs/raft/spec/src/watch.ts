import type { RaftVocabulary } from '@synod/raft-core';
import type { CalmRun, Effort, Watch } from '@synod/simulation';
import type { Machine, Witness, World } from '@synod/simulator';
import { checkEffort } from './effort.js';
import type { Inspection } from './group.js';
import { RaftInvariants } from './invariants/raft-invariants.js';
import { RaftSituations } from './situations.js';
import type { RaftSwarm } from './swarm.js';
import { Traffic } from './traffic.js';

type V = RaftVocabulary;

/** Who watches one run of Raft, and what is well there. */
export class RaftWatch implements Watch<V> {
  readonly witnesses: readonly Witness<V>[];
  private readonly invariants: RaftInvariants;

  constructor(
    private readonly world: World<V>,
    private readonly swarm: RaftSwarm,
    private readonly efficiency: string,
  ) {
    this.invariants = new RaftInvariants(world);
    const traffic = new Traffic(world.machines.keys(), swarm.limits);
    this.witnesses = [new RaftSituations(world.counters), traffic, this.invariants];
  }

  isFormed(): boolean {
    return this.invariants.committedIndex > 0;
  }

  isWell(machine: Machine<V>): boolean {
    const state = inspectionOf(machine);
    return state?.standing === 'active' && state.durableIndex >= this.invariants.committedIndex;
  }

  leads(machine: Machine<V>): boolean {
    return inspectionOf(machine)?.role === 'leader';
  }

  isInStep(): boolean {
    const states = Array.from(this.world.machines.values(), inspectionOf);
    const applied = states[0]?.lastApplied;
    return states.every(
      (state) => state?.standing === 'active' && state.lastApplied === applied && applied === state.lastIndex,
    );
  }

  stateOf(machine: Machine<V>): string | undefined {
    return inspectionOf(machine)?.stateHash;
  }

  tell(machine: Machine<V>): string {
    const state = inspectionOf(machine);
    if (state === undefined) return 'is down';
    return `${state.standing} ${state.role} of term ${state.term}, applied ${state.lastApplied} of ${state.lastIndex}`;
  }

  checkEffort(effort: Effort<V>, run: CalmRun): void {
    checkEffort(effort, this.swarm, run, this.efficiency);
  }
}

function inspectionOf(machine: Machine<V>): Inspection | undefined {
  return machine.life?.actor.inspect() as Inspection | undefined;
}
