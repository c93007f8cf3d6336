import type { Address, Chunk, JournalTail, SnapshotId, Token, Vocabulary } from '@synod/actor';
import type { SnapshotSource } from '@synod/state-machine';

/** A W3C trace context as it travels in NATS headers: the `traceparent` value, and `tracestate` when there is one. */
export interface TraceContext {
  readonly traceparent: string;
  readonly tracestate?: string;
}

/** One message as the broker gave it. `payload` is valid only during the callback: copy what is kept. */
export interface Delivery {
  /** The authenticated sender: the server allows each user to publish only under its own name. */
  readonly from: Address;
  readonly to: Address;
  /** The last subject token: the message's kind in kebab-case. */
  readonly kind: string;
  readonly payload: Uint8Array;
  readonly context?: TraceContext;
}

/** `false` says that it was refused: what its sender sends next may be dropped unread, for a moment, if there is much of it. */
export type Deliver = (delivery: Delivery) => boolean | void;

/** At-most-once, unordered between senders, as core NATS is. Neither method throws or blocks. */
export interface Transport {
  /** `kind` is one subject token, or two when a client's reply token follows: `reply.<client>`. */
  publish(to: Address, kind: string, payload: Uint8Array, context?: TraceContext): void;
  listen(deliver: Deliver): void;
  /** So many bytes of `from` are such as no honest sender sends: not genuine, as may have turned out late, or without end. */
  abused?(from: Address, kind: string, bytes: number): void;
  close(): Promise<void>;
}

/** What one `persist` looks like on disk. Multi-part so that bytes are copied once, into the write. */
export interface Frame {
  /** Which record it is; the protocol's codec chooses, 0 to 255. */
  readonly type: number;
  readonly payload: readonly Uint8Array[];
  /** Log positions the frame holds, for `read`. */
  readonly log?: { readonly first: number; readonly count: number };
  /** Log positions from here on are void; the frame itself is the record of that. */
  readonly truncateFrom?: number;
}

/** A frame as recovery and `read` give it back. `payload` may be kept by the receiver. */
export interface StoredFrame {
  readonly type: number;
  readonly payload: Uint8Array;
  /** Only from `read`: a later truncation cut into the frame; log positions from here on are void, `batchOf` leaves them out. */
  readonly voidFrom?: number;
}

/**
 * A write-ahead log with group commit: `append` only gathers; `flush` starts a write and a sync unless one is under way, in
 * which case what was gathered goes with the next. A failed write or sync is reported once, through `onFailed`, and is final.
 */
export interface Journal {
  /** Streams all frames in order; once, before anything else. `done` tells how the end was found, or why it could not be. */
  open(visit: (frame: StoredFrame) => void, done: (opened: OpenedJournal | Error) => void): void;
  /** Set before the first append. `token`s come back in order; one call may cover many appends. */
  onDurable: (token: Token, startedAt: number, endedAt: number) => void;
  onFailed: (error: Error) => void;
  append(token: Token, frame: Frame): void;
  flush(): void;
  /** Frames that hold positions `from`…`through`, in order, as many as fit `maxBytes`, at least one; none when cut or unknown. */
  read(from: number, through: number, maxBytes: number, done: (frames: readonly StoredFrame[]) => void): void;
  /** Drops whole segments that hold only positions ≤ `through` and only frames older than `keep`. */
  cut(through: number, keep: Token): void;
  close(): Promise<void>;
  readonly statistics: JournalStatistics;
}

export interface OpenedJournal {
  readonly tail: JournalTail;
  /** Nothing was ever written to it. */
  readonly empty: boolean;
}

export interface JournalStatistics {
  readonly syncs: number;
  readonly bytesWritten: number;
  readonly segments: number;
  readonly sizeBytes: number;
}

/** Snapshot files. Slow work is done in slices so that the event loop stays free; callbacks come later, never at once. */
export interface SnapshotStore {
  /** Writes aside, syncs, renames, syncs the directory. */
  take(
    snapshot: SnapshotId,
    pages: Iterator<Uint8Array>,
    done: (error: Error | undefined, sizeBytes: number) => void,
  ): void;
  readChunk(snapshot: SnapshotId, offset: number, maxBytes: number, done: (chunk: Chunk | undefined) => void): void;
  /** Adds a chunk to the partial file of that snapshot; `heldBytes` counts what is there without a gap. */
  writeChunk(chunk: Chunk, done: (heldBytes: number) => void): void;
  /**
   * Verifies the whole file, makes a partial one durable under its name, and feeds its pages to `target` in slices. Ends with
   * `DamagedState` when the file is damaged or gone; any other error is final for this process.
   */
  install(snapshot: SnapshotId, target: SnapshotSource, done: (error: Error | undefined) => void): void;
  /** Removes every snapshot and partial file but this one. */
  keepOnly(snapshot: SnapshotId): void;
}

/** Monotonic milliseconds, and one-shot timers that never fire early. */
export interface Clock {
  now(): number;
  /** Returns the way to cancel it. */
  schedule(delayMs: number, fire: () => void): () => void;
}

/** Turns of the event loop. */
export interface Scheduler {
  /** Runs `run` once the event loop has polled its sockets again; never at once, in the order asked for. */
  soon(run: () => void): void;
}

/** Randomness of the host: election delays, incarnations. */
export interface Dice {
  /** A number in [min, max]. */
  between(min: number, max: number): number;
}

/** How one protocol's messages become bytes. Decoders throw on anything malformed; they never trust a size. */
export interface MessageCodec<V extends Vocabulary> {
  /** The subject's last token(s) for this message: kebab-case kind, `reply.<client>` for a client's reply. */
  kindOf(message: V['message']): string;
  encode(message: V['message']): Uint8Array;
  /** Copies out of `payload` what the message keeps. */
  decode(kind: string, payload: Uint8Array): V['message'];
  /** Kinds that only members of the group may send. */
  readonly peerKinds: ReadonlySet<string>;
  /**
   * What a client is told whose message finds its mailbox quota used up; without it such a message is only counted. Reads no
   * more of `payload` than it takes to address the answer. Throws on what is malformed.
   */
  refusal?(kind: string, payload: Uint8Array): V['message'] | undefined;
}

/** Checks signatures off the event loop, for protocols that do not trust the transport's word for who sent what. */
export interface Authenticator<V extends Vocabulary> {
  /** 0 is verified first, then 1 and so on, at most 7; `undefined`: the message bears no signature and needs none. */
  urgency(message: V['message']): number | undefined;
  /**
   * Calls `done` once, later: whether `payload`, which was decoded to `message`, is as whoever signed it made it. Both may be
   * kept meanwhile.
   */
  verify(from: Address, payload: Uint8Array, done: (genuine: boolean) => void, message: V['message']): void;
}

/** How one protocol's records become journal frames. */
export interface RecordCodec<V extends Vocabulary> {
  encode(record: V['record']): Frame;
  decode(frame: StoredFrame): V['record'];
  /** The log batch in a frame that `Journal.read` gave back. */
  batchOf(frame: StoredFrame): V['batch'];
}

/** What telemetry sees; the core sees none of it. Every method must be cheap when nothing is sampled, and never throws. */
export interface Observer<V extends Vocabulary> {
  /** A message is about to be stepped. `context` is there only when the sender's headers carried one. */
  received(from: Address, message: V['message'], context: TraceContext | undefined, at: number): void;
  event(event: V['event'], at: number): void;
  persisting(token: Token, record: V['record'], at: number): void;
  /** Everything up to `token` became durable by a sync that ran from `startedAt` to `endedAt`. */
  durable(token: Token, startedAt: number, endedAt: number): void;
  /** A message leaves now; what is returned goes into its headers. */
  sending(to: Address, message: V['message'], at: number): TraceContext | undefined;
  /** A message was refused before the core saw it. `reason` is one of a fixed list of low cardinality. */
  refused(from: Address, reason: string): void;
}
