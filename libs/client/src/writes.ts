import { encodeRequestBatch } from '@synod/api';
import { openingMost } from '@synod/state-machine';
import { Batch, sourceOf, type Budget, type Operation } from './batch.js';
import type { Carrier } from './carrier.js';
import type { SynodError } from './errors.js';
import type { Exchange, Outcome } from './exchange.js';
import { notOpened, sessionFailure } from './failure.js';
import { jittered, timing, type ClientLimits } from './limits.js';
import { SequenceWindow, type Session } from './session.js';

/** Gathers the writes of a turn into batches, numbers them in a session, and keeps a few of them in flight. */
export class Writes {
  private queue: Batch[] = [];
  private window: SequenceWindow | undefined;
  private opening: Exchange | undefined;
  private inFlight = 0;
  /** The least number that an opening may have, when the group has said so. */
  private openFrom: number | undefined;

  constructor(
    private readonly client: string,
    private readonly courier: Carrier,
    private readonly budget: Budget,
    private readonly limits: ClientLimits,
    /** Asks for a `flush` at the end of the turn. */
    private readonly schedule: () => void,
  ) {}

  get isIdle(): boolean {
    return this.queue.length === 0 && this.inFlight === 0;
  }

  add(operation: Operation): void {
    let batch = this.queue.at(-1);
    if (batch === undefined || !batch.fits(operation, this.limits)) {
      this.queue.push((batch = new Batch(this.budget)));
    }
    batch.add(operation);
  }

  /** Sends what the window lets through; what is left goes on gathering. */
  flush(): void {
    while (this.queue.length > 0 && this.inFlight < this.limits.batchesInFlight) {
      if (this.window === undefined) return this.open();
      if (!this.window.hasRoom) return;
      const batch = this.queue.shift() as Batch;
      if (!batch.isDone) this.send(batch, this.window);
    }
  }

  /** Alone in its batch, at a place of the caller's own session. */
  addIn(session: Session, sequence: number, operation: Operation): void {
    const batch = new Batch(this.budget);
    batch.add(operation);
    const place = { session: session.id, sequence, acknowledgedThrough: session.acknowledgedBefore(sequence) };
    this.submit(batch, place, {
      settled: () => {},
      expired: (mayHaveTakenEffect) => batch.fail(sessionFailure('expired', mayHaveTakenEffect)),
    });
  }

  openSession(
    deadline: number,
    opened: (id: number) => void,
    failed: (error: SynodError) => void,
    again = () => void this.openSession(deadline, opened, failed),
  ): Exchange {
    const { surroundings } = this.courier;
    // Who has the user's key may have used up all numbers: then none is higher, and the call fails.
    const sequence = Math.min(this.courier.nextOpening(this.openFrom), openingMost);
    const fields = { client: this.client, session: 0, sequence, acknowledgedThrough: 0, operations: [] };
    const bytes = encodeRequestBatch(fields);
    return this.courier.submit(
      {
        kind: 'request',
        session: 0,
        sequence,
        bytes,
        count: 0,
        repeatable: true,
        asks: 'leader',
        context: undefined,
      },
      {
        deadline: () => deadline,
        results: ({ sessionError, openFrom }, _from, { index }) => {
          if (sessionError === undefined) return opened(index);
          // Others of this user have opened sessions under higher numbers meanwhile, or their clock is ahead: it takes another one.
          const isLate = surroundings.now() >= deadline;
          if (sessionError !== 'alreadyAcknowledged') return failed(sessionFailure(sessionError));
          if (isLate) return failed(notOpened());
          this.openFrom = openFrom;
          surroundings.schedule(jittered(timing.refusedMs, surroundings), again);
        },
        failed,
        expire: (_now, error) => (failed(error(false)), true),
      },
    );
  }

  /** Deadlines of what is not sent. Returns whether anything waits. */
  sweep(now: number): boolean {
    for (const batch of this.queue) batch.expire(now, () => this.courier.timedOut(this.opening));
    this.queue = this.queue.filter((batch) => !batch.isDone);
    if (this.queue.length === 0 && this.opening !== undefined) {
      this.courier.drop(this.opening);
      this.opening = undefined;
    }
    return this.queue.length > 0;
  }

  failQueued(error: SynodError): void {
    const { queue } = this;
    this.queue = [];
    for (const batch of queue) batch.fail(error);
  }

  private open(): void {
    this.opening ??= this.openSession(
      Infinity,
      (id) => {
        this.opening = undefined;
        this.window = new SequenceWindow(id);
        this.flush();
      },
      (error) => {
        this.opening = undefined;
        this.failQueued(error);
      },
      () => {
        this.opening = undefined;
        if (this.queue.length > 0) this.open();
      },
    );
  }

  private send(batch: Batch, window: SequenceWindow): void {
    const sequence = window.take();
    const place = { session: window.session, sequence, acknowledgedThrough: window.acknowledgedThrough };
    this.inFlight++;
    this.submit(batch, place, {
      settled: () => {
        this.inFlight--;
        window.settle(sequence);
        if (this.queue.length > 0) this.schedule();
      },
      expired: (mayHaveTakenEffect) => this.expired(batch, window, mayHaveTakenEffect),
    });
  }

  /**
   * The group has evicted the session. This copy was not executed; when all others were refused, the batch was not, and
   * goes into a new session. A copy without an answer may have been executed before the eviction.
   */
  private expired(batch: Batch, window: SequenceWindow, mayHaveTakenEffect: boolean): void {
    if (this.window === window) this.window = undefined;
    if (mayHaveTakenEffect) return batch.fail(sessionFailure('expired'));
    this.requeue(batch);
  }

  /** None of what still waits in it was executed. */
  private requeue(batch: Batch): void {
    this.queue.unshift(batch);
    this.schedule();
  }

  private submit(
    batch: Batch,
    place: { session: number; sequence: number; acknowledgedThrough: number },
    then: { settled(): void; expired(mayHaveTakenEffect: boolean): void },
  ): void {
    const operations = batch.seal();
    const bytes = encodeRequestBatch({ client: this.client, ...place, operations });
    const outcome: Outcome = {
      deadline: () => batch.deadline,
      results: ({ results, sessionError }, from, reply) => {
        then.settled();
        if (sessionError === 'expired') return then.expired(exchange.mayHaveTakenEffect);
        if (sessionError !== undefined) return batch.fail(sessionFailure(sessionError));
        batch.complete(results, sourceOf(from, reply));
        if (!batch.isDone) this.requeue(batch);
      },
      failed: (error) => {
        then.settled();
        batch.fail(error);
      },
      expire: (now, error) => {
        batch.expire(now, error);
        if (batch.isDone) then.settled();
        return batch.isDone;
      },
    };
    const { session, sequence } = place;
    // A group that was wiped counts from the beginning: then two sessions have one name, and the answers one place to go to.
    if (this.courier.has(session, sequence)) {
      then.settled();
      return then.expired(false);
    }
    const { context } = batch;
    const count = operations.length;
    const exchange = this.courier.submit(
      { kind: 'request', session, sequence, bytes, count, repeatable: false, asks: 'leader', context },
      outcome,
    );
  }
}
