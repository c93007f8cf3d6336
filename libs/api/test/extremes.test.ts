import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { administrator, KeyValueStore, Ledger, Openings, Sessions, StoreAndLedger } from '@synod/state-machine';
import type { BackupOperation, BackupQuery, LedgerOperation, LedgerQuery } from '@synod/state-machine';
import {
  backupCodec,
  batchCodec,
  decodeResults,
  encodeBackupOperation,
  encodeBackupQuery,
  encodeLedgerOperation,
  encodeLedgerQuery,
  encodeOperation,
  encodeQuery,
  encodeReadBatch,
  encodeRequestBatch,
  keyValueCodec,
  ledgerCodec,
} from '../src/index.js';
import { bytes, operation, query } from './arbitrary.js';

// A service that throws ends its replica, and what is in the log is executed again at the next start, by all of them alike. So
// nothing that anybody may ask for makes it throw, whatever the numbers in it.

const most = Number.MAX_SAFE_INTEGER;
const number = fc.oneof(
  fc.constantFrom(0, 1, 2, 3, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 52, most - 2 ** 30, most - 1, most),
  fc.nat(40),
);
const id = fc.constantFrom(new Uint8Array(16), new Uint8Array(16).fill(1), new Uint8Array(3));
const page = bytes(60);

const ofLedger: fc.Arbitrary<LedgerOperation> = fc.oneof(
  fc.record({ kind: fc.constant('submit' as const), data: bytes(30), time: number }),
  fc.record({ kind: fc.constant('cut' as const), height: number, time: number }),
);
const aboutLedger: fc.Arbitrary<LedgerQuery> = fc.oneof(
  fc.record({ kind: fc.constant('head' as const) }),
  fc.record({ kind: fc.constant('blocks' as const), from: number, limit: fc.nat(300), headersOnly: fc.boolean() }),
);
const ofBackup = fc.oneof(
  fc.record({ kind: fc.constant('begin' as const), id, revision: number, pages: number }),
  fc.record({ kind: fc.constant('load' as const), id, number, page }),
  fc.record({ kind: fc.constant('finish' as const), id, hash: fc.constant('0') }),
  fc.record({ kind: fc.constant('abandon' as const), id }),
  fc.record({ kind: fc.constant('freeze' as const) }),
  fc.record({ kind: fc.constant('thaw' as const), position: number }),
) as fc.Arbitrary<BackupOperation>;
const aboutBackup = fc.oneof(
  fc.record({ kind: fc.constant('image' as const), position: number }),
  fc.record({ kind: fc.constant('page' as const), position: number, number }),
  fc.record({ kind: fc.constant('restoration' as const) }),
) as fc.Arbitrary<BackupQuery>;

const operations = fc.array(
  fc.oneof(operation.map(encodeOperation), ofLedger.map(encodeLedgerOperation), ofBackup.map(encodeBackupOperation)),
  { maxLength: 4 },
);
const queries = fc.array(
  fc.oneof(query.map(encodeQuery), aboutLedger.map(encodeLedgerQuery), aboutBackup.map(encodeBackupQuery)),
  { maxLength: 3 },
);

const request = fc
  .record({
    session: fc.oneof(fc.constantFrom(0, 1, 2), number),
    sequence: number,
    acknowledgedThrough: number,
    operations,
  })
  .map((batch) => encodeRequestBatch({ client: 'c', ...batch }));
const read = queries.map((all) =>
  encodeReadBatch({ client: 'c', sequence: 1, level: 'linearizable', maxAgeMs: 0, queries: all }),
);
const user = fc.constantFrom('ann', 'bob', administrator);

const sha256 = (data: Uint8Array): Uint8Array => createHash('sha256').update(data).digest();
const newSessions = (): Sessions =>
  new Sessions(
    new StoreAndLedger(new KeyValueStore(keyValueCodec), new Ledger(ledgerCodec, sha256), ledgerCodec, backupCodec),
    batchCodec,
  );

describe.each([
  ['the crash-tolerant protocols', newSessions],
  ['PBFT', () => new Openings(newSessions(), batchCodec)],
])('the service of %s', (_what, newService) => {
  test('answers whatever it is asked, and throws at nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(user, request, read), { minLength: 1, maxLength: 60 }), (all) => {
        const service = newService();
        for (const [index, [name, asked, question]] of all.entries()) {
          decodeResults(service.apply(index + 1, name, asked));
          decodeResults(service.query(name, question));
          service.hash();
        }
      }),
      { numRuns: 300 },
    );
  });

  test('whose user opens sessions up to the highest numbers that there are refuses the next, and goes on', () => {
    const service = newService();
    const opening = (sequence: number): Uint8Array =>
      encodeRequestBatch({ client: 'c', session: 0, sequence, acknowledgedThrough: 0, operations: [] });
    let index = 0;
    for (let i = 0; i < 80; i++) decodeResults(service.apply(++index, 'ann', opening(most - i)));
    for (let i = 0; i < 80; i++) decodeResults(service.apply(++index, 'ann', opening(most - 2 ** 30 - i)));
    decodeResults(service.apply(++index, 'ann', opening(7)));
    expect(decodeResults(service.apply(index + 1, 'bob', opening(7))).sessionError).toBeUndefined();
  });
});
