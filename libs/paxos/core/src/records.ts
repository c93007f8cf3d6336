import type { SnapshotId } from '@synod/actor';
import type { EntryBatch } from '@synod/log';
import type { AcceptorSet } from './acceptor-set.js';
import type { Ballot } from './ballot.js';
import type { Register, Slot } from './messages.js';

/** What survives a crash. */
export type Record = AcceptorRecord | ProposerRecord;
export type AcceptorRecord = AcceptorState | Vote | RegisterVote | AcceptorMark;
export type ProposerRecord = ProposerState | ChosenValues | ProposerMark;

/** An acceptor's promise, and who it is. */
export interface AcceptorState {
  readonly kind: 'acceptorState';
  readonly standing: 'formed' | 'active';
  readonly clusterId: number;
  readonly disk: number;
  /** Undefined for an acceptor that joined after the group was founded. */
  readonly founding: AcceptorSet | undefined;
  /** No ballot below this one is accepted; 0 promises nothing. Never lowered; each vote raises it to its ballot as well. */
  readonly promised: Ballot;
  readonly trimmedThrough: Slot;
  /** The version of the acceptor set in whose time the registers are; 0 for an acceptor that was given none yet. */
  readonly registersEpoch: number;
  /** What is promised to all registers, for those whose own promises were forgotten. */
  readonly registerFloor: Ballot;
}

/**
 * Values accepted in the ballot that is the batch's era: the promise that goes with it, in the same record. `number` counts
 * the votes of this journal from 1; what the journal calls a position is this, since slots need not come in order.
 */
export interface Vote {
  readonly kind: 'vote';
  readonly number: number;
  readonly batch: EntryBatch;
}

/** What is promised and accepted in one register, as a whole: the last record of a key counts. Numbered as votes are. */
export interface RegisterVote {
  readonly kind: 'registerVote';
  readonly number: number;
  readonly register: Register;
}

/** Repeats the state, so that everything before this record may be dropped but votes that are still needed. */
export interface AcceptorMark {
  readonly kind: 'acceptorMark';
  /** The last vote's number. */
  readonly number: number;
  /** All registers as of the vote that is its index; undefined when there were none. */
  readonly snapshot: SnapshotId | undefined;
  readonly state: AcceptorState;
}

/** A proposer's rounds and what it knows of its group. */
export interface ProposerState {
  readonly kind: 'proposerState';
  /** The place among the proposers that was used with these rounds: another one would use others' ballots. */
  readonly number: number;
  /** Rounds through this one may have been used; never used again. */
  readonly round: number;
  /** No former life, whose disk was lost, may have used a round above it. */
  readonly remembers: boolean;
  readonly clusterId: number;
  readonly founding: AcceptorSet;
}

/** What was chosen in the batch's slots; in order, without gaps. Kept for ourselves and for proposers that are behind. */
export interface ChosenValues {
  readonly kind: 'chosenValues';
  readonly batch: EntryBatch;
}

/** A snapshot file is durable; repeats the state and the acceptors of the slots after it, so that all before may be dropped. */
export interface ProposerMark {
  readonly kind: 'proposerMark';
  readonly snapshot: SnapshotId;
  readonly sizeBytes: number;
  readonly state: ProposerState;
  readonly sets: readonly { readonly from: Slot; readonly set: AcceptorSet }[];
  /** The acceptors of the registers. */
  readonly registers: AcceptorSet;
}
