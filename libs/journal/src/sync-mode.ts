/** A sync on the spot that takes longer than this on average keeps the event loop from other work. */
const worthwhileMs = 1;
/** So many syncs go to a thread before the disk is tried again. */
const trialEvery = 500;
/** One sync like this, wherever it was done, and the disk is not trusted for a while. */
const stallMs = 25;
/** More bytes than this take a while on any disk. */
const mostBytes = 512 * 1024;

/**
 * Whether the next sync is waited for on the spot or given to a thread. On a fast disk the way to a thread and back takes
 * longer than the sync itself, several times so when the processors are busy; on a slow one the next batch should gather
 * meanwhile, and heartbeats leave.
 */
export class SyncMode {
  private averageMs = 0;
  private threadedLeft = 0;

  isOnTheSpot(unsyncedBytes: number): boolean {
    return this.threadedLeft === 0 && unsyncedBytes <= mostBytes;
  }

  tookOnTheSpot(ms: number): void {
    this.averageMs += (ms - this.averageMs) / 16;
    if (this.averageMs > worthwhileMs || ms > stallMs) this.distrust();
  }

  tookInThread(ms: number): void {
    if (ms > stallMs) this.distrust();
    else if (this.threadedLeft > 0) this.threadedLeft--;
  }

  private distrust(): void {
    this.threadedLeft = trialEvery;
    this.averageMs = 0;
  }
}
