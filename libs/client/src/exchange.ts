import type { Refusal, Results } from '@synod/api';
import type { SynodError } from './errors.js';
import type { Origin } from './batch.js';
import { timing } from './limits.js';
import type { TraceContext } from './tracing.js';

/** What an exchange asks to be sent; the same bytes every time. */
export interface Envelope {
  readonly kind: 'request' | 'read' | 'decide';
  /** With `sequence` what a reply is matched by; 0 for reads and for opening a session. */
  readonly session: number;
  readonly sequence: number;
  readonly bytes: Uint8Array;
  /** How many operations it holds, and so how many results the answer must. */
  readonly count: number;
  readonly context: TraceContext | undefined;
  /** Done twice it does no harm: reads, and opening a session. */
  readonly repeatable: boolean;
  /** Who may answer: only the leader; any member; or any, of whom the leader is asked first. */
  readonly asks: 'leader' | 'anybody' | 'leaderFirst';
}

/** What becomes of it. */
export interface Outcome {
  /** Earliest deadline of those who wait; monotonic milliseconds. */
  deadline(): number;
  /** The group's answer to a batch: at most `count` results, at least one; or the session's error. */
  results?(answer: Results, from: string, reply: Origin): void;
  /** Its answer about a register: the one value, if there is one. */
  decided?(value: Uint8Array | undefined, from: string, reply: Origin): void;
  failed(error: SynodError): void;
  /**
   * The deadline came; `error` says what is known, and is told whether the message goes on for others that wait. Returns
   * whether nobody waits any more.
   */
  expire(now: number, error: (goesOn: boolean) => SynodError): boolean;
}

/** One message on its way to the group and back, through leader changes and losses: what the courier remembers of it. */
export class Exchange {
  /** Whom the last copy went to. */
  target: string | undefined;
  sends = 0;
  sentAt = 0;
  /** The last copy is not answered. */
  awaiting = false;
  /** Whom copies went to that are not answered, once per copy. */
  private readonly unanswered: string[] = [];
  /** Waits for somebody who leads rather than for time to pass. */
  seeksLeader = false;
  nextSendAt = 0;
  /** Hints followed since the last pause: two replicas that name each other must not make us spin. */
  hops = 0;
  resendMs = timing.resendMs;
  refusedMs = timing.refusedMs;
  lastRefusal: Refusal | undefined;

  constructor(
    readonly envelope: Envelope,
    readonly outcome: Outcome,
  ) {}

  /** Whether some copy may have taken effect, or still may. A replica answers every copy at most once. */
  get mayHaveTakenEffect(): boolean {
    return !this.envelope.repeatable && this.unanswered.length > 0;
  }

  sentTo(target: string, now: number): void {
    this.unanswered.push(target);
    this.target = target;
    this.sends++;
    this.sentAt = now;
    this.awaiting = true;
    this.seeksLeader = false;
  }

  answeredBy(from: string): void {
    const place = this.unanswered.indexOf(from);
    if (place >= 0) this.unanswered.splice(place, 1);
  }

  /**
   * `from` says that its copy had no effect; or, when it has stepped down or tried in vain to have a register decided, that it
   * may have one yet. Returns whether that was the last copy, whose answer says how to go on.
   */
  refusedBy(from: string, refusal: Refusal): boolean {
    if (this.isFinal(refusal)) this.answeredBy(from);
    if (!this.awaiting || from !== this.target) return false;
    this.awaiting = false;
    this.lastRefusal = refusal;
    return true;
  }

  private isFinal({ reason }: Refusal): boolean {
    return this.envelope.kind === 'decide' ? reason === 'tooLarge' : reason !== 'steppedDown';
  }
}

export function keyOf(envelope: Envelope): string {
  return `${envelope.session}/${envelope.sequence}`;
}

/**
 * An answer that is full has fewer results than asked for, but never none. A session is named by the place of the entry that
 * opened it, and there is no place 0: reads are told apart by that.
 */
export function plausible(
  { results, sessionError }: Results,
  index: number,
  { kind, session, count }: Envelope,
): boolean {
  if (sessionError !== undefined) return results.length === 0;
  if (kind === 'request' && session === 0) return results.length === 0 && index > 0;
  return results.length <= count && (results.length > 0 || count === 0);
}
