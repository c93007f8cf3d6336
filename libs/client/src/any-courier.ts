import { encodeReadBatch } from '@synod/api';
import type { Carrier, CourierStatistics, Line } from './carrier.js';
import type { Description } from './description.js';
import { SynodError } from './errors.js';
import { keyOf, type Envelope, type Exchange, type Outcome } from './exchange.js';
import { timedOut } from './failure.js';
import { timing } from './limits.js';
import type { Surroundings } from './surroundings.js';

/** What is the same whomever a group believes: which messages are under way, until when, and what people may count of it. */
export abstract class AnyCourier<E extends Exchange> implements Carrier {
  abstract readonly directory: Carrier['directory'];
  readonly statistics: CourierStatistics = {
    sent: 0,
    resent: 0,
    discoveries: 0,
    leaderChanges: 0,
    strayReplies: 0,
    foreignReplies: 0,
    malformedReplies: 0,
  };
  onSweep: (now: number) => boolean = () => false;
  readonly listeners = new Set<(description: Description) => void>();
  protected readonly underWay = new Map<string, E>();
  /** When a member said anything. */
  protected heardAt = -Infinity;
  private readonly deniedAt = new Map<string, number>();
  private lastSequence = 0;
  /** Cancels the next sweep. */
  private cancelSweep: (() => void) | undefined;

  constructor(
    protected readonly group: string,
    /** The multicast name of those that know who leads. */
    protected readonly everyone: string,
    protected readonly line: Line,
    readonly surroundings: Surroundings,
  ) {}

  abstract submit(envelope: Envelope, outcome: Outcome): Exchange;
  abstract reconnected(): void;
  abstract receive(from: string, bytes: Uint8Array): void;
  /** At every sweep, for each message whose time is not over. */
  protected abstract lookAfter(exchange: E, now: number): void;
  /** At the end of every sweep. */
  protected swept(_now: number): void {}

  /** For what has no session: reads, discoveries and, mostly, openings share one count. */
  nextSequence(): number {
    return ++this.lastSequence;
  }

  nextOpening(_from?: number): number {
    return this.nextSequence();
  }

  get isIdle(): boolean {
    return this.underWay.size === 0;
  }

  has(session: number, sequence: number): boolean {
    return this.underWay.has(`${session}/${sequence}`);
  }

  /** Nobody waits for it any more. */
  drop({ envelope }: Exchange): void {
    this.underWay.delete(keyOf(envelope));
  }

  /** Sweeps until there is nothing left to look after. */
  keepSweeping(): void {
    this.cancelSweep ??= this.surroundings.schedule(timing.sweepMs, this.sweep);
  }

  stop(error: () => SynodError): void {
    this.cancelSweep?.();
    this.cancelSweep = undefined;
    for (const exchange of this.underWay.values()) {
      exchange.outcome.failed(exchange.mayHaveTakenEffect ? timedOut(this.group, exchange, false, true) : error());
    }
    this.underWay.clear();
  }

  /** A member that was revoked is nobody whom clients may ask, though its group goes on without it. */
  denied(to: string): boolean {
    this.deniedAt.set(to, this.surroundings.now());
    return to === this.everyone || this.directory.members.every((member) => this.isDenied(member));
  }

  forbidden(message: string): void {
    for (const exchange of [...this.underWay.values()]) {
      const { mayHaveTakenEffect } = exchange;
      this.fail(exchange, new SynodError('unauthorized', message, { mayHaveTakenEffect }));
    }
  }

  discover(_now: number): void {
    if (!this.line.isConnected) return;
    const sequence = this.nextSequence();
    const fields = { client: this.line.client, sequence, level: 'discover', maxAgeMs: 0, queries: [] } as const;
    this.line.publish(this.everyone, 'read', encodeReadBatch(fields), undefined);
    this.statistics.discoveries++;
  }

  timedOut(exchange: Exchange | undefined, goesOn = false): SynodError {
    return timedOut(this.group, exchange, goesOn, this.surroundings.now() - this.heardAt < 2 * timing.discoverMaxMs);
  }

  /** For a moment: rights are given, too, and the broker tells nobody of it. */
  protected isDenied(member: string): boolean {
    const deniedAt = this.deniedAt.get(member);
    return deniedAt !== undefined && this.surroundings.now() - deniedAt < timing.deniedMs;
  }

  protected fail(exchange: E, error: SynodError): void {
    this.drop(exchange);
    exchange.outcome.failed(error);
  }

  private readonly sweep = (): void => {
    this.cancelSweep = undefined;
    const now = this.surroundings.now();
    for (const exchange of [...this.underWay.values()]) {
      if (!this.expired(exchange, now)) this.lookAfter(exchange, now);
    }
    const waiting = this.onSweep(now);
    this.swept(now);
    if (waiting || this.underWay.size > 0) this.keepSweeping();
  };

  private expired(exchange: E, now: number): boolean {
    const { outcome } = exchange;
    if (now < outcome.deadline() || !outcome.expire(now, (goesOn) => this.timedOut(exchange, goesOn))) return false;
    this.drop(exchange);
    return true;
  }
}
