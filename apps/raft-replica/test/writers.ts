import { SynodError } from '@synod/client';
import type { KeyValueGroup } from '@synod/client';

/**
 * Writers that count up, each its own key, as fast as they are answered. What was acknowledged must be there afterwards;
 * what is there must have been written.
 */
export class Writers {
  readonly acknowledged: number[];
  private readonly tried: number[];
  private readonly running: Promise<void>[];
  private stopped = false;
  unknown = 0;

  constructor(
    private readonly kv: KeyValueGroup,
    count: number,
  ) {
    this.acknowledged = Array<number>(count).fill(0);
    this.tried = Array<number>(count).fill(0);
    this.running = this.tried.map((_, writer) => this.write(writer));
  }

  get total(): number {
    return this.acknowledged.reduce((sum, value) => sum + value, 0);
  }

  private async write(writer: number): Promise<void> {
    while (!this.stopped) {
      const value = ++this.tried[writer]!;
      try {
        await this.kv.put(`writer-${writer}`, String(value));
        this.acknowledged[writer] = value;
      } catch (error) {
        if (!(error instanceof SynodError) || !error.mayHaveTakenEffect) throw error;
        this.unknown++;
      }
    }
  }

  /** Resolves when `more` writes were acknowledged since now. */
  async advance(more: number): Promise<void> {
    const goal = this.total + more;
    const deadline = performance.now() + 30_000;
    while (this.total < goal) {
      if (performance.now() > deadline) throw new Error(`no progress: ${this.total} of ${goal} writes after 30 s`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.running);
  }

  /** Sentences about what is lost or invented; none when all is well. */
  async check(): Promise<readonly string[]> {
    const wrong: string[] = [];
    for (const [writer, acknowledged] of this.acknowledged.entries()) {
      const { entry } = await this.kv.get(`writer-${writer}`);
      const found = entry ? Number(Buffer.from(entry.value).toString()) : 0;
      if (found < acknowledged) wrong.push(`writer ${writer}: ${acknowledged} was acknowledged, ${found} is there`);
      if (found > this.tried[writer]!) wrong.push(`writer ${writer}: ${found} was never written`);
    }
    return wrong;
  }
}
