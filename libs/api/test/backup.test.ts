import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { administrator, KeyValueStore, Ledger, Sessions, StoreAndLedger } from '@synod/state-machine';
import type { BackupErrorCode, BackupOperation, BackupQuery, BackupResult } from '@synod/state-machine';
import {
  backupCodec,
  batchCodec,
  DecodeError,
  decodeBackupOperation,
  decodeBackupQuery,
  decodeBackupResult,
  decodeOperation,
  decodeQuery,
  decodeResult,
  decodeResults,
  encodeBackupOperation,
  encodeBackupQuery,
  encodeBackupResult,
  encodeRequestBatch,
  encodeResults,
  isBackups,
  isLedgers,
  keyValueCodec,
  ledgerCodec,
  printRequest,
  printResults,
} from '../src/index.js';
import { bytes, integer, plain } from './arbitrary.js';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const id = fc.uint8Array({ minLength: 32, maxLength: 32 });
const small = fc.nat({ max: 2 ** 31 - 1 });
const kind = <K extends string>(name: K) => fc.constant(name);
const hash = fc.constant('0123456789abcdef');
const operation: fc.Arbitrary<BackupOperation> = fc.oneof(
  fc.record({ kind: kind('freeze') }),
  fc.record({ kind: kind('thaw'), position: integer }),
  fc.record({ kind: kind('begin'), id, revision: integer, pages: small }),
  fc.record({ kind: kind('load'), id, number: small, page: bytes(500) }),
  fc.record({ kind: kind('abandon'), id }),
  fc.record({ kind: kind('finish'), id }),
  fc.record({ kind: kind('finish'), id, hash }),
);
const query: fc.Arbitrary<BackupQuery> = fc.oneof(
  fc.record({ kind: kind('image'), position: integer }),
  fc.record({ kind: kind('page'), position: integer, number: small }),
  fc.record({ kind: kind('restoration') }),
);
const codes: BackupErrorCode[] = ['malformed', 'unknown', 'notAllowed', 'noImage', 'notEmpty', 'another', 'notBegun', 'notNext', 'damaged', 'notWhole', 'differs']; // prettier-ignore
const phase = fc.constantFrom('empty' as const, 'used' as const, 'loading' as const, 'restored' as const);
const result: fc.Arbitrary<BackupResult> = fc.oneof(
  fc.record({ kind: kind('image'), position: integer, hash, keys: integer, blocks: integer, revision: integer }),
  fc.record({ kind: kind('page'), bytes: bytes(500) }),
  fc.record({ kind: kind('end'), pages: small }),
  fc.record({ kind: kind('later') }),
  fc.record({ kind: kind('restoration'), phase, id, next: small, pages: small, hash }),
  fc.record({ kind: kind('error'), code: fc.constantFrom(...codes) }),
);

test('operations, queries and results come back as they went', () => {
  fc.assert(fc.property(operation, (one) => expect(plain(decodeBackupOperation(encodeBackupOperation(one)))).toEqual(plain(one)))); // prettier-ignore
  fc.assert(fc.property(query, (one) => expect(plain(decodeBackupQuery(encodeBackupQuery(one)))).toEqual(plain(one))));
  fc.assert(fc.property(result, (one) => expect(plain(decodeBackupResult(encodeBackupResult(one)))).toEqual(plain(one)))); // prettier-ignore
});

test('they are told from the store’s and the ledger’s by their first byte', () => {
  fc.assert(
    fc.property(operation, query, result, (a, b, c) => {
      const all = [encodeBackupOperation(a), encodeBackupQuery(b), encodeBackupResult(c)];
      for (const bytes of all) expect([isBackups(bytes), isLedgers(bytes)]).toEqual([true, false]);
      // A store that knows none of it says so, whatever it is.
      expect([decodeOperation(all[0]!), decodeQuery(all[1]!)]).toEqual([undefined, undefined]);
    }),
  );
});

test('what a later version has is unknown, what nobody can have said is malformed', () => {
  const later = Uint8Array.of(14 * 8 + 2, 2, 7 * 8 + 2, 0);
  expect(decodeBackupOperation(later)).toBeUndefined();
  expect(decodeBackupQuery(later)).toBeUndefined();
  const finish = encodeBackupOperation({ kind: 'finish', id: new Uint8Array(32) });
  for (const wrong of [
    Uint8Array.of(14 * 8 + 2, 0),
    Uint8Array.of(14 * 8 + 2, 4, 1 * 8 + 2, 0, 1 * 8 + 2, 0),
    Uint8Array.of(14 * 8 + 2, 4, 1 * 8 + 2, 0, 2 * 8 + 2, 0),
    Uint8Array.of(...finish, ...finish),
    encodeBackupOperation({ kind: 'finish', id: new Uint8Array(33) }),
    encodeBackupOperation({ kind: 'finish', id: new Uint8Array(32), hash: '0'.repeat(65) }),
    encodeBackupOperation({ kind: 'load', id: new Uint8Array(32), number: 0, page: new Uint8Array(65_537) }),
  ]) {
    expect(() => decodeBackupOperation(wrong)).toThrow(DecodeError);
  }
});

test('a mark in the log leaves members of two versions equal: states, sessions and answers', () => {
  const store = () => [new KeyValueStore(keyValueCodec), new Ledger(ledgerCodec, sha256), ledgerCodec] as const;
  const older = new Sessions(new StoreAndLedger(...store()), batchCodec);
  const newer = new Sessions(new StoreAndLedger(...store(), backupCodec), batchCodec);
  const client = 'c1';
  const opening = encodeRequestBatch({ client, session: 0, sequence: 1, acknowledgedThrough: 0, operations: [] });
  const marks: readonly BackupOperation[] = [{ kind: 'freeze' }, { kind: 'thaw', position: 2 }];
  const operations = marks.map(encodeBackupOperation);
  const request = encodeRequestBatch({ client, session: 1, sequence: 1, acknowledgedThrough: 0, operations });
  for (const [at, bytes] of [opening, request].entries()) {
    const answers = [older, newer].map((one) => one.apply(at + 1, administrator, bytes));
    expect(Buffer.from(answers[0]!).equals(answers[1]!)).toBe(true);
    expect(newer.hash()).toBe(older.hash());
  }
  const { results } = decodeResults(newer.apply(2, administrator, request));
  expect(results.map(decodeResult)).toEqual(Array(2).fill({ kind: 'error', code: 'unknown' }));
});

test('people are told what is done, and never what is in a page', () => {
  const id = new Uint8Array(32).fill(0xab);
  const page = Buffer.from('secret');
  const operations = [
    encodeBackupOperation({ kind: 'freeze' }),
    encodeBackupOperation({ kind: 'load', id, number: 3, page }),
    encodeBackupOperation({ kind: 'finish', id }),
  ];
  const request = encodeRequestBatch({ client: 'c1', session: 5, sequence: 9, acknowledgedThrough: 8, operations });
  expect(printRequest(request)).toBe(
    '5.9/8 keep the state as it is here; page 3 of abababab, 6 bytes; finish abababab',
  );
  const results = [encodeBackupResult({ kind: 'page', bytes: page }), encodeBackupResult({ kind: 'error', code: 'notEmpty' })]; // prettier-ignore
  expect(printResults(encodeResults(results))).toBe('a page of 6 bytes; error notEmpty');
});
