import { Outbox, none } from '@synod/actor';
import type { Address, SnapshotId, Token } from '@synod/actor';
import type { FormationState, HelloReply, Standing } from '@synod/formation';
import type { AcceptorSet } from '../acceptor-set.js';
import { greatestRound, proposerOfBallot, roundOfBallot } from '../ballot.js';
import type { Ballot } from '../ballot.js';
import type { AcceptorConfiguration } from '../configuration.js';
import type { Register, Slot } from '../messages.js';
import type { AcceptorState } from '../records.js';
import type { PaxosVocabulary } from '../vocabulary.js';
import { RegisterTable } from './register-table.js';
import type { Held } from './vote-log.js';
import { VoteLog } from './vote-log.js';

/** A page of a promise whose values come from the journal. */
export interface Report {
  readonly to: Address;
  readonly ballot: Ballot;
  readonly from: Slot;
  readonly held: readonly Held[];
}

/** An acceptor's whole state: what it promised and what it accepted, kept apart (Paxos Made Simple §2.5). */
export class Acceptor implements FormationState {
  readonly out = new Outbox<PaxosVocabulary>();
  /** The stamp of the input that is being handled. */
  now = 0;

  // On disk.
  standing: Standing = 'empty';
  clusterId = 0;
  disk = 0;
  founding: AcceptorSet | undefined;
  promised: Ballot = 0;
  trimmedThrough: Slot = 0;
  /** The acceptor set in whose time our registers are; 0 until a leader brings a new acceptor what the old ones had. */
  registersEpoch = 0;
  readonly registers: RegisterTable;
  readonly votes: VoteLog;

  // In memory.
  incarnation = 0;
  readonly answers = new Map<Address, HelloReply>();
  /** When the proposer that we promised the highest ballot was last heard. */
  heardLeaderAt = Number.NEGATIVE_INFINITY;
  durableToken: Token = none;
  /** What our promise rests on. */
  promiseToken: Token = none;
  /** Pages under way, by the id of their log read. */
  readonly reports = new Map<number, Report>();
  /** The highest ballot promised in any register. */
  highestRegisterBallot: Ballot = 0;
  /** Set while the registers come from their snapshot after a start: what was voted since it was taken. */
  restoring: { readonly id: number; readonly since: readonly Register[] } | undefined;
  /** Bytes of votes written since the last mark. */
  bytesSinceMark = 0;
  takingSnapshot: number | undefined;
  /** A mark; when it is durable, votes through `unneeded` may go, and every snapshot but its own. */
  marked: { readonly token: Token; readonly unneeded: number; readonly snapshot: SnapshotId | undefined } | undefined;
  stopping = false;
  /** Proposers that use ballots which are another one's here, or nobody's: we have not the same list of proposers, in the same order. */
  readonly misnumbered = new Map<Address, Address | undefined>();
  /** How often this life has asked to join; and whether it has heard that its disk is one of those that count. */
  joins = 0;
  isCounted = false;

  constructor(readonly configuration: AcceptorConfiguration) {
    const { recentBytes, registerPromises } = configuration.limits;
    this.votes = new VoteLog(recentBytes);
    this.registers = new RegisterTable(registerPromises);
  }

  get self(): Address {
    return this.configuration.self;
  }

  /** A ballot is its proposer's own; nobody else may use it, and none is beyond what elections can ever reach. */
  mayUse(proposer: Address, ballot: Ballot): boolean {
    const { proposers } = this.configuration;
    const owner = proposers[proposerOfBallot(ballot)];
    if (owner !== proposer && proposers.includes(proposer)) this.misnumbered.set(proposer, owner);
    else if (this.misnumbered.size > 0) this.misnumbered.delete(proposer);
    return roundOfBallot(ballot) <= greatestRound && owner === proposer;
  }

  /**
   * May this one's request concern us? Not before we are active. Nor when it is of a group whose acceptors had our names, and whose
   * disks were all lost: what its proposers know was chosen by others, and nothing more is to be chosen there. They get no answer,
   * so a leader gives up for want of a quorum, and learns when it asks why (`onCanvass`).
   *
   * @paper departure: an acceptor is a disk (README)
   */
  serves(from: Address, { clusterId }: { readonly clusterId: number }): boolean {
    if (this.standing !== 'active') return false;
    if (clusterId === this.clusterId) return true;
    this.reject(from, 'ofAnotherCluster');
    return false;
  }

  reject(from: Address, reason: string): void {
    this.out.observe({ kind: 'rejected', from, reason });
  }
}

/** What the next life must know besides its votes. */
export function stateOf(acceptor: Acceptor): AcceptorState {
  const { standing, clusterId, disk, founding, promised, trimmedThrough, registersEpoch, registers } = acceptor;
  return {
    kind: 'acceptorState',
    standing: standing === 'active' ? 'active' : 'formed',
    clusterId,
    disk,
    founding,
    promised,
    trimmedThrough,
    registersEpoch,
    registerFloor: registers.floor,
  };
}

export function persistState(acceptor: Acceptor): void {
  acceptor.promiseToken = acceptor.out.persist(stateOf(acceptor));
}
