import type { BackupResult, Image } from './operations.js';

/** Pages that were made last and are kept in case a question for them comes again: an answer was lost, or the leader changed. */
const recentMost = 16;
/** Pages made for one question, at most: whoever comes to lead late goes through those that its predecessor gave. */
const stride = 32;
/** LIMIT: so many batches after its last page was asked for nobody will ask any more; what is kept for it goes. */
const lapsesAfter = 200_000;

/**
 * A state as it was at one place of the log, read page by page while the group goes on. It is no part of the state: each member
 * has its own, loses it when it restarts, and says so. What it holds besides is what has changed since and was not read yet.
 */
export class FrozenImage {
  private readonly recent = new Map<number, Uint8Array>();
  private made = 0;
  private isDone = false;
  private askedAt: number;

  constructor(
    private readonly image: Omit<Image, 'kind'>,
    private readonly pages: Iterator<Uint8Array>,
  ) {
    this.askedAt = image.position;
  }

  get position(): number {
    return this.image.position;
  }

  lapses(position: number): boolean {
    return position - this.askedAt > lapsesAfter;
  }

  /** `now`: the position that has been executed. */
  describe(now: number): BackupResult {
    this.askedAt = now;
    return { kind: 'image', ...this.image };
  }

  page(number: number, now: number): BackupResult {
    this.askedAt = now;
    for (let i = 0; i < stride && this.made <= number && !this.isDone; i++) this.make();
    const bytes = this.recent.get(number);
    if (bytes !== undefined) return { kind: 'page', bytes };
    if (number < this.made) return { kind: 'error', code: 'noImage' };
    return this.isDone ? { kind: 'end', pages: this.made } : { kind: 'later' };
  }

  end(): void {
    this.pages.return?.();
  }

  private make(): void {
    const page = this.pages.next();
    if (page.done) {
      this.isDone = true;
      return;
    }
    this.recent.set(this.made, page.value);
    this.recent.delete(this.made - recentMost);
    this.made++;
  }
}
