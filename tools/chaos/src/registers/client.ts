import { SynodError } from '@synod/client';
import type { KeyValueGroup } from '@synod/client';
import { pause } from '@synod/process-group';
import type { Random } from '@synod/simulator';
import type { Workload } from '../workload.js';
import type { RegisterCall } from './judge.js';

/** So often there is another register that nobody knows, and all want it at once. */
const EVERY_MS = 150;
/** The newest one is asked for, or one of those before it, some of which are decided by now. */
const RECENT = 3;
const TIMEOUT_MS = 3000;

/** Wants registers, and asks what they hold. Puts down each call and what came of it. */
export class RegisterClient {
  private sequence = 0;

  constructor(
    private readonly name: string,
    private readonly group: KeyValueGroup,
    private readonly workload: Workload,
    private readonly random: Random,
    private readonly history: RegisterCall[],
  ) {}

  async work(): Promise<void> {
    while (this.workload.isGoing) {
      try {
        await this.step();
        this.workload.succeeded(true);
        await pause(this.random.between(5, 25));
      } catch (error) {
        this.workload.failed(error);
        await pause(50);
      }
    }
  }

  private step(): Promise<void> {
    const { phase, phaseMs } = this.workload;
    const key = `${phase}/${Math.max(0, Math.floor(phaseMs / EVERY_MS) - this.random.below(RECENT))}`;
    return this.random.chance(0.5) ? this.decide(key) : this.ask(key, TIMEOUT_MS);
  }

  private decide(key: string): Promise<void> {
    // No two calls want the same, so that what was refused is known when it is met.
    const value = `${this.name}-${++this.sequence} `.padEnd(20 + this.random.below(400), '.');
    return this.record({ key, value }, () => this.group.decide(key, value, { timeoutMs: TIMEOUT_MS }));
  }

  ask(key: string, timeoutMs: number): Promise<void> {
    return this.record({ key }, () => this.group.decided(key, { timeoutMs }));
  }

  private async record(
    asked: Pick<RegisterCall, 'key' | 'value'>,
    call: () => Promise<{ readonly text: string } | undefined>,
  ): Promise<void> {
    const { now } = this.workload.recorder;
    const at = this.history.length;
    const begun = { client: this.name, ...asked, invokedAt: now() };
    this.history.push({ ...begun, outcome: 'unknown' });
    try {
      const told = (await call())?.text;
      this.history[at] = { ...begun, returnedAt: now(), outcome: 'answered', told };
    } catch (error) {
      if (error instanceof SynodError && !error.mayHaveTakenEffect)
        this.history[at] = { ...begun, returnedAt: now(), outcome: 'refused' };
      throw error;
    }
  }
}
