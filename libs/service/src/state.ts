import { randomInt } from 'node:crypto';
import { sha256 } from '@synod/actor-host';
import { backupCodec, keyValueCodec, ledgerCodec } from '@synod/api';
import { KeyValueStore, Ledger, StoreAndLedger } from '@synod/state-machine';
import type { StateMachine } from '@synod/state-machine';

/** What Synod's own services replicate, whatever their protocol: a key-value store, and a ledger beside it; both can be saved and restored. */
export function storeAndLedger(): StateMachine {
  return new StoreAndLedger(
    new KeyValueStore(keyValueCodec, { low: randomInt(2 ** 32), high: randomInt(2 ** 32) }),
    new Ledger(ledgerCodec, sha256),
    ledgerCodec,
    backupCodec,
  );
}
