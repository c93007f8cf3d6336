import { encodeReadBatch } from '@synod/api';
import { Batch, sourceOf, type Budget, type Operation } from './batch.js';
import type { Carrier } from './carrier.js';
import type { SynodError } from './errors.js';
import { sessionFailure } from './failure.js';
import type { ClientLimits } from './limits.js';

/**
 * How fresh a read must be. `linearizable`: it sees every write that was answered before it began. `stale`: whatever
 * the asked replica has, its index and age in the answer; with `maxAgeMs`, only a state that
 * tells of no higher age (`Source.ageMs` says what an age promises).
 */
export type ReadLevel = 'linearizable' | 'stale';

/** Reads of one level: only those can share a batch. */
interface Lane {
  readonly level: ReadLevel;
  readonly maxAgeMs: number;
  queue: Batch[];
  inFlight: number;
}

/** Gathers the queries of a turn into batches, by level. They never wait for writes. */
export class Reads {
  /** By age bound; linearizable reads have their own place. */
  private readonly lanes = new Map<number, Lane>();

  constructor(
    private readonly client: string,
    private readonly courier: Carrier,
    private readonly budget: Budget,
    private readonly limits: ClientLimits,
    private readonly schedule: () => void,
  ) {}

  get isIdle(): boolean {
    return this.lanes.size === 0;
  }

  add(operation: Operation, level: ReadLevel, maxAgeMs: number): void {
    const lane = this.lane(level, maxAgeMs);
    let batch = lane.queue.at(-1);
    if (batch === undefined || !batch.fits(operation, this.limits)) {
      lane.queue.push((batch = new Batch(this.budget)));
    }
    batch.add(operation);
  }

  flush(): void {
    for (const [key, lane] of this.lanes) {
      while (lane.queue.length > 0 && lane.inFlight < this.limits.batchesInFlight) {
        const batch = lane.queue.shift() as Batch;
        if (!batch.isDone) this.send(batch, lane);
      }
      if (lane.queue.length === 0 && lane.inFlight === 0) this.lanes.delete(key);
    }
  }

  sweep(now: number): boolean {
    let waiting = false;
    for (const lane of this.lanes.values()) {
      for (const batch of lane.queue) batch.expire(now, () => this.courier.timedOut(undefined));
      lane.queue = lane.queue.filter((batch) => !batch.isDone);
      waiting ||= lane.queue.length > 0;
    }
    return waiting;
  }

  failQueued(error: SynodError): void {
    for (const lane of this.lanes.values()) {
      const { queue } = lane;
      lane.queue = [];
      for (const batch of queue) batch.fail(error);
    }
  }

  private lane(level: ReadLevel, maxAgeMs: number): Lane {
    const key = level === 'linearizable' ? -1 : maxAgeMs;
    let lane = this.lanes.get(key);
    if (lane === undefined) this.lanes.set(key, (lane = { level, maxAgeMs, queue: [], inFlight: 0 }));
    return lane;
  }

  private send(batch: Batch, lane: Lane): void {
    const { level, maxAgeMs } = lane;
    const queries = batch.seal();
    const sequence = this.courier.nextSequence();
    const bytes = encodeReadBatch({ client: this.client, sequence, level, maxAgeMs, queries });
    const { context } = batch;
    const asks = level === 'stale' ? 'anybody' : 'leader';
    lane.inFlight++;
    const settled = () => {
      lane.inFlight--;
      this.schedule();
    };
    this.courier.submit(
      { kind: 'read', session: 0, sequence, bytes, count: queries.length, repeatable: true, asks, context },
      {
        deadline: () => batch.deadline,
        results: ({ results, sessionError }, from, reply) => {
          settled();
          if (sessionError !== undefined) return batch.fail(sessionFailure(sessionError));
          batch.complete(results, sourceOf(from, reply));
          if (!batch.isDone) lane.queue.unshift(batch);
        },
        failed: (error) => {
          settled();
          batch.fail(error);
        },
        expire: (now, error) => {
          batch.expire(now, error);
          if (batch.isDone) settled();
          return batch.isDone;
        },
      },
    );
  }
}
