import { Registers } from './register.js';
import type { Target } from './target.js';

/** Closed-loop writers that survive outages: what fails is tried again. */
export class Background {
  private readonly registers: Registers;
  private running = true;
  private readonly loops: Promise<unknown>;

  constructor(
    private readonly target: Target,
    prefix: string,
    writers: number,
    valueBytes: number,
  ) {
    this.registers = new Registers(prefix, writers, valueBytes);
    this.loops = Promise.all(Array.from({ length: writers }, (_, writer) => this.writer(writer)));
  }

  async stop(): Promise<void> {
    this.running = false;
    await this.loops;
  }

  private async writer(register: number): Promise<void> {
    const value = this.registers.buffer();
    while (this.running) {
      this.registers.next(register, value);
      try {
        await this.target.put(this.registers.key(register), value);
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
  }
}
