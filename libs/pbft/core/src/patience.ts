import type { Address } from '@synod/actor';
import type { Batch } from './batch.js';
import type { PbftTimings } from './configuration.js';
import { complain, takeBack } from './complaints.js';
import { afterFailures, spread } from './delays.js';
import type { Grievance } from './events.js';
import type { Pbft } from './state.js';
import type { Digest } from './statements.js';
import type { Waiting } from './waiting.js';

/*
 * When a primary is to be replaced. The paper's backup leaves a view on its own when its timer fires, and can never come back:
 * one that was merely slow to hear is lost to the group. So a backup complains first, in its status, and leaves when f + 1
 * members complain, one of them correct at least; a faulty primary that fails a request of a client who asks everybody fails
 * all of them (README, departures 5 and 6).
 */

/** What this replica expects of the primary of the present view. */
export class Patience {
  /** The request that the timer is about. */
  timed: Digest | undefined;
  /** For which it complains. */
  readonly grievances = new Set<Grievance>();
  /** A user's requests may wait so long on average. */
  toleranceMs: number;
  /** When the present view began here, and the present period. */
  viewSince = 0;
  since = 0;
  /** Since the state waits for our own disk, Infinity; then until when it did. What came before that waited for nobody else. */
  private heldUpUntil = 0;
  /** What users waited for in this period. */
  private waits: Waits = new Map();

  constructor(private readonly timings: PbftTimings) {
    this.toleranceMs = timings.slowMs;
  }

  /** The weightiest: a request that is not executed in time makes the average one wait too long as well. */
  get grievance(): Grievance | undefined {
    const [first] = this.grievances;
    return this.grievances.has('silent') ? 'silent' : first;
  }

  get isHeldUp(): boolean {
    return this.heldUpUntil === Infinity;
  }

  holdUp(): void {
    this.heldUpUntil = Infinity;
  }

  goOn(now: number): void {
    if (this.isHeldUp) this.heldUpUntil = now;
  }

  waited(user: Address, since: number, now: number): void {
    if (since >= this.heldUpUntil) count(this.waits, user, now - since);
  }

  /**
   * The stated rate of progress: over each period the requests whose clients asked here, those that still wait included, waited no
   * longer than `toleranceMs`, on the average of users' averages. (Users count alike: one whose thousand requests wait for each
   * other does not outweigh those who are served, nor those who are favoured one who is not. Requests that nobody asked for do not count: a primary could
   * propose old ones again, which wait for nothing, until the average is as it likes.) Says whether the primary keeps to it, when a period is over.
   */
  judge(waiting: Waiting, now: number): 'slow' | 'fast' | undefined {
    if (now - this.since < this.timings.requestMs) return undefined;
    for (const { since, message, signed } of waiting.all) {
      if (message !== undefined) this.waited(signed.signer, since, now);
    }
    const usualMs = usualOf(this.waits);
    this.beginPeriod(now);
    if (usualMs > this.toleranceMs) return 'slow';
    if (usualMs <= this.toleranceMs / 2) this.toleranceMs = Math.max(this.timings.slowMs, this.toleranceMs / 2);
    return 'fast';
  }

  /** Where everything is slow another primary does not help: after each view that was left for it, twice as much is borne. */
  beginView(now: number): void {
    if (this.grievances.has('slow')) this.toleranceMs = Math.min(this.timings.requestMs, this.toleranceMs * 2);
    this.grievances.clear();
    this.timed = undefined;
    this.viewSince = now;
    this.beginPeriod(now);
  }

  private beginPeriod(now: number): void {
    this.since = now;
    this.waits = new Map();
  }
}

type Waits = Map<Address, { ms: number; requests: number }>;

function count(waits: Waits, user: Address, ms: number): void {
  const waited = waits.get(user);
  if (waited === undefined) return void waits.set(user, { ms, requests: 1 });
  waited.ms += ms;
  waited.requests++;
}

/** The mean of what each user waited on average; 0 when nobody asked for anything. */
function usualOf(waits: Waits): number {
  const averages = [...waits.values()].map(({ ms, requests }) => ms / requests);
  return averages.reduce((sum, ms) => sum + ms, 0) / Math.max(1, averages.length);
}

/**
 * "A backup starts a timer when it receives a request and the timer is not already running. It stops the timer when it is no
 * longer waiting to execute the request, but restarts it if at that point it is waiting to execute some other request." The
 * request is the oldest one: under constant load the queue never empties, and none of it may be passed over for ever.
 *
 * @paper PBFT §4.4
 */
export function considerRequestTimer(pbft: Pbft): void {
  const { patience, waiting } = pbft;
  if (!pbft.active || !pbft.votes) return;
  if (patience.timed !== undefined && waiting.get(patience.timed) !== undefined) return;
  if (patience.timed !== undefined) takeBack(pbft, 'silent');
  patience.timed = waiting.oldest?.digest;
  if (patience.timed === undefined) return pbft.out.stopTimer('request');
  startRequestTimer(pbft);
}

function startRequestTimer(pbft: Pbft): void {
  const { timings } = pbft.configuration;
  pbft.out.startTimer('request', spread(afterFailures(timings.requestMs, pbft.failedViews, timings)));
}

/**
 * The batch is executed: whoever waited for it waits no longer. The view is a good one when a client that asked here itself waits no
 * longer: null requests, and requests that were executed long ago, can be proposed by whoever wants to look as if it did something.
 */
export function madeProgress(pbft: Pbft, batch: Batch): void {
  let asked = 0;
  for (const digest of batch.identity(pbft.cryptography).requests) {
    const waiting = pbft.waiting.take(digest);
    if (waiting?.message === undefined) continue;
    pbft.patience.waited(waiting.signed.signer, waiting.since, pbft.now);
    asked++;
  }
  for (const peer of pbft.peers.values()) peer.filledUp = Math.max(0, peer.filledUp - asked);
  if (pbft.active && asked > 0) pbft.failedViews = 0;
  considerRequestTimer(pbft);
}

/** The oldest request was not executed in time. The timer runs again: what was said of it may have been lost. */
export function onRequestTimeout(pbft: Pbft): void {
  if (!pbft.active || pbft.patience.timed === undefined) return;
  const { transfer, patience } = pbft;
  if (transfer === undefined && !patience.isHeldUp) complain(pbft, 'silent'); // else it may have been executed long ago
  if (pbft.active) startRequestTimer(pbft);
}

/** Once in a period: is the primary as fast as it has to be? */
export function judgePrimary(pbft: Pbft): void {
  const { patience, waiting } = pbft;
  if (!pbft.active || !pbft.votes || pbft.isPrimary || pbft.transfer !== undefined || patience.isHeldUp) return;
  const verdict = patience.judge(waiting, pbft.now);
  if (verdict === 'slow') complain(pbft, 'slow');
  else if (verdict === 'fast') takeBack(pbft, 'slow');
}
