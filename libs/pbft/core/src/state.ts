import { Awaited, LifeClock, Outbox, Queue, none } from '@synod/actor';
import type { Address, Token } from '@synod/actor';
import { Complaints } from './complaints.js';
import type { PbftConfiguration } from './configuration.js';
import { checkConfiguration } from './configuration.js';
import type { Cryptography } from './cryptography.js';
import { EarlyVotes } from './early-votes.js';
import type { Next } from './execution.js';
import { ExecutedTail } from './executed-tail.js';
import { Group } from './group.js';
import { firstState } from './history.js';
import type { CheckpointState, StableCheckpoint, StableSnapshot } from './history.js';
import { Log } from './log.js';
import type { HelloReply, Proof, Status } from './messages.js';
import type { PbftService } from './service.js';
import type { Rules } from './new-view-rules.js';
import type { NewViewRecord, StandingRecord, ViewChangeRecord } from './records.js';
import type { OwnSnapshot, TakenSnapshot } from './snapshots.js';
import type { Installation, Transfer } from './state-transfer.js';
import type { Digest, Sequence, Signed, Standing, StateVote, View, ViewChangeClaim, AnyVote } from './statements.js';
import type { WaitingRead } from './reads.js';
import { Patience } from './patience.js';
import { PendingNewViews } from './pending-new-views.js';
import type { PbftVocabulary } from './vocabulary.js';
import { Waiting } from './waiting.js';

/** What a peer was last heard to say of itself. */
export interface Peer {
  status: Status | undefined;
  /** Its clock, as it said last; 0: never. */
  stamp: number;
  /** When, by our clock, no more had prepared there than is executed here. */
  readonly word: Awaited;
  /** Bytes that it may still be sent in this period: because it lacks something, and because it catches up. */
  readonly allowance: { help: number; transfer: number };
  allowanceSince: number;
  answeredAt: number;
  greetedAt: number;
  /** Null requests that were proposed to help it back, less the requests that clients had executed since. */
  filledUp: number;
  /** How often we asked, as primary, to be relieved because it had left our view. */
  met: number;
  /** What came of it that cost it nothing; and by kind, of what is signed and not of use at once (worth.ts). */
  readonly cheap: Taken;
  readonly pressing: Map<string, Taken>;
}

/** Messages of one member, by weight, that were taken and left out, less what time has forgiven until `since`. */
export interface Taken {
  weight: number;
  leftOut: number;
  since: number;
}

export interface Statistics {
  proposed: number;
  executedBatches: number;
  executedRequests: number;
  received: number;
  sent: number;
  rejected: number;
  viewChanges: number;
  transfers: number;
}

/** The digest is that of the statement as it was signed; `at`: when it was heard. */
export interface HeardViewChange {
  readonly signed: Signed<ViewChangeClaim>;
  readonly digest: Digest;
  readonly at: number;
}

/** A replica's whole state. */
export class Pbft {
  readonly out = new Outbox<PbftVocabulary>();
  readonly group: Group;
  readonly rules: Rules;
  readonly others: readonly Address[];
  /** The stamp of the input that is being handled. */
  now = 0;
  readonly clock = new LifeClock();
  /** As a peer's. */
  readonly ownWord = new Awaited(Number.NEGATIVE_INFINITY);
  incarnation = 0;
  standing: Standing = 'empty';
  /**
   * While recovering from a lost disk, else 0: the former life may have signed statements about sequences up to here. Whoever votes has its
   * low water mark at or above it.
   */
  floor: Sequence = 0;
  /** PREPAREs and COMMITs are signed in this view and later ones only: the former life may have given up those before. */
  firstView: View = 0;
  /** The first lives of members that it vouches for (`formation.ts`). */
  founders: StandingRecord['founders'] = [];
  stopping = false;

  // Views (§4.4).
  view: View = 0;
  /** False: the view change to `view` is under way, and nothing of any view is ordered here. */
  active = true;
  /** View changes since the last one that led to progress: timers double with each. */
  failedViews = 0;
  /** By sender, the one to the highest view: a correct replica asks for higher ones only. */
  readonly viewChanges = new Map<Address, HeardViewChange>();
  /** Ours, which counts when it is durable. */
  ownViewChange: ViewChangeRecord | undefined;
  ownViewChangeToken: Token = none;
  /** A quorum asks for `view`: its primary's time runs. */
  viewChangeTimed = false;
  /** The view that was entered last, with all that proves it; none for the first view. */
  newView: NewViewRecord | undefined;
  readonly pending = new PendingNewViews();
  /** Who else complains of the primary of the present view. */
  readonly complaints = new Complaints();
  /** The view that this life began in, when a former one had taken part. */
  wokeIn: View | undefined;
  /** Of our own complaints in this life. */
  complaintNumber = 0;
  /** What showed the primary of `view` to be faulty. */
  proof: { readonly view: View; readonly message: Proof } | undefined;
  /** Who was found, in the present view, to contradict himself in what does not end it: told once. */
  readonly accused = new Set<Address>();
  readonly patience: Patience;

  // The log (§4.2, §4.3).
  readonly log: Log;
  /** The last stable checkpoint: the low water mark h, and its proof. */
  stable: StableCheckpoint;
  /** Our own states at checkpoints above h, by sequence. */
  readonly ownCheckpoints = new Map<Sequence, { readonly state: CheckpointState; readonly digest: Digest }>();
  /** The latest few checkpoint votes of each member. */
  readonly checkpointVotes = new Map<Address, readonly Signed<StateVote<'checkpoint'>>[]>();
  /** The highest sequence that ever prepared here. */
  preparedThrough: Sequence = 0;
  /** The primary's: the last sequence it gave away. */
  lastProposed: Sequence = 0;
  readonly early: EarlyVotes;

  // Execution.
  executed: Omit<CheckpointState, 'state'> = firstState;
  /** Executed in this turn. */
  executedBytes = 0;
  readonly tail: ExecutedTail;
  /** Since the last place at which snapshots are due; the same at all members. */
  sinceSnapshot = { bytes: 0, batches: 0 };
  /** A snapshot must be taken of the state just as it is: nothing is executed until the step is over. */
  snapshotDue = false;
  readonly waiting = new Waiting();
  reads: WaitingRead[] = [];
  /** Of what they ask; and of what was answered in this turn. */
  readBytes = 0;
  answeredBytes = 0;
  /** From the journal: what was executed in a former life and is not yet in this one, ascending. */
  readonly replay = new Queue<Next>();

  // Snapshots and state transfer.
  /** Our latest file that is whole; and the one that is being written, or read back. */
  snapshot: OwnSnapshot | undefined;
  taking: TakenSnapshot | undefined;
  stableSnapshot: StableSnapshot | undefined;
  readonly snapshotVotes = new Map<Address, readonly Signed<StateVote<'snapshot'>>[]>();
  marked: { readonly token: Token; readonly sequence: Sequence } | undefined;
  transfer: Transfer | undefined;
  installing: Installation | undefined;
  /** Chunks that are being read from our disk, for whom. */
  readonly serving = new Map<number, Address>();

  // Our own disk.
  lastToken: Token = none;
  durableToken: Token = none;
  /** Of the record that proves the low water mark. */
  stableToken: Token = none;
  /** Our own votes that count when they are durable, oldest first. */
  ownVotes: { readonly token: Token; readonly vote: AnyVote }[] = [];

  readonly peers: ReadonlyMap<Address, Peer>;
  /** Turns of the status timer since the others were last told. */
  quietTicks = 0;
  statusSaidAt = Number.NEGATIVE_INFINITY;
  /** Answers to our hellos in this life. */
  readonly answers = new Map<Address, HelloReply>();
  startedAt = 0;
  readonly statistics: Statistics = {
    proposed: 0,
    executedBatches: 0,
    executedRequests: 0,
    received: 0,
    sent: 0,
    rejected: 0,
    viewChanges: 0,
    transfers: 0,
  };

  constructor(
    readonly configuration: PbftConfiguration,
    readonly service: PbftService,
    readonly cryptography: Cryptography,
  ) {
    checkConfiguration(configuration);
    const { self, members, limits, timings } = configuration;
    this.group = new Group(members);
    this.rules = { group: this.group, cryptography, logSize: limits.logSize };
    this.others = members.filter((member) => member !== self);
    this.log = new Log(limits.logSize);
    this.tail = new ExecutedTail(4 * limits.snapshotAfterBytes, 4 * limits.snapshotAfterBatches);
    this.early = new EarlyVotes(limits.earlyVotes);
    this.patience = new Patience(timings);
    this.stable = { state: { ...firstState, state: service.hash() }, votes: [] };
    this.peers = new Map(this.others.map((address) => [address, newPeer()]));
  }

  get self(): Address {
    return this.configuration.self;
  }

  /** p of the present view. */
  get primary(): Address {
    return this.group.primary(this.view);
  }

  get isPrimary(): boolean {
    return this.primary === this.self;
  }

  /** h (§4.3). */
  get low(): Sequence {
    return this.stable.state.sequence;
  }

  /** H = h + L. */
  get high(): Sequence {
    return this.low + this.configuration.limits.logSize;
  }

  /** Whether it signs votes: not before it is founded, and not while its former life might contradict. */
  get votes(): boolean {
    return this.standing === 'active';
  }

  /** Takes part, if only by listening. */
  get follows(): boolean {
    return this.standing === 'active' || this.standing === 'recovering';
  }
}

export function nothingTaken(): Taken {
  return { weight: 0, leftOut: 0, since: 0 };
}

function newPeer(): Peer {
  return {
    status: undefined,
    stamp: 0,
    word: new Awaited(Number.NEGATIVE_INFINITY),
    allowance: { help: 0, transfer: 0 },
    allowanceSince: Number.NEGATIVE_INFINITY,
    answeredAt: Number.NEGATIVE_INFINITY,
    greetedAt: Number.NEGATIVE_INFINITY,
    filledUp: 0,
    met: 0,
    cheap: nothingTaken(),
    pressing: new Map(),
  };
}
