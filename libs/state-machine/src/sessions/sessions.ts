import { Hasher, HashSum } from '../hash.js';
import type { ReplicatedService } from '../replicated-service.js';
import type { SnapshotTarget, StateMachine } from '../state-machine.js';
import type { BatchCodec, SessionBatch, SessionError } from './batches.js';
import type { KeptAnswer } from './session.js';
import { Session } from './session.js';
import { SessionsTarget, sessionsThenMachine } from './sessions-snapshot.js';
import { Users } from './users.js';

/** What bounds sessions. Replicas decide by these, so they must be the same on all of them. */
export interface SessionLimits {
  /** Batches of a session above `acknowledgedThrough`. */
  readonly window: number;
  /** Beyond it the user with the most sessions loses the one that he used longest ago, counted in log positions. */
  readonly sessions: number;
  /** All kept answers together; beyond it the user with the most of them loses in the same way. */
  readonly keptBytes: number;
  /** When the results of a batch reach this, its other operations are not executed; so with queries. */
  readonly resultBytes: number;
}

export const sessionLimits: SessionLimits = {
  window: 32,
  sessions: 10_000,
  keptBytes: 64 * 1024 * 1024,
  resultBytes: 128 * 1024,
};

const requestSeed = 0x4e51;

/**
 * Exactly-once execution around a state machine. A log entry opens a session, whose id is its position; a batch is known
 * by (user, session, sequence), and one that comes again is answered as it was the first time, without being executed.
 * Nothing here knows time: what is evicted, and when, follows from the log alone. It is a session of who has most, so that
 * a user who opens them without end evicts his own.
 *
 * @paper Raft §8; thesis §6.3
 */
export class Sessions implements ReplicatedService {
  /** In the order of their last use. */
  private sessions = new Map<number, Session>();
  private sum = new HashSum();
  private users = new Users();
  private keptBytes = 0;
  private epoch = 0;
  private readonly hasher = new Hasher();

  constructor(
    private readonly machine: StateMachine,
    private readonly codec: BatchCodec,
    private readonly limits: SessionLimits = sessionLimits,
  ) {}

  apply(index: number, user: string, request: Uint8Array): Uint8Array {
    const batch = this.decode(request);
    if (batch === undefined) return this.codec.encodeSessionError('malformed');
    if (batch.session === 0) return this.open(index, user);
    const found = this.sessions.get(batch.session);
    if (found === undefined || found.user !== user) return this.codec.encodeSessionError('expired');
    const session = this.beginUse(found, index, batch.acknowledgedThrough);
    const answer = this.answer(session, batch, index);
    this.endUse(session);
    return typeof answer === 'string' ? this.codec.encodeSessionError(answer) : answer;
  }

  /**
   * The answer to a batch that was executed before, as far as it is kept; undefined for one that must be executed to be
   * answered. Changes nothing.
   */
  recall(user: string, request: Uint8Array): Uint8Array | undefined {
    const batch = this.decode(request);
    const session = batch && this.sessions.get(batch.session);
    if (batch === undefined || session === undefined || session.user !== user) return undefined;
    if (batch.sequence <= session.acknowledgedThrough) return this.codec.encodeSessionError('alreadyAcknowledged');
    const kept = session.answers.get(batch.sequence);
    if (kept === undefined) return undefined;
    this.hashOperations(batch);
    const { low, high } = this.hasher;
    return kept.requestLow === low && kept.requestHigh === high ? kept.results : undefined;
  }

  query(user: string, queries: Uint8Array): Uint8Array {
    let parts: readonly Uint8Array[];
    try {
      parts = this.codec.decodeQueries(queries);
    } catch {
      return this.codec.encodeSessionError('malformed');
    }
    return this.collect(parts, (query) => this.machine.query(query, user));
  }

  hash(): string {
    return `${this.sum.toString()}-${this.machine.hash()}`;
  }

  snapshot(): Iterator<Uint8Array> {
    this.epoch++;
    return sessionsThenMachine([...this.sessions.values()], this.sum, this.machine.snapshot());
  }

  restore(): SnapshotTarget {
    return new SessionsTarget(this.machine.restore(), (sessions, sum) => {
      this.sessions = new Map(sessions.map((session) => [session.id, session]));
      this.users = new Users();
      for (const session of sessions) this.users.add(session);
      this.sum = sum;
      this.keptBytes = sessions.reduce((bytes, session) => bytes + session.keptBytes, 0);
    });
  }

  private decode(request: Uint8Array): SessionBatch | undefined {
    try {
      const batch = this.codec.decodeRequest(request);
      const isSound = batch.session === 0 || batch.sequence > batch.acknowledgedThrough;
      return isSound ? batch : undefined;
    } catch {
      return undefined;
    }
  }

  private open(index: number, user: string): Uint8Array {
    const session = new Session(index, user, this.epoch);
    this.endUse(session);
    return this.codec.encodeResults([]);
  }

  /** What a batch is answered: kept results, new results, or why there are none. */
  private answer(session: Session, batch: SessionBatch, index: number): Uint8Array | SessionError {
    const { sequence, operations } = batch;
    if (sequence <= session.acknowledgedThrough) return 'alreadyAcknowledged';
    this.hashOperations(batch);
    const { low: requestLow, high: requestHigh } = this.hasher;
    const kept: KeptAnswer | undefined = session.answers.get(sequence);
    if (kept !== undefined) {
      return kept.requestLow === requestLow && kept.requestHigh === requestHigh ? kept.results : 'sequenceReused';
    }
    if (sequence > session.acknowledgedThrough + this.limits.window) return 'windowExceeded';
    const results = this.collect(operations, (operation) => this.machine.apply(operation, index, session.user));
    session.keep(sequence, { requestLow, requestHigh, results });
    return results;
  }

  /** What is to be done, not how it was sent: a retry may come over another connection. */
  private hashOperations({ operations }: SessionBatch): void {
    const { hasher } = this;
    hasher.begin(requestSeed);
    for (const operation of operations) hasher.bytes(operation);
    hasher.end();
  }

  private collect(parts: readonly Uint8Array[], execute: (part: Uint8Array) => Uint8Array): Uint8Array {
    const results: Uint8Array[] = [];
    let bytes = 0;
    for (let i = 0; i < parts.length && bytes < this.limits.resultBytes; i++) {
      const result = execute(parts[i]!);
      bytes += result.length;
      results.push(result);
    }
    return this.codec.encodeResults(results);
  }

  /** Takes the session out of all sums; until `endUse` it may be changed. */
  private beginUse(found: Session, index: number, acknowledgedThrough: number): Session {
    this.forget(found);
    // A frozen state may still be reading the object, so the first change after freezing goes to a copy.
    const session = found.epoch === this.epoch ? found : found.copy(this.epoch);
    session.lastUsed = index;
    session.acknowledge(acknowledgedThrough);
    return session;
  }

  private endUse(session: Session): void {
    this.sessions.set(session.id, session);
    this.users.add(session);
    session.addTo(this.sum);
    this.keptBytes += session.keptBytes;
    this.evict(session);
  }

  private forget(session: Session): void {
    this.sessions.delete(session.id);
    this.users.remove(session);
    session.subtractFrom(this.sum);
    this.keptBytes -= session.keptBytes;
  }

  /** Never the one in use. */
  private evict(inUse: Session): void {
    const { sessions, users, limits } = this;
    while (sessions.size > limits.sessions || this.keptBytes > limits.keptBytes) {
      const session = users.oldestOfLargest(sessions.size > limits.sessions ? 'count' : 'keptBytes', inUse);
      if (session === undefined) return;
      this.forget(session);
    }
  }
}
