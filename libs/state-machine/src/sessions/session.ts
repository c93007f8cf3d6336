import { Hasher, HashSum } from '../hash.js';

/** The answer to one batch, kept in case the client asks again. */
export interface KeptAnswer {
  /** Hash of the request, so that another request under the same sequence is noticed. */
  readonly requestLow: number;
  readonly requestHigh: number;
  readonly results: Uint8Array;
}

const sessionSeed = 0x5e55;
const answerSeed = 0xa25e;
/** What an answer costs besides its bytes, roughly. */
const answerOverhead = 128;

const hasher = new Hasher();

/** One client's conversation with the group: what it has been answered and not yet acknowledged. */
export class Session {
  /** Log position of the last batch that used it. */
  lastUsed: number;
  acknowledgedThrough = 0;
  /** By sequence. */
  readonly answers = new Map<number, KeptAnswer>();
  /** What the answers cost. */
  keptBytes = 0;
  private readonly answersHash = new HashSum();

  constructor(
    /** Log position of the entry that opened it. */
    readonly id: number,
    /** Only this user's batches may use it. */
    readonly user: string,
    /** Snapshots taken before it was last copied; see `Sessions.beginUse`. */
    readonly epoch: number,
  ) {
    this.lastUsed = id;
  }

  copy(epoch: number): Session {
    const copy = new Session(this.id, this.user, epoch);
    copy.lastUsed = this.lastUsed;
    copy.acknowledgedThrough = this.acknowledgedThrough;
    copy.keptBytes = this.keptBytes;
    copy.answersHash.add(this.answersHash.low, this.answersHash.high);
    for (const [sequence, answer] of this.answers) copy.answers.set(sequence, answer);
    return copy;
  }

  keep(sequence: number, answer: KeptAnswer): void {
    this.answers.set(sequence, answer);
    this.keptBytes += answer.results.length + answerOverhead;
    hashAnswer(sequence, answer);
    this.answersHash.add(hasher.low, hasher.high);
  }

  acknowledge(through: number): void {
    if (through <= this.acknowledgedThrough) return;
    this.acknowledgedThrough = through;
    for (const [sequence, answer] of this.answers) if (sequence <= through) this.drop(sequence, answer);
  }

  addTo(sum: HashSum): void {
    this.hash();
    sum.add(hasher.low, hasher.high);
  }

  subtractFrom(sum: HashSum): void {
    this.hash();
    sum.subtract(hasher.low, hasher.high);
  }

  private drop(sequence: number, answer: KeptAnswer): void {
    this.answers.delete(sequence);
    this.keptBytes -= answer.results.length + answerOverhead;
    hashAnswer(sequence, answer);
    this.answersHash.subtract(hasher.low, hasher.high);
  }

  private hash(): void {
    hasher.begin(sessionSeed);
    hasher.integer(this.id);
    hasher.text(this.user);
    hasher.integer(this.lastUsed);
    hasher.integer(this.acknowledgedThrough);
    hasher.word(this.answersHash.low);
    hasher.word(this.answersHash.high);
    hasher.end();
  }
}

function hashAnswer(sequence: number, { requestLow, requestHigh, results }: KeptAnswer): void {
  hasher.begin(answerSeed);
  hasher.integer(sequence);
  hasher.word(requestLow);
  hasher.word(requestHigh);
  hasher.bytes(results);
  hasher.end();
}
