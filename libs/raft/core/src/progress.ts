import { Awaited } from '@synod/actor';
import type { SnapshotId } from '@synod/actor';
import type { LogIndex } from '@synod/log';

/**
 * What the leader knows of one follower (Figure 2's nextIndex and matchIndex, and how entries are sent).
 *
 * `probe`: where the logs agree is not known; one empty append at a time. `replicate`: in step; entries are pipelined up
 * to a window of bytes. `snapshot`: the entries it needs are cut away; a snapshot travels.
 *
 * The window shrinks to one message at a refusal: each of many messages behind one that was lost or overtaken is refused,
 * and were each refusal answered by all of them again, there would soon be nothing else.
 */
export class Progress {
  state: 'probe' | 'replicate' | 'snapshot' = 'probe';
  /** The highest position known to agree; only grows. */
  match: LogIndex = 0;
  /** The next position to send. */
  next: LogIndex;
  /** Sent and not acknowledged, oldest first. */
  private inFlight: { readonly last: LogIndex; readonly bytes: number }[] = [];
  inFlightBytes = 0;
  /** After a refusal one message at a time, and again more as they are acknowledged. */
  private windowBytes = Number.POSITIVE_INFINITY;
  /** A probe is on its way; the next one leaves with its answer or with the next heartbeat. */
  probing = false;
  /** Id of the log read that fetches its next entries. */
  reading: number | undefined;
  sending: SnapshotSending | undefined;
  /** The highest read round it has echoed in this term. */
  round = 0;
  heardAt: number;
  /** By the leader's clock: it was in no later term then, as its answer to what was sent then has shown; at first, the election. */
  inTermAt: number;
  /** Of its own clock, what it is told back; 0: nothing. */
  readonly echo = new Awaited(0);
  /** False for a follower that recovers from a lost disk: it counts for no quorum. */
  voting = true;
  /** It said that its disk is lost: what its former life answered counts no more. That life saw no round from here on. */
  lostBeforeRound = 0;

  constructor(next: LogIndex, now: number) {
    this.next = next;
    this.heardAt = now;
    this.inTermAt = now;
  }

  /** Whether another message may be on its way, beside those that are. */
  hasRoom(limitBytes: number): boolean {
    return this.inFlightBytes < Math.min(this.windowBytes, limitBytes);
  }

  sent(last: LogIndex, bytes: number): void {
    this.next = last + 1;
    this.inFlight.push({ last, bytes });
    this.inFlightBytes += bytes;
  }

  /** The follower's log agrees through `index`. Says whether that is news. */
  matched(index: LogIndex): boolean {
    while (this.inFlight.length > 0 && this.inFlight[0]!.last <= index) this.acknowledged(this.inFlight.shift()!.bytes);
    if (index <= this.match) return false;
    this.match = index;
    if (this.next <= index) this.next = index + 1;
    return true;
  }

  private acknowledged(bytes: number): void {
    this.inFlightBytes -= bytes;
    this.windowBytes += bytes;
  }

  /** Its log does not hold what a message was to follow. */
  refused(next: LogIndex): void {
    this.becomeProbe(next);
    this.windowBytes = 1;
  }

  becomeProbe(next: LogIndex): void {
    this.state = 'probe';
    this.next = Math.max(next, this.match + 1);
    this.clear();
  }

  becomeReplicate(): void {
    this.state = 'replicate';
    this.next = this.match + 1;
    this.clear();
  }

  becomeSnapshot(snapshot: SnapshotId): void {
    this.state = 'snapshot';
    this.clear();
    this.sending = { snapshot, held: 0, next: 0, totalBytes: undefined, reading: new Set(), heldAtLastTick: -1 };
  }

  /** Its disk was lost: nothing it ever acknowledged holds any more. */
  forget(now: number, nextRound: number): void {
    this.match = 0;
    this.voting = false;
    this.lostBeforeRound = nextRound;
    this.round = 0;
    this.heardAt = now;
    this.becomeProbe(this.next);
  }

  private clear(): void {
    this.inFlight = [];
    this.inFlightBytes = 0;
    this.probing = false;
    this.reading = undefined;
    this.sending = undefined;
  }
}

/** A snapshot on its way to one follower. Offsets are in bytes of the file. */
export interface SnapshotSending {
  readonly snapshot: SnapshotId;
  /** The follower holds everything before this offset. */
  held: number;
  /** The next offset to read and send. */
  next: number;
  /** Known from the first chunk on. */
  totalBytes: number | undefined;
  /** Ids of chunk reads under way. */
  readonly reading: Set<number>;
  heldAtLastTick: number;
}
