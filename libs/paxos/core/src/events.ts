import type { Address, SnapshotId } from '@synod/actor';
import type { Standing } from '@synod/formation';
import type { AcceptorId, AcceptorSet } from './acceptor-set.js';
import type { Ballot } from './ballot.js';
import type { Decide, Request, Slot } from './messages.js';

/** What observers see: scenario files, invariants and spans use these words. No client's values, ever. */
export type Event = ProposerEvent | AcceptorEvent | Rejected;

export type ProposerEvent =
  | {
      readonly kind: 'becameFollower';
      readonly ballot: Ballot;
      readonly leader: Address | undefined;
      readonly why: FollowerReason;
      /** Whose higher ballot came between. */
      readonly by?: Rival | undefined;
    }
  /** Asks the acceptors whether they would promise. */
  | { readonly kind: 'canvassing'; readonly ballot: Ballot; readonly why: ElectionReason }
  | {
      readonly kind: 'canvassCounted';
      readonly ballot: Ballot;
      readonly acceptor: Address;
      readonly granted: boolean;
    }
  /** Phase 1 begins, for all slots from here on. */
  | { readonly kind: 'preparing'; readonly ballot: Ballot; readonly from: Slot; readonly why: ElectionReason }
  | { readonly kind: 'promiseCounted'; readonly ballot: Ballot; readonly acceptor: Address; readonly through: Slot }
  | { readonly kind: 'becameLeader'; readonly ballot: Ballot; readonly completedBy: Address }
  /** What phase 1 found in these slots is proposed again in our ballot; `noOps` of them held nothing. */
  | {
      readonly kind: 'adopted';
      readonly ballot: Ballot;
      readonly first: Slot;
      readonly last: Slot;
      readonly noOps: number;
    }
  /** A round opens. `requests` are the very messages that were received; none for what was adopted, no-ops and changes of acceptors. */
  | {
      readonly kind: 'proposed';
      readonly ballot: Ballot;
      readonly first: Slot;
      readonly last: Slot;
      readonly sizeBytes: number;
      /** Whose votes count. */
      readonly acceptors: readonly AcceptorId[];
      readonly requests: readonly { readonly from: Address; readonly request: Request }[];
    }
  /** The leader counts an acceptor's vote for these slots. */
  | {
      readonly kind: 'voteCounted';
      readonly ballot: Ballot;
      readonly acceptor: Address;
      readonly first: Slot;
      readonly last: Slot;
    }
  /** A phase-2 quorum has accepted; `completedBy` completed it. */
  | {
      readonly kind: 'valueChosen';
      readonly ballot: Ballot;
      readonly first: Slot;
      readonly last: Slot;
      readonly completedBy: Address;
    }
  /** This proposer knows what is chosen through `last`; `from` told it, itself if it leads. */
  | { readonly kind: 'learned'; readonly first: Slot; readonly last: Slot; readonly from: Address }
  | { readonly kind: 'applied'; readonly first: Slot; readonly last: Slot; readonly sizeBytes: number }
  /** A client's command lost its slot to another value. `again`: we lead once more, and it is proposed in another slot. */
  | { readonly kind: 'lostSlot'; readonly slot: Slot; readonly again: boolean }
  | { readonly kind: 'readRoundBegan'; readonly ballot: Ballot; readonly round: number; readonly reads: number }
  | {
      readonly kind: 'readRoundConfirmed';
      readonly ballot: Ballot;
      readonly round: number;
      readonly completedBy: Address;
    }
  /** A change of the acceptors is chosen and will be in force from this slot on. */
  | { readonly kind: 'reconfigured'; readonly set: AcceptorSet; readonly from: Slot }
  /** The registers belong to these acceptors from now on. */
  | { readonly kind: 'registersMoved'; readonly set: AcceptorSet }
  /** Acceptors are asked what they have accepted in a register, for clients who only want to know; `attempt` counts from 1. */
  | {
      readonly kind: 'registerAsking';
      readonly key: string;
      readonly attempt: number;
      /** The very messages that were received. */
      readonly requests: readonly Decide[];
    }
  | { readonly kind: 'registerAskCounted'; readonly key: string; readonly acceptor: Address }
  /** `nothing`: none is chosen; `accepted`: a round finds out; or clients are told to come back. */
  | { readonly kind: 'registerAskEnded'; readonly key: string; readonly why: 'nothing' | 'accepted' | 'unavailable' }
  /** A round of single-decree Paxos begins; `attempt` counts from 1. */
  | {
      readonly kind: 'registerPreparing';
      readonly key: string;
      readonly ballot: Ballot;
      readonly attempt: number;
      /** The very messages that were received. */
      readonly requests: readonly Decide[];
    }
  /** A wish shares the round under way, which is in phase 2 when it has proposed; its ballot is 0 while it waits for its next attempt. */
  | {
      readonly kind: 'registerJoined';
      readonly key: string;
      readonly ballot: Ballot;
      readonly hasProposed: boolean;
      /** The very message that was received. */
      readonly request: Decide;
    }
  | {
      readonly kind: 'registerCounted';
      readonly phase: 'promise' | 'accept';
      readonly key: string;
      readonly ballot: Ballot;
      readonly acceptor: Address;
    }
  /** Phase 2 begins. `adopted`: the value was accepted before; what the client wanted is not proposed. */
  | {
      readonly kind: 'registerAccepting';
      readonly key: string;
      readonly ballot: Ballot;
      readonly adopted: boolean;
      readonly completedBy: Address;
    }
  | {
      readonly kind: 'registerDecided';
      readonly key: string;
      readonly ballot: Ballot;
      readonly completedBy: Address;
    }
  /** No value is chosen, or clients are told to come back. */
  | { readonly kind: 'registerEnded'; readonly key: string; readonly why: 'undecided' | 'tooLarge' | 'unavailable' }
  | { readonly kind: 'registerPreempted'; readonly key: string; readonly ballot: Ballot; readonly by: Ballot }
  | { readonly kind: 'handingOver'; readonly ballot: Ballot; readonly to: Address }
  /** Asks another proposer what was chosen from this slot on, as others know it through there. */
  | {
      readonly kind: 'catchingUp';
      readonly from: Address;
      readonly slot: Slot;
      readonly through: Slot;
      readonly why: 'missedValues' | 'emptyDisk';
    }
  | { readonly kind: 'snapshotTaken'; readonly snapshot: SnapshotId; readonly sizeBytes: number }
  /** What was chosen from this slot on can only be had as a snapshot. */
  | {
      readonly kind: 'snapshotFetching';
      readonly snapshot: SnapshotId;
      readonly from: Address;
      readonly slot: Slot;
      readonly why: 'behindSnapshot' | 'emptyDisk';
    }
  | { readonly kind: 'snapshotGivenUp'; readonly from: Address; readonly why: 'silent' | 'replaced' | 'notInstalled' }
  | { readonly kind: 'snapshotInstalled'; readonly snapshot: SnapshotId; readonly sizeBytes: number }
  /** Knows all that others knew when it began to ask. */
  | { readonly kind: 'caughtUp'; readonly slot: Slot }
  /** So many of its acceptors are of another group that it serves nobody any more; `by`: that group. */
  | { readonly kind: 'outlived'; readonly by: number }
  /** It knows who founded the group: it may propose. */
  | { readonly kind: 'founded'; readonly clusterId: number; readonly founding: AcceptorSet };

export type AcceptorEvent =
  | { readonly kind: 'standing'; readonly standing: Standing; readonly clusterId: number; readonly disk: number }
  | { readonly kind: 'canvassAnswered'; readonly ballot: Ballot; readonly granted: boolean }
  | { readonly kind: 'promiseGiven'; readonly ballot: Ballot; readonly proposer: Address }
  | {
      readonly kind: 'voteCast';
      readonly ballot: Ballot;
      readonly first: Slot;
      readonly last: Slot;
      readonly proposer: Address;
    }
  | {
      readonly kind: 'refused';
      readonly phase: 'canvass' | 'prepare' | 'accept';
      readonly ballot: Ballot;
      readonly promised: Ballot;
    }
  | { readonly kind: 'trimmed'; readonly through: Slot }
  | { readonly kind: 'registerPromiseGiven'; readonly key: string; readonly ballot: Ballot }
  | { readonly kind: 'registerVoteCast'; readonly key: string; readonly ballot: Ballot };

/** A peer's or client's message that a correct one would not have sent now; nothing happened. */
export interface Rejected {
  readonly kind: 'rejected';
  readonly from: Address;
  readonly reason: string;
}

export interface Rival {
  readonly proposer: Address;
  readonly ballot: Ballot;
}

export type FollowerReason =
  | 'started'
  /** An acceptor has promised a higher ballot, or a leader of one was heard. */
  | 'preempted'
  | 'heardLeader'
  /** No phase-1 quorum would promise, or answered in time. */
  | 'notPromised'
  /** No phase-2 quorum answered within an election timeout. */
  | 'lostQuorum'
  /** The acceptors have trimmed what this proposer has not learned. */
  | 'behind'
  /** It handed over. */
  | 'handedOver';

/** Why a proposer stands for leader: it heard none for an election timeout, because … */
export type ElectionReason =
  /** … the one that it followed is silent. */
  | 'leaderSilent'
  /** … nobody leads, for the reason for which it follows nobody. */
  | Exclude<FollowerReason, 'heardLeader' | 'handedOver'>
  /** Or at once: the leader asked it to take over. */
  | 'handover';
