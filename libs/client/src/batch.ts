import type { Reply } from '@synod/api';
import type { TraceContext } from './tracing.js';
import type { SynodError } from './errors.js';
import type { ClientLimits } from './limits.js';

/** Where an answer comes from. One object per reply, shared by all its operations. */
export interface Source {
  /** The replica that answered. */
  readonly replica: string;
  /**
   * Log position: of the write's entry; of the state that was read. 0: of registers, which are in no log; or of a write
   * that PBFT executed before, and whose place it does not keep.
   */
  readonly index: number;
  /** Era of the answering leadership: Raft's term, Paxos's ballot; of a register the ballot of the round that told it. */
  readonly term: number;
  /**
   * Of `stale` reads: so many milliseconds before it answered, by that replica's clock, its state held all that was done: whatever any
   * client had been answered by then. In a PBFT group the highest age of those who answered alike. Otherwise 0.
   */
  readonly ageMs: number;
  /**
   * Of PBFT: the sequence number of the batch of requests that it was executed in, when it was just then. (A reply's own `sequence`
   * is its number in the session.)
   */
  readonly executedIn?: number;
  /** The trace of the round, 32 hex digits, when it was sampled. */
  readonly traceId?: string;
  /**
   * Of a group whose replicas sign: the answers of those that answered alike, as the bytes of a file which anybody can check with
   * the group's public keys (`synod verify`). It is about the whole batch in which the operation travelled (`CallOptions.alone`).
   */
  readonly certificate?: () => Uint8Array;
}

/** What a reply tells of itself. */
export type Origin = Pick<Reply, 'index' | 'term' | 'ageMs' | 'traceId'> & Pick<Source, 'certificate' | 'executedIn'>;

export function sourceOf(replica: string, { index, term, ageMs, traceId, certificate, executedIn }: Origin): Source {
  const trace = traceId && { traceId: Buffer.from(traceId).toString('hex') };
  return {
    replica,
    index,
    term,
    ageMs,
    ...trace,
    ...(executedIn && { executedIn }),
    ...(certificate && { certificate }),
  };
}

/** One call that waits for its result. */
export interface Operation<R = Uint8Array> {
  readonly bytes: Uint8Array;
  /** Monotonic milliseconds. */
  readonly deadline: number;
  readonly context: TraceContext | undefined;
  /** In a batch of its own. */
  readonly alone?: boolean;
  /** `result` is valid only during the call. */
  complete(result: R, source: Source): void;
  fail(error: SynodError): void;
}

/** What all operations of a group may hold in memory together. */
export class Budget {
  operations = 0;
  bytes = 0;

  constructor(private readonly limits: ClientLimits) {}

  take(bytes: number): boolean {
    const { pendingOperations, pendingBytes } = this.limits;
    if (this.operations >= pendingOperations || this.bytes + bytes > pendingBytes) return false;
    this.operations++;
    this.bytes += bytes;
    return true;
  }

  give(bytes: number): void {
    this.operations--;
    this.bytes -= bytes;
  }
}

/** Tag and length of one operation in a batch, at most; and all else that a batch holds. */
export const operationOverhead = 4;
export const batchOverhead = 80;

/**
 * Operations that travel together. Once sent it is never split or joined; operations whose deadline passes leave their
 * place empty.
 */
export class Batch {
  private readonly waiting: (Operation | undefined)[] = [];
  private sizeBytes = batchOverhead;
  private live = 0;
  private closed = false;
  /** The earliest of all, monotonic milliseconds. */
  deadline = Infinity;
  /** The first sampled one among the operations; the batch travels in it. */
  context: TraceContext | undefined;

  constructor(private readonly budget: Budget) {}

  get count(): number {
    return this.waiting.length;
  }

  get isDone(): boolean {
    return this.live === 0;
  }

  fits({ bytes, alone }: Operation, limits: ClientLimits): boolean {
    if (this.closed || (alone && this.count > 0)) return false;
    return (
      this.count < limits.batchOperations && this.sizeBytes + bytes.length + operationOverhead <= limits.batchBytes
    );
  }

  /** The budget has been taken from already. */
  add(operation: Operation): void {
    this.waiting.push(operation);
    this.closed = operation.alone ?? false;
    this.live++;
    this.sizeBytes += operation.bytes.length + operationOverhead;
    this.deadline = Math.min(this.deadline, operation.deadline);
    this.context ??= operation.context;
  }

  /** The operations' bytes. Of a batch not sent yet, those whose deadline passed are left out for good. */
  seal(): Uint8Array[] {
    const present = this.waiting.filter((operation) => operation !== undefined);
    this.waiting.splice(0, this.waiting.length, ...present);
    return present.map((operation) => operation.bytes);
  }

  /** Operations beyond the results were not executed, because the answer was full: they still wait afterwards. */
  complete(results: readonly Uint8Array[], source: Source): void {
    for (let i = 0; i < results.length; i++) this.take(i)?.complete(results[i] as Uint8Array, source);
  }

  fail(error: SynodError): void {
    for (let i = 0; i < this.waiting.length; i++) this.take(i)?.fail(error);
  }

  /**
   * Fails the operations whose deadline has passed. `error` is told whether others still wait: then a batch that was sent
   * goes on being sent, with all that is in it.
   */
  expire(now: number, error: (goesOn: boolean) => SynodError): void {
    if (now < this.deadline) return;
    const goesOn = this.waiting.some((operation) => operation !== undefined && operation.deadline > now);
    let failure: SynodError | undefined;
    this.deadline = Infinity;
    for (let i = 0; i < this.waiting.length; i++) {
      const deadline = this.waiting[i]?.deadline ?? Infinity;
      if (deadline <= now) this.take(i)?.fail((failure ??= error(goesOn)));
      else this.deadline = Math.min(this.deadline, deadline);
    }
  }

  private take(place: number): Operation | undefined {
    const operation = this.waiting[place];
    if (operation === undefined) return undefined;
    this.waiting[place] = undefined;
    this.live--;
    this.budget.give(operation.bytes.length);
    return operation;
  }
}
