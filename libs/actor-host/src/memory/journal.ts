import type { JournalTail, Token } from '@synod/actor';
import type { Frame, Journal, JournalStatistics, OpenedJournal, Scheduler, StoredFrame } from '../ports.js';

interface Kept extends StoredFrame {
  readonly token: Token;
  readonly log: Frame['log'];
  readonly truncateFrom: number | undefined;
}

/**
 * A journal whose disk is an array. With a scheduler each sync ends in the next turn; without one it ends when
 * `completeSync` is called, which lets a test hold the disk back.
 */
export class MemoryJournal implements Journal {
  onDurable: Journal['onDurable'] = () => undefined;
  onFailed: Journal['onFailed'] = () => undefined;
  /** What a crash leaves. */
  readonly synced: Kept[] = [];
  private gathered: Kept[] = [];
  private syncing: Kept[] | undefined;
  private broken: Error | undefined;
  private syncs = 0;

  constructor(
    private readonly scheduler?: Scheduler,
    before: readonly StoredFrame[] = [],
    private readonly tail: JournalTail = 'clean',
  ) {
    for (const frame of before) this.synced.push({ token: 0, log: undefined, truncateFrom: undefined, ...frame });
  }

  open(visit: (frame: StoredFrame) => void, done: (opened: OpenedJournal) => void): void {
    for (const { type, payload } of this.synced) visit({ type, payload });
    done({ tail: this.tail, empty: this.synced.length === 0 });
  }

  append(token: Token, { type, payload, log, truncateFrom }: Frame): void {
    this.gathered.push({ token, type, payload: Uint8Array.from(Buffer.concat(payload)), log, truncateFrom });
  }

  flush(): void {
    if (this.syncing || this.gathered.length === 0 || this.broken) return;
    this.syncing = this.gathered;
    this.gathered = [];
    this.scheduler?.soon(() => this.completeSync());
  }

  completeSync(): void {
    const frames = this.syncing;
    if (!frames || this.broken) return;
    this.syncing = undefined;
    this.syncs += 1;
    this.synced.push(...frames);
    this.onDurable(frames.at(-1)?.token ?? 0, 0, 0);
    this.flush();
  }

  /** The disk gives an error: reported once, final. */
  fail(error: Error): void {
    if (this.broken) return;
    this.broken = error;
    this.onFailed(error);
  }

  read(from: number, through: number, maxBytes: number, done: (frames: readonly StoredFrame[]) => void): void {
    const found: StoredFrame[] = [];
    let bytes = 0;
    for (const frame of this.held()) {
      if (!frame.log || frame.log.first + frame.log.count <= from || frame.log.first > through) continue;
      bytes += frame.payload.length;
      if (found.length > 0 && bytes > maxBytes) break;
      found.push(frame);
    }
    const answer = (): void => done(found);
    if (this.scheduler) this.scheduler.soon(answer);
    else answer();
  }

  cut(through: number, keep: Token): void {
    const keepFrom = this.synced.findIndex(
      (f) => f.token >= keep || (f.log && f.log.first + f.log.count - 1 > through),
    );
    this.synced.splice(0, Math.max(keepFrom, 0));
  }

  async close(): Promise<void> {
    this.broken ??= new Error('closed');
  }

  get statistics(): JournalStatistics {
    const sizeBytes = this.synced.reduce((sum, frame) => sum + frame.payload.length, 0);
    return { syncs: this.syncs, bytesWritten: sizeBytes, segments: 1, sizeBytes };
  }

  /** The frames in effect: a truncation voids what begins at or after it and the end of a frame that it cuts into. */
  private held(): Kept[] {
    let held: Kept[] = [];
    for (const frame of [...this.synced, ...(this.syncing ?? []), ...this.gathered]) {
      const { truncateFrom } = frame;
      if (truncateFrom === undefined) held.push(frame);
      else
        held = held.filter(({ log }) => !log || log.first < truncateFrom).map((kept) => cutShort(kept, truncateFrom));
    }
    return held;
  }
}

function cutShort(frame: Kept, from: number): Kept {
  const reaches = frame.log !== undefined && frame.log.first + frame.log.count > from;
  return reaches ? { ...frame, voidFrom: Math.min(from, frame.voidFrom ?? from) } : frame;
}
