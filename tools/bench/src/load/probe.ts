import type { Outage } from './orders.js';
import { Registers } from './register.js';
import type { Target } from './target.js';

const everyMs = 2;
/** Beyond as many, nobody answers and no more are begun. */
const mostUnderWay = 2000;

/**
 * A write begins every two milliseconds, whether those before are answered or not, so that the end of an outage is seen by one that was
 * not caught in it. Times are of the system's monotonic clock, which bench and load process share.
 */
export class Probe {
  private readonly registers: Registers;
  private readonly timer: NodeJS.Timeout;
  private begun = 0;
  private underWay = 0;
  private current: Outage | undefined;

  constructor(
    private readonly target: Target,
    prefix: string,
    valueBytes: number,
    private readonly recovered: (afterMs: number) => void,
  ) {
    this.registers = new Registers(prefix, 2 * mostUnderWay, valueBytes);
    this.timer = setInterval(() => void this.write(), everyMs);
  }

  outage(outage: Outage): void {
    this.current = outage;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async write(): Promise<void> {
    if (this.underWay >= mostUnderWay) return;
    const register = this.begun++ % this.registers.count;
    const value = this.registers.buffer();
    this.registers.next(register, value);
    const startedAt = systemMs();
    this.underWay++;
    try {
      await this.target.put(this.registers.key(register), value);
    } catch {
      return; // Its outcome is unknown: the next ones tell.
    } finally {
      this.underWay--;
    }
    const outage = this.current;
    if (outage === undefined || startedAt < outage.goneAt) return;
    this.current = undefined;
    this.recovered(systemMs() - outage.killedAt);
  }
}

/** The monotonic clock of the system, the same in all processes. */
export function systemMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
