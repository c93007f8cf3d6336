import type { Address, Beat, Chunk, SnapshotId } from '@synod/actor';
import type { Activate, Form, Formed, Hello, HelloReply } from '@synod/formation';
import type { EntryBatch } from '@synod/log';
import type { AcceptorSet } from './acceptor-set.js';
import type { Ballot } from './ballot.js';
import type {
  RegisterPrepare,
  RegisterAsk,
  RegisterTold,
  RegisterPromised,
  RegisterAccept,
  RegisterAccepted,
  RegisterNack,
  FreezeRegisters,
  RegistersPage,
  StoreRegisters,
  RegistersStored,
} from './register-messages.js';

export type * from './register-messages.js';

/**
 * A position of the replicated log: each is one instance of the single-decree protocol ("the ith instance", Paxos Made
 * Simple §3). The first one is 1.
 */
export type Slot = number;

/**
 * What proposers and acceptors say to each other. `from` is the transport's authenticated sender, so no message repeats it. Every one
 * names the sender's group by its `clusterId`, so that nothing passes from a group to the one that the same names found after it; but
 * for those by which a group is found (hello, canvass).
 */
export type PeerMessage =
  | Canvass
  | CanvassReply
  | Prepare
  | Promised
  | Accept
  | Accepted
  | Nack
  | Progress
  | Learn
  | Chosen
  | SnapshotOffer
  | FetchChunk
  | SnapshotChunk
  | TakeOver
  | Join
  | RegisterAsk
  | RegisterTold
  | RegisterPrepare
  | RegisterPromised
  | RegisterAccept
  | RegisterAccepted
  | RegisterNack
  | FreezeRegisters
  | RegistersPage
  | StoreRegisters
  | RegistersStored
  | Hello
  | HelloReply
  | Form
  | Formed
  | Activate;

export type ClientMessage = Request | Read | Reconfigure | Decide | Reply;

export type Message = PeerMessage | ClientMessage;

/**
 * Proposer → acceptors: would you promise this ballot? Asked before phase 1, so that nobody raises a ballot over a leader that
 * a quorum still hears (README, "Departures").
 */
export interface Canvass {
  readonly kind: 'canvass';
  readonly ballot: Ballot;
  /** The asker's incarnation; the answer repeats it. */
  readonly nonce: number;
}

export interface CanvassReply {
  readonly kind: 'canvassReply';
  readonly nonce: number;
  readonly ballot: Ballot;
  readonly granted: boolean;
  /** The answering acceptor's disk, and its highest promise. */
  readonly disk: number;
  readonly promised: Ballot;
  /** Who founded the group, as the answering acceptor has it on disk; undefined when it joined later. */
  readonly founding: AcceptorSet | undefined;
  readonly clusterId: number;
}

/** Phase 1a, proposer → acceptors, once for all slots from `from` on. Repeated with a later `from` it asks for the next page. */
export interface Prepare {
  readonly kind: 'prepare';
  readonly ballot: Ballot;
  readonly from: Slot;
  /** The sender's group, here and in what follows: acceptors that were all emptied and founded another one are none of its acceptors. */
  readonly clusterId: number;
}

/**
 * Phase 1b, acceptor → proposer: no ballot below this one will be accepted, and these are the values accepted in the slots
 * from…through, each with its ballot. A slot in that range that is not among them has none here.
 */
export interface Promised {
  readonly kind: 'promised';
  readonly ballot: Ballot;
  readonly disk: number;
  readonly from: Slot;
  readonly through: Slot;
  /** The last slot with an accepted value; when it is not above `through` this was the last page. */
  readonly last: Slot;
  /** Values through this slot are chosen and gone from here: proposers have them. */
  readonly trimmedThrough: Slot;
  readonly clusterId: number;
  /** In the order of their slots; `era` is the ballot in which the values were accepted. */
  readonly batches: readonly EntryBatch[];
}

/** Phase 2a, leader → acceptors, and to the other proposers, who learn from it. Without batches it is a heartbeat. */
export interface Accept {
  readonly kind: 'accept';
  readonly ballot: Ballot;
  /** All slots through here are chosen; in each, what this ballot proposed there, if it did, is what was chosen. */
  readonly chosenThrough: Slot;
  /** Enough proposers have these on disk: acceptors need not keep them. */
  readonly trimThrough: Slot;
  /** The leader's latest read round; the answer repeats it. Never reused within a ballot. */
  readonly round: number;
  readonly clusterId: number;
  /** At contiguous slots; `era` is the ballot. */
  readonly batches: readonly EntryBatch[];
  /** Of a heartbeat; an echo for every other proposer, in the proposers' order (proposer/freshness.ts). */
  readonly beat?: Beat | undefined;
}

/** Phase 2b, acceptor → leader: the values of the very message that is answered are on its disk. */
export interface Accepted {
  readonly kind: 'accepted';
  readonly ballot: Ballot;
  readonly disk: number;
  readonly round: number;
  /** The slots that the answered message carried; 0 and 0 for a heartbeat. */
  readonly first: Slot;
  readonly last: Slot;
  /** Bytes of values this acceptor holds because they are not trimmed. */
  readonly heldBytes: number;
  /** In which acceptor set's time its registers are. */
  readonly registersEpoch: number;
  /** To a heartbeat: its own time. Else 0. */
  readonly echo: number;
  readonly clusterId: number;
}

/** Acceptor → proposer: I promised a higher ballot. */
export interface Nack {
  readonly kind: 'nack';
  /** The ballot that is refused. */
  readonly ballot: Ballot;
  readonly promised: Ballot;
  readonly disk: number;
  readonly clusterId: number;
}

/** Proposer → leader, with every beat: how far its own disk has what is chosen. */
export interface Progress {
  readonly kind: 'progress';
  readonly ballot: Ballot;
  readonly durableThrough: Slot;
  /** The sender's clock. */
  readonly at: number;
  readonly clusterId: number;
}

/** Proposer → proposer: what was chosen from this slot on? */
export interface Learn {
  readonly kind: 'learn';
  readonly from: Slot;
  readonly clusterId: number;
}

/** The answer: values at contiguous slots, the first one at the asked slot; none when there is no news. */
export interface Chosen {
  readonly kind: 'chosen';
  readonly from: Slot;
  readonly batches: readonly EntryBatch[];
  /** How far the sender knows what is chosen. */
  readonly chosenThrough: Slot;
  readonly clusterId: number;
}

/** The answer when the asked slot is cut away: a snapshot to be fetched. */
export interface SnapshotOffer {
  readonly kind: 'snapshotOffer';
  readonly snapshot: SnapshotId;
  /** The acceptors of the slots after the snapshot, as far as they are known there. */
  readonly sets: readonly { readonly from: Slot; readonly set: AcceptorSet }[];
  /** The acceptors of the registers. */
  readonly registers: AcceptorSet;
  readonly clusterId: number;
}

export interface FetchChunk {
  readonly kind: 'fetchChunk';
  readonly snapshot: SnapshotId;
  readonly offset: number;
  readonly clusterId: number;
}

export interface SnapshotChunk {
  readonly kind: 'snapshotChunk';
  readonly snapshot: SnapshotId;
  readonly offset: number;
  /** Undefined: there is no such snapshot any more; ask anew. */
  readonly chunk: Chunk | undefined;
  readonly clusterId: number;
}

/** Leader → proposer: prepare at once, I am going. */
export interface TakeOver {
  readonly kind: 'takeOver';
  readonly ballot: Ballot;
  readonly clusterId: number;
}

/** Acceptor → proposers: I have a disk of my own and nobody counts it; here it is. */
export interface Join {
  readonly kind: 'join';
  readonly disk: number;
  readonly clusterId: number;
}

/** One client batch, opaque until executed: one slot's value. */
export interface Request {
  readonly kind: 'request';
  /** The client connection's token: the reply's subject ends with it. */
  readonly client: string;
  readonly session: number;
  readonly sequence: number;
  /** The whole batch as the client encoded it; becomes the value. */
  readonly bytes: Uint8Array;
}

/** One batch of queries. `linearizable` is answered by the leader, `stale` and `discover` by whoever is asked. */
export interface Read {
  readonly kind: 'read';
  readonly client: string;
  readonly sequence: number;
  readonly level: 'linearizable' | 'stale' | 'discover';
  /** For `stale`: refuse when the answer would have a higher age. 0 is no bound. */
  readonly maxAgeMs: number;
  readonly queries: Uint8Array;
}

/** From the admin: other acceptors. One change at a time; it names the set that it changes. */
export interface Reconfigure {
  readonly kind: 'reconfigure';
  readonly client: string;
  readonly sequence: number;
  /** The version of the set that is to be changed: two that do not know of each other cannot both succeed. */
  readonly version: number;
  readonly add: readonly Address[];
  readonly remove: readonly Address[];
  /** Majorities when not given. */
  readonly phase1?: number | undefined;
  readonly phase2?: number | undefined;
  /** Also acceptors that are silent are added. */
  readonly force?: boolean | undefined;
}

/** A client's: let this be the register's value, unless one is chosen; or, without a value: what was chosen? */
export interface Decide {
  readonly kind: 'decide';
  readonly client: string;
  readonly sequence: number;
  /** 1 to 128 of A–Z a–z 0–9 . _ / - */
  readonly key: string;
  readonly value: Uint8Array | undefined;
}

export interface Reply {
  readonly kind: 'reply';
  readonly client: string;
  /** Repeats the request's session (0 for others) and sequence. */
  readonly session: number;
  readonly sequence: number;
  readonly answer:
    | {
        readonly kind: 'results';
        /** Encoded by the state machine's codec. */
        readonly results: Uint8Array;
        /** The slot of the request, or of the state that was read. */
        readonly index: Slot;
        readonly ballot: Ballot;
        /**
         * For `stale` reads: so many milliseconds ago, by this proposer's clock, what was read held all that anybody knew to be chosen.
         * Else 0.
         */
        readonly ageMs: number;
      }
    | {
        readonly kind: 'discovery';
        readonly replica: Address;
        readonly role: string;
        readonly leader: Address | undefined;
        /** Tells a client which of two answers about the leader is newer. */
        readonly ballot: Ballot;
        readonly members: readonly Address[];
      }
    /** In force from this slot on. */
    | { readonly kind: 'reconfigured'; readonly set: AcceptorSet; readonly from: Slot }
    /** The register's one value, whoever proposed it; undefined: none is chosen. */
    | { readonly kind: 'decided'; readonly value: Uint8Array | undefined; readonly ballot: Ballot }
    | {
        readonly kind: 'refused';
        readonly reason: RefusalReason;
        readonly ballot: Ballot;
        /** For `notLeader`, `steppedDown` and `lost`: whom to ask instead, if known. */
        readonly leader?: Address | undefined;
        readonly retryAfterMs?: number;
        /** Of a change of the acceptors, for people: what is wrong with it (`malformed`), or what it waits for (`unavailable`). */
        readonly detail?: string;
      };
}

/**
 * `notLeader`: ask `leader`. `overloaded`: a bound is reached, try again later. `tooLarge`: never accepted. `noQuorum`: this
 * proposer is too stale. `unavailable`: starting or stopping, or of a register: not decided, but may be yet. `steppedDown`: proposed here, may still be chosen, its outcome is
 * open. `lost`: its slot was given to another value, it was surely not executed: ask again. `malformed`: see `detail`.
 */
export type RefusalReason =
  | 'notLeader'
  | 'overloaded'
  | 'tooLarge'
  | 'noQuorum'
  | 'unavailable'
  | 'steppedDown'
  | 'lost'
  | 'malformed';
