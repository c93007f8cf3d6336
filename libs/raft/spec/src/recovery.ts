import { Violation } from '@synod/simulator';
import type { Machine, Workload, World } from '@synod/simulator';
import type { RaftVocabulary } from '@synod/raft-core';
import type { Inspection } from './group.js';
import { electionTimeout } from './group.js';
import type { RaftSwarm } from './swarm.js';

type V = RaftVocabulary;

/** A client waits so long at most before it sends again what was lost: three seconds, jittered. */
const resendMs = 4500;

/**
 * How soon after the heal everything has to be well. What was on its way at the heal may still arrive, as late as the
 * network's slowest message; after it, ten election timeouts are enough for a leader (split votes included) and for whoever
 * asked the wrong one; and as many again for followers that need a snapshot, chunk by chunk, and a replica that lost its
 * disk, which needs another election.
 */
export function recoveryBoundsMs({ network, weather }: RaftSwarm): {
  readonly answered: number;
  readonly inStep: number;
} {
  const strays = network === 'adversarial' && weather.slow > 0 ? weather.slowMs : 0;
  const answered = strays + 10 * electionTimeout.maxMs + resendMs;
  return { answered, inStep: answered + 10 * electionTimeout.maxMs };
}

/** Liveness: after the heal clients are answered, writes commit, and everything comes to rest in the same state. */
export class Recovery {
  private readonly healedAt: number;

  constructor(
    private readonly world: World<V>,
    private readonly clients: Workload,
    private readonly swarm: RaftSwarm,
  ) {
    this.healedAt = world.timeline.now;
  }

  async complete(): Promise<void> {
    const { clients } = this;
    const { answered, inStep } = recoveryBoundsMs(this.swarm);
    const before = clients.answered;
    // One operation may have been under way; a whole one after the heal is the second.
    await this.until(() => clients.answered.every((count, i) => count > before[i]! + 1), answered, 'a client gets no answer'); // prettier-ignore
    clients.stop();
    await this.until(() => !clients.waiting, answered + this.swarm.thinkMs, 'a client gets no answer'); // prettier-ignore
    await this.until(() => this.inStep(), inStep, 'the replicas do not get in step');
    this.checkStates();
  }

  private async until(well: () => boolean, boundMs: number, complaint: string): Promise<void> {
    const { timeline, machines } = this.world;
    while (!well()) {
      if (timeline.now > this.healedAt + boundMs) {
        const states = [...machines.values()].map((machine) => `${machine.address} ${told(inspectionOf(machine))}`);
        throw new Violation('Liveness', 'Raft §5.2', `${boundMs} ms after the heal ${complaint}: ${states.join('; ')}`);
      }
      await timeline.passUntil(timeline.now + 10);
    }
  }

  private inStep(): boolean {
    const states = [...this.world.machines.values()].map(inspectionOf);
    const applied = states[0]?.lastApplied;
    return states.every(
      (state) => state?.standing === 'active' && state.lastApplied === applied && applied === state.lastIndex,
    );
  }

  private checkStates(): void {
    const hashes = [...this.world.machines.values()].map((machine) => `${machine.address} ${inspectionOf(machine)!.stateHash}`); // prettier-ignore
    if (new Set(hashes.map((hash) => hash.split(' ')[1])).size > 1)
      throw new Violation('Equal States at Equal Positions', 'Raft §2, §5.4.3', `at rest: ${hashes.join(', ')}`);
  }
}

export function inspectionOf(machine: Machine<V>): Inspection | undefined {
  return machine.life?.actor.inspect() as Inspection | undefined;
}

function told(state: Inspection | undefined): string {
  if (state === undefined) return 'is down';
  return `${state.standing} ${state.role} of term ${state.term}, applied ${state.lastApplied} of ${state.lastIndex}`;
}
