import type { ErrorCode } from '@synod/api';
import type { Source } from '../batch.js';
import type { CallOptions } from '../call.js';
import type { Group, ReadOptions, WriteOptions } from '../group.js';
import type { Bytes } from '../key-value.js';
import type { Surroundings } from '../surroundings.js';
import type { BlocksAnswer, HeadAnswer, LedgerBlock } from './block.js';
import { SynodError } from '../errors.js';
import * as codec from './codec.js';
import { verify, type Verification, type VerifyOptions } from './verification.js';

export interface SubmitOptions extends WriteOptions {
  /** What the author says of the time, in milliseconds since 1970; default: this process's clock. */
  readonly time?: number;
  /**
   * After so many milliseconds this client cuts the block, unless it is full by then; default 1000. `Infinity`: it does not;
   * the transaction waits for others.
   */
  readonly cutAfterMs?: number;
}

/** Where the transaction stands, for ever. */
export interface SubmitAnswer {
  readonly height: number;
  /** Its place in the block, from 0. */
  readonly position: number;
  /** The block was filled by it. Otherwise it is open still, and has no hash yet. */
  readonly closed: boolean;
  readonly source: Source;
}

export interface CutAnswer {
  readonly height: number;
  /** 64 hexadecimal digits. */
  readonly hash: string;
  /** This cut closed the block; otherwise it was closed before. */
  readonly byThis: boolean;
  readonly source: Source;
}

export interface BlocksQuery {
  /** Default 1. */
  readonly from?: number;
  /** At most and by default 100; an answer has 64 KiB beyond its first block. */
  readonly limit?: number;
  /** Without their transactions. */
  readonly headersOnly?: boolean;
}

const usualCutAfterMs = 1000;
const retried: readonly ErrorCode[] = ['overloaded', 'noQuorum', 'unavailable'];

/**
 * A group's ledger: transactions gather in a block, which is closed when it has ten or by a cut; each block names the hash of the
 * one before. State machines have no clock, so it is clients who cut: whoever submits a transaction cuts its block a second later, if it
 * is open still. Should he be gone by then, the client of the next transaction in that block does.
 */
export class Ledger {
  /** By height: when this client is going to cut the block, in monotonic milliseconds, and how to stop that. */
  private readonly clocks = new Map<number, { readonly at: number; readonly stop: () => void }>();
  private stopped = false;

  /** `KeyValueGroup.ledger` has it. */
  constructor(
    private readonly group: Pick<Group, 'execute' | 'query'>,
    private readonly surroundings: Surroundings,
  ) {}

  /** On the disks of a majority when this returns, at a place that is final; 1 to 8192 bytes. */
  async submit(
    data: Bytes,
    { time, cutAfterMs = usualCutAfterMs, ...options }: SubmitOptions = {},
  ): Promise<SubmitAnswer> {
    const { once } = options;
    if (!(cutAfterMs >= 0)) throw new SynodError('invalid', `cutAfterMs is 0 or more, not ${cutAfterMs}`);
    const said = time ?? once?.session.timeAt(once.sequence, Date.now()) ?? Date.now();
    const { result, source } = await this.group.execute(codec.encodeSubmit(data, said), options);
    const answer = codec.decodeSubmitted(result, source);
    this.stopClocks(answer.closed ? answer.height : answer.height - 1);
    if (!answer.closed && cutAfterMs !== Infinity) this.startClock(answer.height, cutAfterMs);
    return answer;
  }

  /**
   * Closes the block of this height, unless it is closed; says its hash. As it names the height, it may be repeated, and others may
   * do the same.
   */
  async cut(height: number, options: CallOptions = {}): Promise<CutAnswer> {
    const { result, source } = await this.group.execute(codec.encodeCut(height, Date.now()), options);
    this.stopClocks(height);
    return codec.decodeCut(result, source);
  }

  /** The newest closed block, and what waits in the open one. */
  async head(options: ReadOptions = {}): Promise<HeadAnswer> {
    const { result, source } = await this.group.query(codec.encodeHead(), options);
    return codec.decodeHead(result, source);
  }

  /** Undefined when there is no closed block of this height. */
  async block(height: number, options: ReadOptions = {}): Promise<LedgerBlock | undefined> {
    const { blocks } = await this.blocks({ from: height, limit: 1 }, options);
    return blocks[0];
  }

  /** One page of closed blocks. */
  async blocks(query: BlocksQuery = {}, options: ReadOptions = {}): Promise<BlocksAnswer> {
    const { result, source } = await this.group.query(codec.encodeBlocks(query), options);
    return codec.decodeBlocks(result, source);
  }

  /**
   * Computes the chain again here, trusting nobody: every transaction's hash, every root, every block's hash and time, from the first
   * block or from one whose hash you know, up to the head. Compare the head's hash with one that you have from elsewhere.
   */
  verify(options: VerifyOptions & ReadOptions = {}): Promise<Verification> {
    const { trusted: _trusted, onProgress: _onProgress, signal: _signal, ...read } = options;
    const readable = { head: () => this.head(read), blocks: (from: number) => this.blocks({ from }, read) };
    return verify(readable, options);
  }

  /** For the group: blocks that this client was to cut are left to others. */
  stop(): void {
    this.stopped = true;
    this.stopClocks(Infinity);
  }

  /** One for each block: that which is over first. */
  private startClock(height: number, afterMs: number): void {
    const at = this.surroundings.now() + afterMs;
    const running = this.clocks.get(height);
    if (this.stopped || (running !== undefined && running.at <= at)) return;
    running?.stop();
    const stop = this.surroundings.schedule(afterMs, () => {
      this.clocks.delete(height);
      this.cut(height).catch((error: unknown) => this.cutFailed(height, error));
    });
    this.clocks.set(height, { at, stop });
  }

  /** Nobody waits for this cut, so it is tried until the group has a quorum again. What it refuses for good is left to others. */
  private cutFailed(height: number, error: unknown): void {
    const mayGoBetter = error instanceof SynodError && (error.mayHaveTakenEffect || retried.includes(error.code));
    if (mayGoBetter) this.startClock(height, usualCutAfterMs);
  }

  private stopClocks(through: number): void {
    for (const [height, { stop }] of this.clocks) {
      if (height > through) continue;
      stop();
      this.clocks.delete(height);
    }
  }
}
