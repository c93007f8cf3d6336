import type { Description } from './description.js';
import type { Envelope, Exchange, Outcome } from './exchange.js';
import type { SynodError } from './errors.js';
import type { Surroundings } from './surroundings.js';
import type { TraceContext } from './tracing.js';

/** The connection as one group sees it. */
export interface Line {
  /** The NATS user. */
  readonly user: string;
  readonly client: string;
  readonly isConnected: boolean;
  publish(to: string, kind: Envelope['kind'], bytes: Uint8Array, context: TraceContext | undefined): void;
}

/** Counts for people; nothing depends on them. */
export interface CourierStatistics {
  sent: number;
  resent: number;
  discoveries: number;
  leaderChanges: number;
  /** Replies nobody waits for: duplicates, and answers after the deadline. */
  strayReplies: number;
  /** Replies from somebody who is not a member. */
  foreignReplies: number;
  /** Replies that make no sense, or prove nothing. */
  malformedReplies: number;
}

/** Gets messages to a group and its answers back, as often as it takes, until a deadline: as the group's protocol wants it. */
export interface Carrier {
  readonly directory: { readonly members: readonly string[]; readonly protocol: string | undefined };
  readonly statistics: CourierStatistics;
  readonly surroundings: Surroundings;
  readonly listeners: Set<(description: Description) => void>;
  readonly isIdle: boolean;
  /** Called at every sweep; returns whether anything of its own still waits. */
  onSweep: (now: number) => boolean;
  /** For what has no session: reads, discoveries. */
  nextSequence(): number;
  /** For the opening of a session; `from`: what the group said has to be the least. */
  nextOpening(from?: number): number;
  has(session: number, sequence: number): boolean;
  submit(envelope: Envelope, outcome: Outcome): Exchange;
  /** Nobody waits for it any more. */
  drop(exchange: Exchange): void;
  keepSweeping(): void;
  stop(error: () => SynodError): void;
  reconnected(): void;
  /** The broker does not let this user publish to `to`, a member or all of them. Returns whether there is nobody left to ask. */
  denied(to: string): boolean;
  /** What is under way fails, for this user may not ask the group; `message` says why. */
  forbidden(message: string): void;
  /** Asks all members who they are. */
  discover(now: number): void;
  /** What is known about something that waited in vain. */
  timedOut(exchange: Exchange | undefined, goesOn?: boolean): SynodError;
  /** Throws `DecodeError` for what is no reply. */
  receive(from: string, bytes: Uint8Array): void;
}
