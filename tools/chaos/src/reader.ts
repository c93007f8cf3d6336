import type { Recorder } from '@synod/linearizability';
import { pause } from '@synod/process-group';
import type { Random } from '@synod/simulator';
import { pairedKey, pairedPrefix, sharedKey } from './keys.js';
import type { Workload } from './workload.js';

/** How old what a stale read shows may be, at most. */
const MAX_AGE_MS = 400;
/** Draws below this are for stale reads. */
const staleUpTo = 0.25;

/**
 * Reads, and knows one machine's NATS server only. When that machine is cut off, it goes on to ask the leader that was there,
 * while others write to the next one: who answers without a majority's word is found out.
 */
export class Reader {
  constructor(
    private readonly kv: ReturnType<Recorder['of']>,
    private readonly workload: Workload,
    private readonly random: Random,
  ) {}

  async work(): Promise<void> {
    while (this.workload.isGoing) {
      const draw = this.random.next();
      try {
        await this.read(draw);
        this.workload.succeeded(draw < staleUpTo);
        await pause(this.random.between(1, 4));
      } catch (error) {
        this.workload.failed(error);
        await pause(20);
      }
    }
  }

  private async read(draw: number): Promise<unknown> {
    const { kv, random } = this;
    const { phase } = this.workload;
    if (draw < 0.1) return kv.get(sharedKey(phase, random), { level: 'stale' });
    if (draw < 0.2) return kv.get(pairedKey(phase, random), { level: 'stale', maxAgeMs: MAX_AGE_MS });
    if (draw < staleUpTo) return kv.range({ prefix: pairedPrefix(phase) }, { level: 'stale' });
    if (draw < 0.35) return kv.range({ prefix: pairedPrefix(phase) });
    return kv.get(sharedKey(phase, random));
  }
}
