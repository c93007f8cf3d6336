import { Hasher } from '../hash.js';
import type { SnapshotTarget } from '../state-machine.js';
import { backupLimits } from './operations.js';
import type { BackupErrorCode, Begin, Finish, Load } from './operations.js';

const pageSeed = 0x9a6e;
const stateSeed = 0x7e57;
const hasher = new Hasher();

/** How far a restoration is. */
export interface Progress {
  /** `used`: nothing was restored, and something was executed. */
  readonly phase: 'none' | 'used' | 'loading' | 'restored';
  readonly id: Uint8Array;
  readonly revision: number;
  readonly pages: number;
  readonly next: number;
  /** Hash of the pages that were loaded. */
  readonly low: number;
  readonly high: number;
}

const noProgress: Progress = {
  ...{ phase: 'none', id: new Uint8Array(0), revision: 0, pages: 0, next: 0, low: 0, high: 0 },
};
const used: Progress = { ...noProgress, phase: 'used', id: new Uint8Array(backupLimits.idBytes) };

/** Builds a state aside. */
export interface ContentTarget extends SnapshotTarget {
  /** What is built: its hash, and the highest revision in it. Throws unless all is there and right. */
  check(): { readonly hash: string; readonly revision: number };
}

/**
 * How an empty group becomes what was saved elsewhere: page by page through the log, so that all members do the same, and one that
 * was away catches up as ever. The state is built aside, as a snapshot's is; until it is whole the group answers nobody. The pages are
 * kept until then, because a snapshot of the protocol may be taken half way.
 */
export class Restoration {
  progress = noProgress;
  private kept: Uint8Array[] = [];
  private target: ContentTarget | undefined;

  /** `newTarget` begins to build what replaces store and ledger when it is finished. */
  constructor(private readonly newTarget: () => ContentTarget) {}

  get isLoading(): boolean {
    return this.progress.phase === 'loading';
  }

  /** Neither under way nor done. */
  get isNothing(): boolean {
    const { phase } = this.progress;
    return phase === 'none' || phase === 'used';
  }

  /** What positions of this log are counted from in revisions: those that were restored stay unlike any that comes. */
  get revisionBase(): number {
    return this.progress.phase === 'restored' ? this.progress.revision : 0;
  }

  /**
   * A key that is gone again leaves nothing behind, but whoever read it remembers its revision; and among those that are restored the
   * same one means something else. LIMIT: who starts from a snapshot that an earlier version took of a group without keys does not know it
   * until the next operation.
   */
  isUsed(): void {
    if (this.progress.phase === 'none') this.progress = used;
  }

  /** Undefined when it is done, now or before. */
  begin({ id, revision, pages }: Begin, isEmpty: boolean): BackupErrorCode | undefined {
    if (id.length !== backupLimits.idBytes || revision > backupLimits.revision) return 'malformed';
    if (pages === 0 || pages > backupLimits.pages) return 'malformed';
    if (!this.isNothing) return this.isOf(id) ? undefined : 'another';
    if (!isEmpty || this.progress.phase === 'used') return 'notEmpty';
    this.progress = { ...noProgress, phase: 'loading', id: id.slice(), revision, pages };
    this.target = this.newTarget();
    return undefined;
  }

  load({ id, number, page }: Load): BackupErrorCode | undefined {
    const { progress } = this;
    if (this.isNothing) return 'notBegun';
    if (!this.isOf(id)) return 'another';
    if (progress.phase === 'restored' || number < progress.next) return undefined;
    if (number !== progress.next || number >= progress.pages) return 'notNext';
    if (page.length === 0 || page.length > backupLimits.pageBytes) return 'malformed';
    return this.take(page.slice()) ? undefined : 'damaged';
  }

  /** What is another state than was told never opens: who asked for it knows what he saved, and the group does not. */
  finish({ id, hash }: Finish): BackupErrorCode | undefined {
    const { progress } = this;
    if (this.isNothing) return 'notBegun';
    if (!this.isOf(id)) return 'another';
    if (progress.phase === 'restored') return undefined;
    if (progress.next < progress.pages) return 'notWhole';
    const code = this.open(hash);
    if (code !== undefined) {
      this.reset();
      return code;
    }
    this.progress = { ...progress, phase: 'restored' };
    this.letGo();
    return undefined;
  }

  abandon(id: Uint8Array): BackupErrorCode | undefined {
    const { phase } = this.progress;
    if (this.isNothing) return 'notBegun';
    if (phase === 'restored' || !this.isOf(id)) return 'another';
    this.reset();
    return undefined;
  }

  /** The pages as they are now, which no later one changes. */
  frozenPages(): readonly Uint8Array[] {
    return this.kept.slice();
  }

  /** Goes on where a snapshot says that it was. Throws when its pages are not those that it states. */
  resume(progress: Progress, pages: readonly Uint8Array[]): void {
    if (progress.phase !== 'loading') {
      this.progress = progress;
      return;
    }
    this.progress = { ...progress, next: 0, low: 0, high: 0 };
    this.target = this.newTarget();
    const isRight = pages.every((page) => this.take(page)) && this.progress.next === progress.next;
    if (isRight && this.progress.low === progress.low && this.progress.high === progress.high) return;
    throw new Error('a snapshot of a restoration whose pages are not those that it states');
  }

  hashOver(contentHash: string): string {
    const { phase, id, revision, pages, next, low, high } = this.progress;
    if (phase === 'none') return contentHash;
    hasher.begin(stateSeed);
    hasher.text(contentHash);
    hasher.text(phase);
    hasher.bytes(id);
    for (const number of [revision, pages, next]) hasher.integer(number);
    hasher.word(low);
    hasher.word(high);
    hasher.end();
    return hasher.toString();
  }

  /** Without a hash, as earlier versions finish, nothing is compared. */
  private open(hash: string | undefined): BackupErrorCode | undefined {
    try {
      const built = this.target!.check();
      const isAsTold = built.hash === hash && built.revision <= this.progress.revision;
      if (hash !== undefined && !isAsTold) return 'differs';
      this.target!.finish();
      return undefined;
    } catch {
      return 'damaged';
    }
  }

  private take(page: Uint8Array): boolean {
    try {
      this.target!.page(page);
    } catch {
      this.reset();
      return false;
    }
    this.kept.push(page);
    const { next, low, high } = this.progress;
    hasher.begin(pageSeed);
    hasher.word(low);
    hasher.word(high);
    hasher.bytes(page);
    hasher.end();
    this.progress = { ...this.progress, next: next + 1, low: hasher.low, high: hasher.high };
    return true;
  }

  private isOf(id: Uint8Array): boolean {
    const { id: own } = this.progress;
    return own.length === id.length && own.every((byte, i) => byte === id[i]);
  }

  private reset(): void {
    this.progress = noProgress;
    this.letGo();
  }

  private letGo(): void {
    this.kept = [];
    this.target = undefined;
  }
}
