import { LifeClock, Outbox, none } from '@synod/actor';
import type { Address, Awaited, SnapshotId, Token } from '@synod/actor';
import type { ReplicatedService } from '@synod/state-machine';
import type { AcceptorSet, AcceptorSets } from '../acceptor-set.js';
import { isAmong } from '../acceptor-set.js';
import { ballot, greatestRound, proposerOfBallot, roundOfBallot } from '../ballot.js';
import type { Ballot } from '../ballot.js';
import type { ProposerConfiguration } from '../configuration.js';
import type { ElectionReason, FollowerReason } from '../events.js';
import type { CanvassReply, Read, Reconfigure, Request, Slot, SnapshotOffer } from '../messages.js';
import type { PaxosVocabulary } from '../vocabulary.js';
import { ChosenLog } from './chosen-log.js';
import { HeardValues } from './heard-values.js';
import type { Instances } from './instances.js';
import type { PromiseBook } from './promise-book.js';
import type { RegisterMove } from './register-move.js';
import { DecidedRegisters } from './decided-registers.js';
import type { RegisterRead } from './register-reads.js';
import type { RegisterRound } from './registers.js';

export type Role = Follower | Canvassing | Preparing | Leader;

export interface Follower {
  readonly kind: 'follower';
  /** When it follows nobody, why nobody leads as far as it knows. */
  readonly why: FollowerReason;
}

/** Asks whether a ballot would be promised, before raising one. */
export interface Canvassing {
  readonly kind: 'canvassing';
  readonly ballot: Ballot;
  readonly why: ElectionReason;
  readonly answers: Map<Address, CanvassReply>;
}

/** Phase 1. */
export interface Preparing {
  readonly kind: 'preparing';
  readonly ballot: Ballot;
  readonly promises: PromiseBook;
  readonly since: number;
}

/** Phase 2. */
export interface Leader {
  readonly kind: 'leader';
  readonly ballot: Ballot;
  readonly promises: PromiseBook;
  /** The next slot to propose in. */
  next: Slot;
  readonly instances: Instances;
  /** What the leader knows of each acceptor that answers. */
  readonly heard: Map<Address, HeardAcceptor>;
  /** The set in force that must answer, and since when it is the one. */
  quorum: { readonly version: number; readonly since: number };
  /** How far other proposers have what is chosen on disk, and when they said so. */
  readonly progress: Map<Address, { readonly durableThrough: Slot; readonly at: number }>;
  /** Of each other proposer's clock, what it is told back; 0: nothing. */
  readonly echoes: Map<Address, Awaited>;
  trimThrough: Slot;
  /** Requests and their bytes that the present turn has gathered. */
  gathered: WaitingRequest[];
  gatheredBytes: number;
  readonly reads: ReadQueue;
  /** The change of acceptors under way: proposed, not executed. */
  change: Change | undefined;
  handOver: { readonly to: Address } | undefined;
  /** The registers on their way to other acceptors. */
  move: RegisterMove | undefined;
  /** What phase 1 found is proposed again, and what we proposed in earlier ballots and it did not find is lost. */
  hasAdopted: boolean;
}

export interface HeardAcceptor {
  readonly disk: number;
  at: number;
  /** The highest read round it has echoed in this ballot. */
  round: number;
  heldBytes: number;
  registersEpoch: number;
  /** By the leader's clock: it had promised no higher ballot then, as its answer to what was sent then has shown. */
  inBallotAt: number;
}

export interface Change {
  readonly slot: Slot;
  readonly set: AcceptorSet;
  /** Who asked; undefined when an acceptor came back with a new disk. */
  readonly asked: { readonly from: Address; readonly message: Reconfigure } | undefined;
}

export interface WaitingRequest {
  readonly from: Address;
  readonly request: Request;
  /** The last slot in which it was proposed before and may be chosen, as long as that is not decided; 0 when in none. */
  readonly openIn: Slot;
}

export interface WaitingRead {
  readonly from: Address;
  readonly read: Read;
}

export interface ReadQueue {
  /** Read rounds are numbered from 1 within a ballot and never reused. */
  round: number;
  /** Came since the round under way began: for the next one. */
  gathered: WaitingRead[];
  /** What the round under way confirms, by which acceptors, and how far was chosen when it began. */
  confirming:
    | {
        readonly round: number;
        readonly readSlot: Slot;
        readonly set: AcceptorSet;
        readonly reads: readonly WaitingRead[];
      }
    | undefined;
  /** Confirmed, waiting for the state machine. */
  confirmed: { readonly readSlot: Slot; readonly reads: readonly WaitingRead[] }[];
}

/** A snapshot on its way from another proposer. */
export interface Fetching {
  readonly offer: SnapshotOffer;
  readonly from: Address;
  totalBytes: number | undefined;
  heldBytes: number;
  /** The next offset to ask for. */
  next: number;
  heldAtLastBeat: number;
  silentBeats: number;
  /** Chunk writes under way. */
  readonly writing: Set<number>;
}

/** A proposer's whole state. */
export class Proposer {
  readonly out = new Outbox<PaxosVocabulary>();
  readonly others: readonly Address[];
  /** Our place among the proposers, and in our ballots. */
  readonly number: number;
  /** The stamp of the input that is being handled. */
  now = 0;

  // On disk.
  /** Rounds through this one may have been used, and none above; 0 when our disk knows of none, which a lost one does not either. */
  round = 0;
  clusterId = 0;
  /** Undefined until an acceptor has told who founded the group. */
  founding: AcceptorSet | undefined;
  sets: AcceptorSets | undefined;
  /** The acceptors of the registers: the log's, but for the time in which registers move after a change. */
  registerSet: AcceptorSet | undefined;
  snapshot: SnapshotId | undefined;
  readonly chosen: ChosenLog;

  // In memory.
  role: Role = { kind: 'follower', why: 'started' };
  /** The highest ballot that was heard of. */
  highest: Ballot = 0;
  /** Who leads, and in which ballot, as far as we know. */
  leader: Address | undefined;
  leaderBallot: Ballot = 0;
  heardLeaderAt = Number.NEGATIVE_INFINITY;
  readonly clock = new LifeClock();
  /** All that anybody knew to be chosen then is executed here. */
  currentAt = Number.NEGATIVE_INFINITY;
  /** Attempts to lead that failed in a row: each doubles the wait for the next one. */
  failures = 0;
  /** Canvasses in a row that were in vain: from the second one on they double it, too. */
  refusals = 0;
  /** What the present leader proposed and has not said to be chosen. */
  readonly heard: HeardValues;
  incarnation = 0;
  stopping = false;
  durableToken: Token = none;
  /** Acceptors that say they have a disk that nobody counts. */
  readonly joining = new Map<Address, number>();

  // Registers.
  readonly registerRounds = new Map<string, RegisterRound>();
  readonly registerReads = new Map<string, RegisterRead>();
  readonly decidedRegisters = new DecidedRegisters();
  /** The latest question to acceptors for registers. */
  registerNonce = 0;
  /** The last round that was used for a register; `round` is reserved on disk beyond it. */
  registerRound = 0;
  /** The highest ballot that was heard of in any register. */
  highestRegister: Ballot = 0;
  registerTimerRuns = false;
  /** The leader of this ballot has asked us to take over. */
  takesOverFrom: Ballot | undefined;
  /** `round` is above every one that a former life of ours may have used. */
  remembers = false;
  /** When we last asked who founded the group because a leader was heard. */
  askedFoundingAt = Number.NEGATIVE_INFINITY;
  /** Acceptors that have said in this life that they are of another group. */
  readonly ofOthers = new Set<Address>();
  /** What acceptors have told first, in this life, of the highest ballot that their disk has promised. */
  readonly census = new Map<
    Address,
    { readonly disk: number; readonly clusterId: number; readonly promised: Ballot }
  >();

  // Catching up.
  /** So much is chosen, as others say. */
  knownThrough: Slot = 0;
  /** So much was, when we began to ask; undefined once we know that. */
  missingThrough: Slot | undefined;
  /** Whom we asked, and when; undefined when we miss nothing. */
  learning: { readonly from: Address; readonly at: number; readonly slot: Slot } | undefined;
  /** Values for others come from the journal: to whom, by the id of the log read. */
  readonly lending = new Map<number, { readonly to: Address; readonly slot: Slot }>();
  fetching: Fetching | undefined;
  /** Chunks that others asked for, by the id of the read. */
  readonly lendingChunks = new Map<
    number,
    { readonly to: Address; readonly snapshot: SnapshotId; readonly offset: number }
  >();
  /** When somebody last fetched a chunk of our snapshot. */
  lentChunkAt = Number.NEGATIVE_INFINITY;
  /** The timer that writes what was learned, and asks again for what is missing, runs. */
  learnTimerRuns = false;
  toldProgressAt = Number.NEGATIVE_INFINITY;

  // The state machine's business.
  lastApplied: Slot = 0;
  /** Who waits for the outcome of which slot: what we proposed, in this ballot or an earlier one. */
  readonly waiting = new Map<Slot, WaitingRequest & { readonly ballot: Ballot; readonly at: number }>();
  applyRead: { readonly id: number; readonly from: Slot; readonly through: Slot } | undefined;
  appliedBytes = 0;
  /** Set while the state machine's state is being replaced: nothing is applied. */
  installing:
    | {
        readonly id: number;
        readonly snapshot: SnapshotId;
        /** Undefined: our own, after a start. */
        readonly given:
          | { readonly offer: SnapshotOffer; readonly from: Address; readonly totalBytes: number }
          | undefined;
      }
    | undefined;
  takingSnapshot: number | undefined;
  bytesAtSnapshot = 0;
  /** A snapshot's mark; when it is durable, what is older may go. */
  marked: { readonly token: Token; readonly snapshot: SnapshotId } | undefined;

  constructor(
    readonly configuration: ProposerConfiguration,
    readonly service: ReplicatedService,
  ) {
    const { proposers, self, limits } = configuration;
    this.number = proposers.indexOf(self);
    this.others = proposers.filter((proposer) => proposer !== self);
    this.chosen = new ChosenLog(8 * limits.windowBytes, limits.unwrittenBytes);
    this.heard = new HeardValues(4 * limits.windowBytes);
  }

  get self(): Address {
    return this.configuration.self;
  }

  /** A ballot of ours above every one that was ever used or heard of. */
  get nextBallot(): Ballot {
    return ballot(Math.max(this.round, roundOfBallot(this.highest)) + 1, this.number);
  }

  isProposer(address: Address): boolean {
    return this.configuration.proposers.includes(address);
  }

  isAcceptor(address: Address): boolean {
    if (this.configuration.acceptors.includes(address) || this.joining.has(address)) return true;
    return this.sets?.known.some(({ set }) => set.acceptors.some((acceptor) => acceptor.address === address)) ?? false;
  }

  /** One that joins hears what everybody is asked, and answers; its word that it joins may not have come, or be forgotten. */
  mayJoin(address: Address, disk: number): boolean {
    return disk !== 0 && !this.isProposer(address);
  }

  /** Who speaks as an acceptor, and none that is known. */
  rejectStranger(from: Address, disk: number): void {
    if (!this.mayJoin(from, disk)) this.reject(from, 'notAnAcceptor');
  }

  mayUse(proposer: Address, used: Ballot): boolean {
    return roundOfBallot(used) <= greatestRound && this.configuration.proposers[proposerOfBallot(used)] === proposer;
  }

  /** A disk that decides the next slot, or later ones of a change that is chosen. */
  counts(acceptor: Address, disk: number): boolean {
    const { sets, chosen } = this;
    if (sets === undefined) return false;
    return isAmong(sets.at(chosen.through + 1), acceptor, disk) || isAmong(sets.newest, acceptor, disk);
  }

  reject(from: Address, reason: string): void {
    this.out.observe({ kind: 'rejected', from, reason });
  }
}

/**
 * Who is not counted on, and gets no more than heartbeats, until it answers one: it was not heard for two election timeouts. A process
 * that pauses, or a broker that is started again, is heard within them; and a leader that hears nobody because of itself gives up
 * after one, before it holds that against others.
 */
export function isSilent({ now, configuration }: Proposer, heard: { readonly at: number } | undefined): boolean {
  return heard === undefined || now - heard.at > 2 * configuration.electionTimeout.maxMs;
}

/** Acceptors of this set that a leader has heard since then. */
export function heardSince({ heard }: Leader, set: AcceptorSet, since: number): number {
  let count = 0;
  for (const [address, { disk, at }] of heard) if (at >= since && isAmong(set, address, disk)) count++;
  return count;
}
