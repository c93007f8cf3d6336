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
 * the ledger go on, and a replica of such a version can still take part.
 */
export class StoreAndLedger implements StateMachine {
  private readonly hasher = new Hasher();

  constructor(
    private readonly store: KeyValueStore,
    private readonly ledger: Ledger,
    private readonly codec: LedgerCodec,
  ) {}

  apply(operation: Uint8Array, index: number, user: string): Uint8Array {
    if (this.codec.isLedgers(operation)) return this.ledger.apply(operation, index, user);
    return this.store.apply(operation, index);
  }

  query(operation: Uint8Array): Uint8Array {
    return this.codec.isLedgers(operation) ? this.ledger.query(operation) : this.store.query(operation);
  }

  hash(): string {
    const { store, ledger, hasher } = this;
    if (ledger.isEmpty) return store.hash();
    hasher.begin(bothSeed);
    hasher.text(store.hash());
    hasher.text(ledger.hash());
    hasher.end();
    return [hasher.high, hasher.low].map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('');
  }

  /** Both are frozen now; the store's pages come first. */
  snapshot(): Iterator<Uint8Array> {
    return oneAfterTheOther(this.store.snapshot(), this.ledger.snapshot());
  }

  restore(): SnapshotTarget {
    const [store, ledger] = [this.store.restore(), this.ledger.restore()];
    let isStores = true;
    return {
      page: (bytes) => {
        isStores &&= bytes[0] !== ledgerPageFormat;
        if (isStores) store.page(bytes);
        else ledger.page(bytes);
      },
      finish: () => {
        ledger.check();
        store.finish();
        ledger.finish();
      },
    };
  }
}

function* oneAfterTheOther(
  first: Iterator<Uint8Array>,
  second: Iterator<Uint8Array>,
): Generator<Uint8Array, undefined> {
  try {
    for (let page = first.next(); !page.done; page = first.next()) yield page.value;
    for (let page = second.next(); !page.done; page = second.next()) yield page.value;
  } finally {
    first.return?.();
    second.return?.();
  }
  return undefined;
}
