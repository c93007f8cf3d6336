import { sha256 } from '@synod/actor-host';
import { keyValueCodec, ledgerCodec, backupCodec, encodeOperation } from '@synod/api';
import { KeyValueStore, Ledger, StoreAndLedger } from '@synod/state-machine';
const ops = Array.from({ length: 20000 }, (_, i) => encodeOperation({ kind: 'put', key: Buffer.from('k' + i), value: Buffer.alloc(128, 1) }));
for (let r = 0; r < 6; r++) for (const codec of [undefined, backupCodec]) {
  const m = new StoreAndLedger(new KeyValueStore(keyValueCodec), new Ledger(ledgerCodec, sha256), ledgerCodec, codec);
  const t = process.cpuUsage().user;
  for (let n = 0; n < 40; n++) for (const o of ops) m.apply(o, n + 1, 'client');
  console.log(codec ? 'new' : 'old', ((process.cpuUsage().user - t) / 800000).toFixed(3), 'us/put');
}
