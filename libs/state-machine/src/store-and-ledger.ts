import { Backup } from './backup/backup.js';
import { administrator } from './backup/operations.js';
import type { BackupCodec } from './backup/operations.js';
import type { ContentTarget } from './backup/restoration.js';
import { restorationPageFormat } from './backup/restoration-snapshot.js';
import { Hasher } from './hash.js';
import type { KeyValueStore } from './key-value/store.js';
import type { Ledger } from './ledger/ledger.js';
import { ledgerPageFormat } from './ledger/ledger-snapshot.js';
import type { LedgerCodec } from './ledger/operations.js';
import type { SnapshotTarget, StateMachine } from './state-machine.js';

const bothSeed = 0x2b07;

/**
 * A key-value store and a ledger side by side in one group: one log, one order, one snapshot. An operation says whose it is. As
 * long as nobody has used the ledger, hash and snapshots are those of the store alone, byte for byte: groups that are older than
 * the ledger go on, and a replica of such a version can still take part. The same holds for what was restored (`backup`).
 */
export class StoreAndLedger implements StateMachine {
  private readonly hasher = new Hasher();
  private readonly backup: Backup | undefined;

  constructor(
    private readonly store: KeyValueStore,
    private readonly ledger: Ledger,
    private readonly codec: LedgerCodec,
    /** Without it nothing can be saved or restored. */
    backupCodec?: BackupCodec,
  ) {
    const content = {
      isEmpty: () => store.size === 0 && ledger.isEmpty,
      facts: () => ({ hash: this.contentHash(), keys: store.size, blocks: ledger.height }),
      image: () => oneAfterTheOther([store.image(), ledger.snapshot()]),
      restore: () => this.restoreContent(),
    };
    this.backup = backupCodec && new Backup(content, backupCodec);
  }

  apply(operation: Uint8Array, index: number, user: string): Uint8Array {
    const { backup } = this;
    if (backup === undefined) return this.applyContent(operation, index, user);
    backup.reached(index);
    if (backup.isBackups(operation)) {
      // What only marks a place of the log is answered by the store, which knows no such operation in any version.
      return backup.apply(operation, index, user) ?? this.store.apply(operation, index);
    }
    const refusal = this.refusal(operation, user);
    if (refusal !== undefined) return refusal;
    backup.isUsed();
    return this.applyContent(operation, index + backup.revisionBase, user);
  }

  query(operation: Uint8Array, user = ''): Uint8Array {
    if (this.backup?.isBackups(operation)) return this.backup.query(operation, user);
    const refusal = this.refusal(operation, user);
    if (refusal !== undefined) return refusal;
    return this.codec.isLedgers(operation) ? this.ledger.query(operation) : this.store.query(operation);
  }

  hash(): string {
    return this.backup?.hashOver(this.contentHash()) ?? this.contentHash();
  }

  /** All are frozen now; the store's pages come first, those about a restoration last. */
  snapshot(): Iterator<Uint8Array> {
    const { store, ledger, backup } = this;
    return oneAfterTheOther([store.snapshot(), ledger.snapshot(), ...(backup ? [backup.snapshot()] : [])]);
  }

  restore(): SnapshotTarget {
    const content = this.restoreContent();
    const about = this.backup?.restore();
    return {
      page: (bytes) => {
        if (about !== undefined && bytes[0] === restorationPageFormat) about.page(bytes);
        else content.page(bytes);
      },
      finish: () => {
        about?.check();
        content.finish();
        about?.finish();
      },
    };
  }

  private applyContent(operation: Uint8Array, index: number, user: string): Uint8Array {
    if (this.codec.isLedgers(operation)) return this.ledger.apply(operation, index, user);
    return this.store.apply(operation, index);
  }

  /** Half a state is none; and whoever saves and restores states writes and reads nothing else. */
  private refusal(operation: Uint8Array, user: string): Uint8Array | undefined {
    const { backup, codec, ledger, store } = this;
    if (backup === undefined || (!backup.isLoading && user !== administrator)) return undefined;
    const code = backup.isLoading ? 'restoring' : 'notAllowed';
    return codec.isLedgers(operation) ? ledger.error(code) : store.error(code);
  }

  private contentHash(): string {
    const { store, ledger } = this;
    return this.hashOfBoth(store.hash(), ledger.isEmpty ? undefined : ledger.hash());
  }

  /** Of an empty ledger there is none. */
  private hashOfBoth(store: string, ledger: string | undefined): string {
    if (ledger === undefined) return store;
    const { hasher } = this;
    hasher.begin(bothSeed);
    hasher.text(store);
    hasher.text(ledger);
    hasher.end();
    return hasher.toString();
  }

  private restoreContent(): ContentTarget {
    const [store, ledger] = [this.store.restore(), this.ledger.restore()];
    let isStores = true;
    return {
      page: (bytes) => {
        isStores &&= bytes[0] !== ledgerPageFormat;
        if (isStores) store.page(bytes);
        else ledger.page(bytes);
      },
      check: () => {
        ledger.check();
        store.check();
        const hash = this.hashOfBoth(store.hash, ledger.isEmpty ? undefined : ledger.hash());
        return { hash, revision: store.revision };
      },
      finish: () => {
        ledger.check();
        store.finish();
        ledger.finish();
      },
    };
  }
}

function* oneAfterTheOther(streams: readonly Iterator<Uint8Array>[]): Generator<Uint8Array, undefined> {
  try {
    for (const pages of streams) for (let page = pages.next(); !page.done; page = pages.next()) yield page.value;
  } finally {
    for (const pages of streams) pages.return?.();
  }
  return undefined;
}
