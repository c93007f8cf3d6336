import { LifeClock, Outbox, none } from '@synod/actor';
import type { Address, SnapshotId, Token } from '@synod/actor';
import type { Formation, HelloReply, Standing } from '@synod/formation';
import type { LogIndex } from '@synod/log';
import type { VoteSet } from '@synod/quorum';
import type { ReplicatedService } from '@synod/state-machine';
import type { CatchUp } from './catch-up.js';
import type { RaftConfiguration } from './configuration.js';
import type { ElectionReason, FollowerReason } from './events.js';
import { formationOf } from './formation.js';
import { unknownFreshness } from './freshness.js';
import { Log } from './log.js';
import type { Term } from './log.js';
import type { Read, Request } from './messages.js';
import type { Progress } from './progress.js';
import type { RaftVocabulary } from './vocabulary.js';

export type Role = Follower | PreCandidate | Candidate | Leader;

export interface Follower {
  readonly kind: 'follower';
  /** When it follows nobody, why nobody leads as far as it knows. */
  readonly why: FollowerReason;
}

export interface PreCandidate {
  readonly kind: 'preCandidate';
  readonly votes: VoteSet;
  readonly why: ElectionReason;
}

export interface Candidate {
  readonly kind: 'candidate';
  readonly votes: VoteSet;
  /** Our own vote counts when this is durable. */
  readonly ownVote: Token;
}

export interface Leader {
  readonly kind: 'leader';
  /** The no-op of this term: once it is committed, so is everything before it (thesis §6.4). */
  readonly firstOfTerm: LogIndex;
  /** Every other member, in the configuration's order. */
  readonly followers: ReadonlyMap<Address, Progress>;
  /** Requests and their bytes that the present turn has gathered. */
  gathered: Proposer[];
  gatheredBytes: number;
  /** Who waits for which position to be applied. */
  readonly waiting: Map<LogIndex, Proposer>;
  /** All of these by what they call themselves: a copy of what waits needs no entry of its own. */
  readonly asked: Map<number | string, Proposer>;
  /** Sizes of what is proposed and not committed, oldest first. */
  readonly uncommitted: { readonly last: LogIndex; readonly bytes: number }[];
  uncommittedBytes: number;
  readonly reads: ReadQueue;
  handOver: HandOver | undefined;
}

export interface Proposer {
  readonly from: Address;
  readonly request: Request;
}

export interface WaitingRead {
  readonly from: Address;
  readonly read: Read;
}

export interface ReadQueue {
  /** Read rounds are numbered from 1 within a term and never reused. */
  round: number;
  /** Came since the round under way began: for the next one. */
  gathered: WaitingRead[];
  /** What the round under way confirms, and the commitIndex when it began. */
  confirming:
    | { readonly round: number; readonly readIndex: LogIndex; readonly reads: readonly WaitingRead[] }
    | undefined;
  /** Confirmed, waiting for the state machine to reach the read index. */
  confirmed: { readonly readIndex: LogIndex; readonly reads: readonly WaitingRead[] }[];
}

export interface HandOver {
  readonly to: Address;
  readonly why: 'stopping' | 'stalledDisk';
  asked: boolean;
}

/** A replica's whole state, grouped as in Figure 2. */
export class Raft {
  readonly out = new Outbox<RaftVocabulary>();
  readonly others: readonly Address[];
  /** The stamp of the input that is being handled. */
  now = 0;

  // Persistent on every server.
  currentTerm: Term = 0;
  votedFor: Address | undefined;
  readonly log: Log;
  standing: Standing = 'empty';
  clusterId = 0;
  /** While recovering from a lost disk: the former life may have voted in terms up to this one. */
  floor: Term = 0;
  snapshot: SnapshotId | undefined;

  // Volatile on every server.
  role: Role = { kind: 'follower', why: 'started' };
  commitIndex: LogIndex = 0;
  lastApplied: LogIndex = 0;
  leader: Address | undefined;
  heardLeaderAt = Number.NEGATIVE_INFINITY;
  readonly clock = new LifeClock();
  readonly freshness = unknownFreshness();
  /** When a message of an older term was last answered, by its sender. */
  readonly outdatedAnsweredAt = new Map<Address, number>();
  incarnation = 0;
  stopping = false;
  /** How much of the present log is on our own disk. */
  durableIndex: LogIndex = 0;
  /** Persists under way, oldest first, and how far the log reaches with each. */
  unsynced: { readonly token: Token; last: LogIndex; readonly at: number }[] = [];
  /** How long a persist usually waits for its sync, in milliseconds. */
  usualSyncMs = 0;
  diskStalled = false;
  /** The last hard state's token: what a promise about terms rests on. */
  hardStateToken: Token = none;
  durableToken: Token = none;

  // The state machine's business.
  /** The log read that fetches entries to apply, from its first position on. */
  applyRead: { readonly id: number; readonly from: LogIndex; readonly through: LogIndex } | undefined;
  /** Applied in this turn. */
  appliedBytes = 0;
  /** Set while the state machine's state is being replaced: nothing is applied. */
  installing:
    | {
        readonly id: number;
        readonly snapshot: SnapshotId;
        /** Undefined: our own, after a start. */
        readonly given: { readonly from: Address; readonly totalBytes: number } | undefined;
      }
    | undefined;
  /** Chunk writes under way, by id. */
  readonly receiving = new Map<
    number,
    { readonly from: Address; readonly snapshot: SnapshotId; readonly totalBytes: number }
  >();
  /** What it lacks and is being given. */
  catchUp: CatchUp | undefined;
  takingSnapshot: number | undefined;
  bytesAtSnapshot = 0;
  /** A snapshot mark; when it and all up to `settled` are durable, what is older than the mark may go. */
  marked: { readonly token: Token; readonly settled: Token; readonly snapshot: SnapshotId } | undefined;

  /** First start and lost disks: standing, clusterId and what the others have answered in this life. */
  readonly formation: Formation;
  readonly answers = new Map<Address, HelloReply>();

  constructor(
    readonly configuration: RaftConfiguration,
    readonly service: ReplicatedService,
  ) {
    this.others = configuration.members.filter((member) => member !== configuration.self);
    this.log = new Log(8 * configuration.limits.inFlightBytes);
    this.formation = formationOf(this);
  }

  get self(): Address {
    return this.configuration.self;
  }

  isMember(address: Address): boolean {
    return this.configuration.members.includes(address);
  }
}
