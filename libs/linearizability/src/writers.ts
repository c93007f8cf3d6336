import { SynodError } from '@synod/client';
import type { KeyValueGroup } from '@synod/client';
import { judge } from './judge.js';
import { Recorder } from './recorder.js';

let runs = 0;

/**
 * Writers that count up, each its own key, as fast as they are answered, and now and then look at another one's. What was
 * acknowledged must be there afterwards, and some order must explain all that they were answered.
 */
export class Writers {
  readonly acknowledged: number[];
  private readonly tried: number[];
  private readonly running: Promise<void>[];
  private stopped = false;
  unknown = 0;
  private readonly recorder = new Recorder();
  /** A history begins with keys that are not there. */
  private readonly keys = `run-${++runs}-writer`;

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
    const kv = this.recorder.of(`writer-${writer}`, this.kv);
    while (!this.stopped) {
      const value = ++this.tried[writer]!;
      try {
        await kv.put(`${this.keys}-${writer}`, String(value));
        this.acknowledged[writer] = value;
        if (value % 8 === 0)
          await kv.get(`${this.keys}-${(writer + value / 8) % this.tried.length}`).catch(ignoreRefusal);
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

  /** Sentences about what is lost, and a picture of what no order explains; none when all is well. */
  async check(): Promise<readonly string[]> {
    const wrong: string[] = [];
    const kv = this.recorder.of('check', this.kv);
    for (const [writer, acknowledged] of this.acknowledged.entries()) {
      const { entry } = await kv.get(`${this.keys}-${writer}`);
      const found = entry ? Number(Buffer.from(entry.value).toString()) : 0;
      if (found < acknowledged) wrong.push(`writer ${writer}: ${acknowledged} was acknowledged, ${found} is there`);
    }
    wrong.push(...judge(this.recorder.operations).problems);
    return wrong;
  }
}

/** A read without an answer has no effect. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof SynodError)) throw error;
}
