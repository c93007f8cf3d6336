import { Queue } from '@synod/actor';
import type { Token } from '@synod/actor';
import { Batch } from './batch.js';
import type { Digest, Sequence } from './statements.js';

export interface ExecutedBatch {
  readonly sequence: Sequence;
  readonly digest: Digest;
  readonly batch: Batch;
  /** The first journal record that is needed to execute it again. */
  readonly token: Token;
}

/**
 * The batches that were executed since the last stable snapshot, for replicas that are a little behind: they cost less than
 * the whole state. Contiguous. The oldest go beyond a bound, which is reached only when no snapshot becomes stable: f members that
 * vote for everything but snapshots, while another one is away, see to that as long as they like; who was away gets a snapshot that f + 1 vouch for. Bytes alone would be no bound: a
 * null request counts 16 of them and takes some hundreds of memory. (What a request takes beside its bytes is less than twice those.)
 */
export class ExecutedTail {
  private readonly batches = new Queue<ExecutedBatch>();
  private bytes = 0;

  constructor(
    private readonly mostBytes: number,
    private readonly most: number,
  ) {}

  /** The oldest one. */
  get first(): ExecutedBatch | undefined {
    return this.batches.peek();
  }

  get size(): number {
    return this.batches.size;
  }

  get sizeBytes(): number {
    return this.bytes;
  }

  put(executed: ExecutedBatch): void {
    this.batches.put(executed);
    this.bytes += executed.batch.sizeBytes;
    while ((this.bytes > this.mostBytes || this.batches.size > this.most) && this.batches.size > 1) this.forgetOldest();
  }

  at(sequence: Sequence): ExecutedBatch | undefined {
    const first = this.batches.peek();
    return first && sequence >= first.sequence ? this.batches.at(sequence - first.sequence) : undefined;
  }

  discardThrough(sequence: Sequence): void {
    while (this.batches.size > 0 && this.batches.peek()!.sequence <= sequence) this.forgetOldest();
  }

  clear(): void {
    this.batches.clear();
    this.bytes = 0;
  }

  /** The same places and sizes, and nothing in them. */
  withoutRequests(): ExecutedTail {
    const tail = new ExecutedTail(this.mostBytes, this.most);
    for (let place = 0; place < this.batches.size; place++) {
      const executed = this.batches.at(place)!;
      tail.put({ ...executed, batch: new Batch([], executed.batch.sizeBytes) });
    }
    return tail;
  }

  private forgetOldest(): void {
    this.bytes -= this.batches.take()!.batch.sizeBytes;
  }
}
