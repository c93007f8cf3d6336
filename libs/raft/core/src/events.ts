import type { Address, SnapshotId } from '@synod/actor';
import type { Standing } from '@synod/formation';
import type { LogIndex } from '@synod/log';
import type { Term } from './log.js';
import type { Request, VotePhase } from './messages.js';

/** What observers see: scenario files, invariants and spans use these words. No client's values, ever. */
export type Event =
  | {
      readonly kind: 'becameFollower';
      readonly term: Term;
      readonly leader: Address | undefined;
      readonly why: FollowerReason;
    }
  | { readonly kind: 'becamePreCandidate'; readonly term: Term; readonly why: ElectionReason }
  | { readonly kind: 'becameCandidate'; readonly term: Term; readonly why: ElectionReason }
  | {
      readonly kind: 'voted';
      readonly phase: VotePhase;
      readonly term: Term;
      readonly candidate: Address;
      readonly granted: boolean;
    }
  | {
      readonly kind: 'voteCounted';
      readonly phase: VotePhase;
      readonly term: Term;
      readonly voter: Address;
      readonly granted: boolean;
    }
  | { readonly kind: 'becameLeader'; readonly term: Term; readonly completedBy: Address }
  /** A round opens: the leader closed a batch. `requests` are the very messages that were received; none for a no-op. */
  | {
      readonly kind: 'proposed';
      readonly term: Term;
      readonly first: LogIndex;
      readonly last: LogIndex;
      readonly sizeBytes: number;
      readonly requests: readonly { readonly from: Address; readonly request: Request }[];
    }
  /** A follower took entries of a leader's batch into its log. */
  | {
      readonly kind: 'appended';
      readonly term: Term;
      readonly first: LogIndex;
      readonly last: LogIndex;
      readonly leader: Address;
    }
  | { readonly kind: 'truncated'; readonly from: LogIndex }
  /** The leader counts a member's acknowledgement; its own too, when its disk has it. */
  | { readonly kind: 'acknowledged'; readonly term: Term; readonly by: Address; readonly index: LogIndex }
  /** commitIndex moved; `completedBy` completed the quorum (the leader for followers). */
  | { readonly kind: 'committed'; readonly term: Term; readonly index: LogIndex; readonly completedBy: Address }
  | { readonly kind: 'applied'; readonly first: LogIndex; readonly last: LogIndex; readonly sizeBytes: number }
  | { readonly kind: 'readRoundBegan'; readonly term: Term; readonly round: number; readonly reads: number }
  | { readonly kind: 'readRoundConfirmed'; readonly term: Term; readonly round: number; readonly completedBy: Address }
  | { readonly kind: 'probing'; readonly follower: Address; readonly nextIndex: LogIndex; readonly why: string }
  | {
      readonly kind: 'handingOver';
      readonly term: Term;
      readonly to: Address;
      readonly why: 'stopping' | 'stalledDisk';
    }
  | { readonly kind: 'handOverFailed'; readonly term: Term; readonly to: Address }
  | { readonly kind: 'diskStalled'; readonly sinceMs: number }
  | { readonly kind: 'snapshotTaken'; readonly snapshot: SnapshotId; readonly sizeBytes: number }
  | { readonly kind: 'snapshotSending'; readonly snapshot: SnapshotId; readonly to: Address }
  | { readonly kind: 'snapshotSent'; readonly snapshot: SnapshotId; readonly to: Address }
  /** A follower is given what it lacks: entries from `first` on, or the snapshot that stands for them. */
  | {
      readonly kind: 'catchingUp';
      readonly from: Address;
      readonly first: LogIndex;
      readonly last: LogIndex;
      readonly why: 'logBehind' | 'diskLost';
    }
  | {
      readonly kind: 'snapshotReceiving';
      readonly snapshot: SnapshotId;
      readonly from: Address;
      readonly first: LogIndex;
      readonly sizeBytes: number;
      readonly why: 'logBehindSnapshot' | 'diskLost';
    }
  | { readonly kind: 'snapshotInstalled'; readonly snapshot: SnapshotId; readonly sizeBytes: number }
  /** Its file cannot be restored: all of it has to come again. */
  | { readonly kind: 'snapshotNotInstalled'; readonly snapshot: SnapshotId; readonly from: Address }
  | { readonly kind: 'caughtUp'; readonly index: LogIndex }
  | {
      readonly kind: 'standing';
      readonly standing: Standing;
      readonly clusterId: number;
      readonly term: Term;
    }
  /** A peer's or client's message that a correct one would not have sent now; nothing happened. */
  | { readonly kind: 'rejected'; readonly from: Address; readonly reason: string };

export type FollowerReason =
  | 'started'
  | 'newerTerm'
  | 'heardLeader'
  /** A majority refused its vote. */
  | 'lostElection'
  /** Check-quorum: no majority answered within an election timeout (thesis §6.2). */
  | 'lostQuorum'
  /** A follower that recovers from a lost disk needs a newer term. */
  | 'steppedAside';

/** Why a server stands for election: it heard no leader for an election timeout, because … */
export type ElectionReason =
  /** … the one that it followed is silent (§5.2). */
  | 'leaderSilent'
  /** … nobody leads, for the reason for which it follows nobody. */
  | Exclude<FollowerReason, 'heardLeader' | 'steppedAside'>
  /** … its own election found neither a majority nor a leader in time. */
  | 'undecided'
  /** Or at once: the leader asked it to take over (thesis §3.10), */
  | 'handover'
  /** or it leads, and a follower that recovers from a lost disk needs a newer term. */
  | 'rejoin';
