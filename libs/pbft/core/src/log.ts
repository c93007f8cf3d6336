import type { Address, Token } from '@synod/actor';
import type { Batch } from './batch.js';
import type { Cryptography } from './cryptography.js';
import type { Digest, PreparedCertificate, Proposal, Sequence, Signed, Vote } from './statements.js';

type Order = Signed<Proposal> | Signed<Vote<'prepare'>> | Signed<Vote<'commit'>>;

/**
 * LIMIT: batches of earlier views that are kept for a sequence. More come about only when as many views in a row propose something else
 * there and prepare none of it. All are in the journal, and the latest of those again at hand after a restart.
 */
const earlierMost = 8;

/**
 * What is known of one sequence. Proposal and votes are of the present view; the certificate, and what is committed, of
 * whatever view it came about in, and neither is forgotten at a view change (§4.4): they are what protects a request that
 * somebody may have executed.
 */
export class Slot {
  proposal: Signed<Proposal> | undefined;
  /** What was proposed; undefined while only the digest is known, as after a new view. */
  batch: Batch | undefined;
  /**
   * What was proposed in earlier views, the latest first. Whoever signed a PREPARE must be able to give the batch (§4.4): in any of those
   * views it may have prepared somewhere, and its certificate may be shown in any later one.
   */
  earlier: readonly Batch[] = [];
  /** By replica, the first one; a second that differs proves something and counts nothing. */
  readonly prepares = new Map<Address, Signed<Vote<'prepare'>>>();
  readonly commits = new Map<Address, Signed<Vote<'commit'>>>();
  /** Ours, signed and on their way to the disk, or counted. */
  ownPrepare: Signed<Vote<'prepare'>> | undefined;
  ownCommit: Signed<Vote<'commit'>> | undefined;
  /** Of the latest view in which this sequence prepared here, with the batch that it is about. */
  prepared: { readonly certificate: PreparedCertificate; readonly batch: Batch } | undefined;
  /** What members said of it in the latest view that was left with anything said: a certificate may show that one said otherwise. */
  private past: readonly Order[] = [];
  /** It can never become anything else. */
  committed: { readonly digest: Digest; readonly batch: Batch } | undefined;

  constructor(
    readonly sequence: Sequence,
    /** The first record about it that is still needed; 0 when a former life wrote it. */
    readonly token: Token,
  ) {}

  get isPrepared(): boolean {
    return this.proposal !== undefined && this.prepared?.certificate.proposal === this.proposal;
  }

  /** A batch that was ever proposed here, if it is still at hand. */
  batchOf(digest: Digest, cryptography: Cryptography): Batch | undefined {
    const candidates = [this.batch, ...this.earlier, this.prepared?.batch, this.committed?.batch];
    return candidates.find((batch) => batch?.identity(cryptography).digest === digest);
  }

  /** By everybody, the first word of each in each phase. */
  get said(): readonly Order[] {
    return [...this.past, ...this.present];
  }

  private get present(): readonly Order[] {
    const { proposal, prepares, commits } = this;
    return [...(proposal === undefined ? [] : [proposal]), ...prepares.values(), ...commits.values()];
  }

  /** Batches of earlier views, the latest first. */
  remember(batches: readonly Batch[]): void {
    this.earlier = [...new Set(batches)].slice(0, earlierMost);
  }

  /** Another view begins: only what holds in every view stays. */
  leaveView(): void {
    const { present } = this;
    if (present.length > 0) this.past = present;
    this.proposal = undefined;
    if (this.batch !== undefined) this.remember([this.batch, ...this.earlier]);
    this.batch = undefined;
    this.prepares.clear();
    this.commits.clear();
    this.ownPrepare = undefined;
    this.ownCommit = undefined;
  }
}

/** The message log between the water marks (§4.3), bounded by L whatever others send. */
export class Log {
  private readonly slots = new Map<Sequence, Slot>();

  constructor(private readonly logSize: number) {}

  /** Present slots, in no particular order. */
  get all(): Iterable<Slot> {
    return this.slots.values();
  }

  get size(): number {
    return this.slots.size;
  }

  at(sequence: Sequence): Slot | undefined {
    return this.slots.get(sequence);
  }

  /** The slot of a sequence between the water marks; the caller has checked that it is. `token`: of the next record. */
  open(sequence: Sequence, token: Token): Slot {
    let slot = this.slots.get(sequence);
    if (slot === undefined) this.slots.set(sequence, (slot = new Slot(sequence, token)));
    return slot;
  }

  /** The highest sequence of which anything is known. */
  get highest(): Sequence {
    let highest = 0;
    for (const sequence of this.slots.keys()) if (sequence > highest) highest = sequence;
    return highest;
  }

  leaveView(): void {
    for (const slot of this.slots.values()) slot.leaveView();
  }

  /**
   * "It discards all pre-prepare, prepare, and commit messages with sequence number less than or equal to n" (§4.3); but what
   * is committed or prepared and not executed here yet stays, as far as the log goes: it may be all that leads to n.
   */
  discard(stable: Sequence, executed: Sequence): void {
    for (const [sequence, slot] of this.slots) {
      if (sequence > stable) continue;
      const isBinding = slot.committed !== undefined || slot.prepared !== undefined;
      const awaited = isBinding && sequence > executed && sequence <= executed + this.logSize;
      if (!awaited) this.slots.delete(sequence);
    }
  }
}
