import type { Vocabulary } from '@synod/actor';
import { Violation } from '@synod/simulator';
import type { Swarm, Workload, World } from '@synod/simulator';
import type { Subject, Watch } from './subject.js';

/** A client waits so long at most before it sends again what was lost: three seconds, jittered. */
const resendMs = 4500;

/**
 * How soon after the heal everything has to be well. What was on its way at the heal may still arrive, as late as the
 * network's slowest message; then somebody has to lead, and whoever was told otherwise has to ask again; then those that
 * lost everything have to catch up.
 */
function boundsMs(
  { network, weather }: Swarm,
  { ledMs, caughtUpMs }: Subject<Vocabulary>['recovery'],
): { readonly answered: number; readonly inStep: number } {
  const strays = network === 'adversarial' && weather.slow > 0 ? weather.slowMs : 0;
  const answered = strays + ledMs + resendMs;
  return { answered, inStep: answered + caughtUpMs };
}

/** Liveness: after the heal clients are answered, writes commit, and everything comes to rest in the same state. */
export class Recovery<V extends Vocabulary, S extends Swarm> {
  private readonly healedAt: number;

  constructor(
    private readonly subject: Subject<V, S>,
    private readonly world: World<V>,
    private readonly watch: Watch<V>,
    private readonly clients: Workload,
    private readonly swarm: S,
  ) {
    this.healedAt = world.timeline.now;
  }

  async complete(): Promise<void> {
    const { clients, watch, swarm } = this;
    const { answered, inStep } = boundsMs(swarm, this.subject.recovery);
    const before = clients.answered;
    // One operation may have been under way; a whole one after the heal is the second.
    await this.until(() => clients.answered.every((count, i) => count > before[i]! + 1), answered, 'a client gets no answer'); // prettier-ignore
    await this.until(() => clients.isOnPace, answered, 'clients have not done what they are to do');
    clients.stop();
    await this.until(() => !clients.waiting, answered + swarm.thinkMs, 'a client gets no answer');
    await this.until(() => watch.isInStep(), inStep, 'the replicas do not get in step');
    this.checkStates();
    // What nobody would have read any more, were it lost.
    clients.readEverything();
    await this.until(() => !clients.waiting, answered, 'the last reads get no answer');
  }

  private async until(well: () => boolean, boundMs: number, complaint: string): Promise<void> {
    const { timeline, machines } = this.world;
    while (!well()) {
      if (timeline.now > this.healedAt + boundMs) {
        const states = Array.from(machines.values(), (machine) => `${machine.address} ${this.watch.tell(machine)}`);
        throw new Violation('Liveness', this.subject.citations.liveness, `${boundMs} ms after the heal ${complaint}: ${states.join('; ')}`); // prettier-ignore
      }
      await timeline.passUntil(timeline.now + 10);
    }
  }

  private checkStates(): void {
    const states = [...this.world.machines.values()].flatMap((machine) => {
      const state = this.watch.stateOf(machine);
      return state === undefined ? [] : [{ address: machine.address, state }];
    });
    if (new Set(states.map(({ state }) => state)).size > 1)
      throw new Violation('Equal States at Equal Positions', this.subject.citations.states, `at rest: ${states.map(({ address, state }) => `${address} ${state}`).join(', ')}`); // prettier-ignore
  }
}
