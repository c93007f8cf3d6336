import type { SnapshotTarget } from '../state-machine.js';
import { FrozenImage } from './frozen-image.js';
import { administrator } from './operations.js';
import type {
  BackupCodec,
  BackupErrorCode,
  BackupOperation,
  BackupQuery,
  Image,
  RestorationStatus,
} from './operations.js';
import { RestorationReader, restorationPages } from './restoration-snapshot.js';
import { Restoration } from './restoration.js';
import type { ContentTarget } from './restoration.js';

const noId = new Uint8Array(0);

/** What is saved and restored, whatever it is made of. */
export interface Content {
  isEmpty(): boolean;
  facts(): Pick<Image, 'hash' | 'keys' | 'blocks'>;
  /** The pages of the content as it is now, frozen apart from the protocol's snapshots. */
  image(): Iterator<Uint8Array>;
  restore(): ContentTarget;
}

/** Saving a group's state and restoring it into an empty group, as operations of its log and questions to its members. */
export class Backup {
  private restoration: Restoration;
  private image: FrozenImage | undefined;
  private position = 0;

  constructor(
    private readonly content: Content,
    private readonly codec: BackupCodec,
  ) {
    this.restoration = this.none();
  }

  get isLoading(): boolean {
    return this.restoration.isLoading;
  }

  get revisionBase(): number {
    return this.restoration.revisionBase;
  }

  isBackups(bytes: Uint8Array): boolean {
    return this.codec.isBackups(bytes);
  }

  /** Something is about to be executed at this position. */
  reached(position: number): void {
    this.position = position;
    if (this.image?.lapses(position)) this.thaw(this.image.position);
  }

  /** Undefined for what marks a place of the log, and is no operation of any state. */
  apply(operation: Uint8Array, index: number, user: string): Uint8Array | undefined {
    let decoded: BackupOperation | undefined;
    try {
      decoded = this.codec.decodeOperation(operation);
    } catch {
      return this.error('malformed');
    }
    if (decoded === undefined) return this.error('unknown');
    const isMark = decoded.kind === 'freeze' || decoded.kind === 'thaw';
    if (user !== administrator) return isMark ? undefined : this.error('notAllowed');
    if (decoded.kind === 'freeze') return void this.freeze(index);
    if (decoded.kind === 'thaw') return void this.thaw(decoded.position);
    const code = this.restoreWith(decoded);
    return code === undefined ? this.codec.encodeResult(this.status()) : this.error(code);
  }

  query(query: Uint8Array, user: string): Uint8Array {
    let decoded: BackupQuery | undefined;
    try {
      decoded = this.codec.decodeQuery(query);
    } catch {
      return this.error('malformed');
    }
    if (decoded === undefined) return this.error('unknown');
    if (user !== administrator) return this.error('notAllowed');
    if (decoded.kind === 'restoration') return this.codec.encodeResult(this.status());
    const { image, position } = this;
    if (image?.position !== decoded.position) return this.error('noImage');
    const result = decoded.kind === 'image' ? image.describe(position) : image.page(decoded.number, position);
    return this.codec.encodeResult(result);
  }

  /** Somebody's operation is about to be executed. */
  isUsed(): void {
    this.restoration.isUsed();
  }

  hashOver(contentHash: string): string {
    return this.isPlain ? contentHash : this.restoration.hashOver(contentHash);
  }

  snapshot(): Iterator<Uint8Array> {
    return this.isPlain ? [][Symbol.iterator]() : restorationPages(this.restoration);
  }

  /** Whoever has keys or blocks was used: nothing needs to say so, and hash and snapshots are those of groups that know nothing of this. */
  private get isPlain(): boolean {
    const { phase } = this.restoration.progress;
    return phase === 'none' || (phase === 'used' && !this.content.isEmpty());
  }

  /** Of what a snapshot tells of a restoration. `check` throws when it is not right; `finish` comes after it. */
  restore(): SnapshotTarget & { check(): void } {
    const reader = new RestorationReader();
    const restoration = this.none();
    return {
      page: (bytes) => reader.page(bytes),
      check: () => {
        const told = reader.finish();
        if (told !== undefined) restoration.resume(told.progress, told.pages);
      },
      finish: () => {
        if (this.image !== undefined) this.thaw(this.image.position);
        this.restoration = restoration;
      },
    };
  }

  private none(): Restoration {
    return new Restoration(() => this.content.restore());
  }

  private restoreWith(operation: Exclude<BackupOperation, { kind: 'freeze' | 'thaw' }>): BackupErrorCode | undefined {
    const { restoration, content } = this;
    switch (operation.kind) {
      case 'begin':
        return restoration.begin(operation, content.isEmpty());
      case 'load':
        return restoration.load(operation);
      case 'finish':
        return restoration.finish(operation);
      case 'abandon':
        return restoration.abandon(operation.id);
    }
  }

  /** Of half a state there is none. */
  private freeze(position: number): void {
    if (this.image !== undefined) this.thaw(this.image.position);
    if (this.isLoading) return;
    const revision = this.revisionBase + position;
    this.image = new FrozenImage({ position, revision, ...this.content.facts() }, this.content.image());
  }

  private thaw(position: number): void {
    if (this.image?.position !== position) return;
    this.image.end();
    this.image = undefined;
  }

  private status(): RestorationStatus {
    const { content, restoration } = this;
    const { hash } = content.facts();
    const { id, next, pages, phase } = restoration.progress;
    if (phase === 'loading' || phase === 'restored') return { kind: 'restoration', phase, id, next, pages, hash };
    const told = phase === 'none' && content.isEmpty() ? 'empty' : 'used';
    return { kind: 'restoration', phase: told, id: noId, next: 0, pages: 0, hash };
  }

  private error(code: BackupErrorCode): Uint8Array {
    return this.codec.encodeResult({ kind: 'error', code });
  }
}
