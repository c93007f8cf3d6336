import type { Ballot } from './ballot.js';

/**
 * Single-decree Paxos, an instance for each register, known by its key: a write-once value. Phase 1a of one instance; `epoch` is
 * the version of the acceptor set that the registers belong to at that time, in all register messages; `clusterId` is the group that
 * founded it.
 */
export interface RegisterPrepare {
  readonly kind: 'registerPrepare';
  readonly key: string;
  readonly ballot: Ballot;
  readonly epoch: number;
  readonly clusterId: number;
  /** A promise is wanted of those without room, too. */
  readonly insists: boolean;
}

/** Proposer → acceptors: what have you accepted in this register? It asks for no promise, so it changes nothing. */
export interface RegisterAsk {
  readonly kind: 'registerAsk';
  readonly key: string;
  readonly epoch: number;
  readonly clusterId: number;
  /** Never used before by this proposer, in whatever life. */
  readonly nonce: number;
}

/** What is on the acceptor's disk. Not the value: whether it was chosen is for a round to find out. */
export interface RegisterTold {
  readonly kind: 'registerTold';
  readonly key: string;
  readonly epoch: number;
  readonly clusterId: number;
  /** That of the question. */
  readonly nonce: number;
  readonly disk: number;
  /** The ballot of the accepted value; 0 when there is none. */
  readonly accepted: Ballot;
}

/** Phase 1b: the promise, with what was accepted, if anything was. */
export interface RegisterPromised {
  readonly kind: 'registerPromised';
  readonly key: string;
  readonly ballot: Ballot;
  readonly epoch: number;
  readonly clusterId: number;
  readonly disk: number;
  /** The ballot of the accepted value; 0 when there is none. */
  readonly accepted: Ballot;
  readonly value: Uint8Array;
  /** Nothing is accepted, and there is no room for a value that nobody has accepted. */
  readonly isFull: boolean;
}

/** Phase 2a. */
export interface RegisterAccept {
  readonly kind: 'registerAccept';
  readonly key: string;
  readonly ballot: Ballot;
  readonly epoch: number;
  readonly clusterId: number;
  readonly value: Uint8Array;
  /** Phase 1 has found that it was accepted: it may be chosen. */
  readonly adopted: boolean;
}

/** Phase 2b. */
export interface RegisterAccepted {
  readonly kind: 'registerAccepted';
  readonly key: string;
  readonly ballot: Ballot;
  readonly epoch: number;
  readonly clusterId: number;
  readonly disk: number;
}

/** What was asked is not done; or, of a question, which has no ballot, not answered. */
export interface RegisterNack {
  readonly kind: 'registerNack';
  readonly key: string;
  /** 0: a question was asked. */
  readonly ballot: Ballot;
  readonly promised: Ballot;
  /** The acceptor's own epoch. */
  readonly epoch: number;
  /**
   * `promised`: a higher ballot; `epoch`: the registers are in another acceptor set's time; `full`: no more registers, and in this one
   * nothing is accepted, and now nothing promised.
   */
  readonly why: 'promised' | 'epoch' | 'full';
  readonly clusterId: number;
}

/** What an acceptor knows of one register. */
export interface Register {
  readonly key: string;
  readonly promised: Ballot;
  /** 0 when nothing is accepted. */
  readonly accepted: Ballot;
  readonly value: Uint8Array;
}

/**
 * The acceptors have changed and the registers move to the new ones: leader → old acceptors: take part in no older epoch any more,
 * and tell what you have, from the key after this one on.
 */
export interface FreezeRegisters {
  readonly kind: 'freezeRegisters';
  readonly ballot: Ballot;
  readonly epoch: number;
  readonly clusterId: number;
  readonly after: string;
}

export interface RegistersPage {
  readonly kind: 'registersPage';
  readonly ballot: Ballot;
  readonly epoch: number;
  readonly clusterId: number;
  readonly disk: number;
  readonly after: string;
  /** In the order of their keys. */
  readonly registers: readonly Register[];
  readonly isLast: boolean;
  /** What is promised to all registers, those that are not told included. */
  readonly floor: Ballot;
}

/** Leader → new acceptors: what the old ones had. `part` numbers the messages of one move from 0. */
export interface StoreRegisters {
  readonly kind: 'storeRegisters';
  readonly ballot: Ballot;
  readonly epoch: number;
  readonly clusterId: number;
  readonly part: number;
  readonly registers: readonly Register[];
  /** What any of the old acceptors has promised to all registers. */
  readonly floor: Ballot;
}

export interface RegistersStored {
  readonly kind: 'registersStored';
  readonly ballot: Ballot;
  readonly epoch: number;
  readonly clusterId: number;
  readonly disk: number;
  readonly part: number;
}
