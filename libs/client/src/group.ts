import { DecodeError } from '@synod/api';
import { isPbftReply } from '@synod/pbft-wire';
import { batchOverhead, Budget, operationOverhead, type Source } from './batch.js';
import { Call, type CallOptions, type Decoder } from './call.js';
import type { Carrier, CourierStatistics, Line } from './carrier.js';
import { Courier } from './courier.js';
import { describe, type Description } from './description.js';
import { SynodError } from './errors.js';
import { retryAfterMs, type ClientLimits } from './limits.js';
import type { Bytes } from './key-value.js';
import { PbftCourier } from './pbft/courier.js';
import type { Trust } from './pbft/trust.js';
import { Reads, type ReadLevel } from './reads.js';
import { asChosen, asDecided, registerKey, Registers, registerValue, type ChosenValue } from './registers.js';
import { Session, type SessionPlace } from './session.js';
import type { Surroundings } from './surroundings.js';
import type { ClientTracing } from './tracing.js';
import { Writes } from './writes.js';

export interface WriteOptions extends CallOptions {
  /** The write goes alone, at this place of the caller's session, so that repeating the call does not repeat the write. */
  readonly once?: SessionPlace;
}

export interface ReadOptions extends CallOptions {
  /** Default `linearizable`. `lease` is not offered yet. */
  readonly level?: ReadLevel | 'lease';
  /** For `stale`: the highest age that the answer may tell of itself (`Source.ageMs`). Default: no bound. */
  readonly maxAgeMs?: number;
}

/** The result of an operation of a user's own state machine. */
export interface Answer {
  readonly result: Uint8Array;
  readonly source: Source;
}

export interface GroupStatistics extends CourierStatistics {
  /** Waiting and in flight, now. */
  readonly pendingOperations: number;
  readonly pendingBytes: number;
}

export interface GroupSettings {
  readonly limits: ClientLimits;
  readonly timeoutMs: number;
  readonly tracing: ClientTracing | undefined;
  readonly surroundings: Surroundings;
  /** The group's replicas are believed by their signatures, and by nothing else. */
  readonly trust: Trust | undefined;
}

/** The multicast name of the replicas that answer clients. */
const everyone = 'replicas';

const answer: Decoder<Answer> = (result, source) => ({ result: new Uint8Array(result), source });

/**
 * One replicated group, whatever its state machine. The operations of one event-loop turn travel in one batch, which is
 * one log entry; operations that were called without awaiting the ones before may take effect in any order.
 */
export class Group {
  private readonly courier: Carrier;
  private readonly budget: Budget;
  private readonly writes: Writes;
  private readonly reads: Reads;
  private readonly registers: Registers;
  private flushing = false;
  private closed = false;

  /** Made by `Client.group`. */
  constructor(
    readonly name: string,
    line: Line,
    protected readonly settings: GroupSettings,
  ) {
    const { limits, surroundings, trust } = settings;
    const schedule = () => this.schedule();
    this.courier =
      trust === undefined
        ? new Courier(name, everyone, line, surroundings)
        : new PbftCourier(name, everyone, line, surroundings, trust);
    this.budget = new Budget(limits);
    this.writes = new Writes(line.client, this.courier, this.budget, limits, schedule);
    this.reads = new Reads(line.client, this.courier, this.budget, limits, schedule);
    this.registers = new Registers(line.client, this.courier, this.budget);
    this.courier.onSweep = (now) => {
      const writesWait = this.writes.sweep(now);
      return this.reads.sweep(now) || writesWait;
    };
    this.courier.discover(surroundings.now());
  }

  /** As the group itself says; undefined until one of its replicas has answered. */
  get protocol(): string | undefined {
    return this.courier.directory.protocol;
  }

  /** Its members are believed by their signatures only: each answer can carry its certificate. */
  get isSigned(): boolean {
    return this.settings.trust !== undefined;
  }

  get statistics(): GroupStatistics {
    const { operations, bytes } = this.budget;
    return { ...this.courier.statistics, pendingOperations: operations, pendingBytes: bytes };
  }

  /** Runs one operation of the group's state machine through the log. */
  execute(operation: Uint8Array, options: WriteOptions = {}): Promise<Answer> {
    return this.write(() => operation, answer, options);
  }

  /** Asks the group's state machine something that changes nothing. */
  query(query: Uint8Array, options: ReadOptions = {}): Promise<Answer> {
    return this.read(() => query, answer, options);
  }

  /**
   * Lets `value` be what the write-once register holds, unless it holds something already; says what it holds from now on, for
   * ever and for everybody. A key is 1 to 128 of A–Z a–z 0–9 . _ / -, a value at most 4096 bytes. For groups whose protocol has
   * registers (Multi-Paxos); others are `unsupported`. Asking again is safe, whatever the outcome.
   */
  decide(key: string, value: Bytes, options: CallOptions = {}): Promise<ChosenValue> {
    return new Promise((resolve, reject) => {
      registerKey(key);
      const wanted = registerValue(value);
      const call = this.admit('write', wanted, asChosen(wanted), options, resolve, reject);
      this.registers.ask(key, wanted, call);
    });
  }

  /** What the register holds; undefined when nothing is decided. */
  decided(key: string, options: CallOptions = {}): Promise<ChosenValue | undefined> {
    return new Promise((resolve, reject) => {
      registerKey(key);
      const call = this.admit('read', new Uint8Array(0), asDecided, options, resolve, reject);
      this.registers.ask(key, undefined, call);
    });
  }

  /** A session whose places the caller numbers. All other writes share one that the client opens and renews by itself. */
  openSession(options: CallOptions = {}): Promise<Session> {
    return new Promise((resolve, reject) => {
      if (this.closed) throw closedError(this.name);
      this.writes.openSession(this.deadlineOf(options), (id) => resolve(new Session(id)), reject);
    });
  }

  /** What each replica says of the group, for people: those that answer within `timeoutMs`. */
  describe(timeoutMs = 500): Promise<Description[]> {
    return describe(this.courier, timeoutMs);
  }

  /** Nothing waits and nothing is in flight. */
  get isIdle(): boolean {
    return this.budget.operations === 0 && this.courier.isIdle;
  }

  /** For `Client`: no new operations from now on. */
  stopAccepting(): void {
    this.closed = true;
  }

  /** For `Client`: what still waits is failed. */
  stop(): void {
    this.closed = true;
    this.failQueued(closedError(this.name));
    this.courier.stop(() => closedError(this.name));
  }

  /** For `Client`: a reply addressed to this group. */
  receive(from: string, bytes: Uint8Array): void {
    try {
      this.courier.receive(from, bytes);
    } catch (error) {
      if (!(error instanceof DecodeError) || this.settings.trust !== undefined || !isPbftReply(bytes)) throw error;
      this.forbidden(keysMissing(this.name));
    }
  }

  /** For `Client`: the connection is back. */
  reconnected(): void {
    this.courier.reconnected();
  }

  /** For `Client`: the broker does not let this user publish to `to`, a member or all of them; `message` says so. */
  denied(to: string, message: string): void {
    if (this.courier.denied(to)) this.forbidden(message);
  }

  /** `encode` may throw, which rejects the promise. */
  protected write<T>(encode: () => Uint8Array, decode: Decoder<T>, options: WriteOptions): Promise<T> {
    return new Promise((resolve, reject) => {
      const call = this.admit('write', encode(), decode, options, resolve, reject);
      if (options.once === undefined) {
        this.writes.add(call);
        return this.schedule();
      }
      const { session, sequence } = options.once;
      this.writes.addIn(session, sequence, call);
    });
  }

  /** `encode` may throw, which rejects the promise. */
  protected read<T>(encode: () => Uint8Array, decode: Decoder<T>, options: ReadOptions): Promise<T> {
    return new Promise((resolve, reject) => {
      const { level = 'linearizable', maxAgeMs = 0 } = options;
      requireLevel(level, maxAgeMs);
      this.reads.add(this.admit('read', encode(), decode, options, resolve, reject), level, maxAgeMs);
      this.schedule();
    });
  }

  /** Throws, which rejects the promise, when the operation cannot be taken on. */
  private admit<T, R>(
    kind: 'write' | 'read',
    bytes: Uint8Array,
    decode: Decoder<T, R>,
    options: WriteOptions,
    resolve: (value: T) => void,
    reject: (error: SynodError) => void,
  ): Call<T, R> {
    const { limits, tracing } = this.settings;
    if (this.closed) throw closedError(this.name);
    const most = limits.batchBytes - batchOverhead - operationOverhead;
    if (bytes.length > most) {
      throw new SynodError('tooLarge', `the operation has ${bytes.length} bytes, at most ${most} are allowed`);
    }
    const deadline = this.deadlineOf(options);
    if (kind === 'write') this.requirePlace(options.once);
    if (!this.budget.take(bytes.length)) {
      const message = `${this.budget.operations} operations with ${this.budget.bytes} bytes wait already`;
      throw new SynodError('overloaded', `group ${this.name}: ${message}`, { retryAfterMs });
    }
    return new Call(bytes, deadline, options, tracing?.begin(this.name, kind), decode, resolve, reject);
  }

  private requirePlace(once: SessionPlace | undefined): void {
    if (once === undefined) return;
    const { session, sequence } = once;
    if (!Number.isSafeInteger(sequence) || sequence < 1) {
      throw new SynodError('invalid', `a session's sequence is a whole number from 1, not ${sequence}`);
    }
    if (!this.courier.has(session.id, sequence)) return;
    throw new SynodError('invalid', `sequence ${sequence} of session ${session.id} is under way already`);
  }

  private deadlineOf({ timeoutMs = this.settings.timeoutMs }: CallOptions): number {
    if (timeoutMs > 0) return this.settings.surroundings.now() + timeoutMs;
    throw new SynodError('invalid', `timeoutMs must be above 0, but is ${timeoutMs}`);
  }

  private forbidden(message: string): void {
    this.failQueued(new SynodError('unauthorized', message));
    this.courier.forbidden(message);
  }

  private failQueued(error: SynodError): void {
    this.writes.failQueued(error);
    this.reads.failQueued(error);
  }

  /** At the end of the turn, when all that belongs together has come together. */
  private schedule(): void {
    if (this.flushing) return;
    this.flushing = true;
    this.settings.surroundings.soon(() => {
      this.flushing = false;
      this.writes.flush();
      this.reads.flush();
      if (!this.isIdle) this.courier.keepSweeping();
    });
  }
}

function requireLevel(level: string, maxAgeMs: number): asserts level is ReadLevel {
  if (level === 'lease') {
    throw new SynodError('unsupported', 'reads at level "lease" are not offered yet: use "linearizable" or "stale"');
  }
  if (level !== 'linearizable' && level !== 'stale') {
    throw new SynodError('invalid', `the read level is "linearizable" or "stale", not ${JSON.stringify(level)}`);
  }
  const needed = level === 'stale' ? Number.isSafeInteger(maxAgeMs) && maxAgeMs >= 0 : maxAgeMs === 0;
  if (!needed) throw new SynodError('invalid', `maxAgeMs is for "stale" reads, a whole number; it is ${maxAgeMs}`);
}

function closedError(group: string): SynodError {
  return new SynodError('closed', `group ${group}: the client is closed`);
}

/** Whom to believe cannot be learned from those who answer. */
function keysMissing(group: string): string {
  const what = "the group's public keys and this user's own are needed (`trust`; `synod keys init` makes them)";
  return `group ${group} speaks pbft: ${what}`;
}
