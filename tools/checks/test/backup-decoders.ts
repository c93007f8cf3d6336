import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '@synod/actor-host';
import {
  DecodeError,
  backupCodec,
  decodeBackupOperation,
  decodeBackupQuery,
  decodeBackupResult,
  encodeBackupOperation,
  encodeBackupQuery,
  encodeBackupResult,
  encodeOperation,
  encodeResult,
  keyValueCodec,
  ledgerCodec,
} from '@synod/api';
import { BackupFile, BackupFileError, BackupWriter } from '@synod/backup';
import { SynodError } from '@synod/client';
import { decodeFrozen, decodeMark, decodePage, decodeRestoring } from '@synod/client/testing';
import { administrator, KeyValueStore, Ledger, StoreAndLedger } from '@synod/state-machine';
import type { Decoder } from './decoders.js';

// What saves and restores a group: operations and answers, snapshots of a group that is being restored, and the file.

const isDecodeError = (error: Error): boolean => error instanceof DecodeError;
const refusal = (error: Error): boolean => error instanceof DecodeError || error instanceof SynodError;
const source = { replica: 'r1', index: 7, term: 2, ageMs: 0 };
const id = new Uint8Array(32).fill(7);

export const newRestorable = (): StoreAndLedger =>
  new StoreAndLedger(new KeyValueStore(keyValueCodec), new Ledger(ledgerCodec, sha256), ledgerCodec, backupCodec);

const drain = (pages: Iterator<Uint8Array>): Uint8Array[] => [...{ [Symbol.iterator]: () => pages }];

function filled(): StoreAndLedger {
  const machine = newRestorable();
  machine.apply(encodeOperation({ kind: 'put', key: Buffer.from('key'), value: Buffer.from('value') }), 1, 'ann');
  return machine;
}

const begin = encodeBackupOperation({ kind: 'begin', id, revision: 9, pages: 2 });
const load = encodeBackupOperation({ kind: 'load', id, number: 0, page: drain(filled().snapshot())[0]! });
const operations = [
  encodeBackupOperation({ kind: 'freeze' }),
  encodeBackupOperation({ kind: 'thaw', position: 7 }),
  ...[begin, load],
  encodeBackupOperation({ kind: 'finish', id }),
  encodeBackupOperation({ kind: 'finish', id, hash: '0123456789abcdef' }),
  encodeBackupOperation({ kind: 'abandon', id }),
];
const queries = [
  encodeBackupQuery({ kind: 'image', position: 7 }),
  encodeBackupQuery({ kind: 'page', position: 7, number: 1 }),
  encodeBackupQuery({ kind: 'restoration' }),
];
const image = encodeBackupResult({ kind: 'image', position: 7, hash: '0123456789abcdef', keys: 1, blocks: 0, revision: 7 }); // prettier-ignore
const page = encodeBackupResult({ kind: 'page', bytes: Uint8Array.of(1, 2, 3) });
const restoring = encodeBackupResult({ kind: 'restoration', phase: 'loading', id, next: 1, pages: 2, hash: '00' });
const results = [
  ...[image, page, restoring],
  encodeBackupResult({ kind: 'end', pages: 3 }),
  encodeBackupResult({ kind: 'later' }),
  encodeBackupResult({ kind: 'error', code: 'notEmpty' }),
];

/** Of a group that is half restored. */
export function restorationPages(): Uint8Array[] {
  const machine = newRestorable();
  for (const operation of [begin, load]) machine.apply(operation, 1, administrator);
  return drain(machine.snapshot());
}

/** Of a group whose only key was deleted again. */
export function usedPages(): Uint8Array[] {
  const machine = filled();
  machine.apply(encodeOperation({ kind: 'delete', key: Buffer.from('key') }), 2, 'ann');
  return drain(machine.snapshot());
}

const path = join(mkdtempSync(join(tmpdir(), 'synod-decoders-')), 'saved.synod');

function savedFile(): Buffer {
  const text = {
    protocol: 'raft',
    group: 'kv',
    cluster: 'test',
    clusterId: '7',
    stateHash: '00',
    savedAt: '',
    version: '',
  };
  const writer = new BackupWriter(path, { ...text, position: 7, revision: 7, keys: 1, blocks: 0 }, true);
  for (const one of drain(filled().snapshot())) writer.page(one);
  writer.register('register', Uint8Array.of(1));
  writer.finish();
  return readFileSync(path);
}

/** The content of a file, behind a checksum that is made right again: it lets nonsense through to what is behind. */
function opened(bytes: Uint8Array): readonly unknown[] {
  writeFileSync(path, Buffer.concat([bytes, createHash('sha256').update(bytes).digest()]));
  const file = BackupFile.open(path);
  try {
    return [file.header, [...file.pages()].length, [...file.registers()].length];
  } finally {
    file.close();
  }
}

export const backupDecoders: readonly Decoder[] = [
  {
    name: 'decodeBackupOperation',
    valid: operations,
    decode: decodeBackupOperation,
    documented: isDecodeError,
    encode: encodeBackupOperation,
  },
  {
    name: 'decodeBackupQuery',
    valid: queries,
    decode: decodeBackupQuery,
    documented: isDecodeError,
    encode: encodeBackupQuery,
  },
  {
    name: 'decodeBackupResult',
    valid: results,
    decode: decodeBackupResult,
    documented: isDecodeError,
    encode: encodeBackupResult,
  },
  {
    name: 'decodeMark',
    valid: [encodeResult({ kind: 'error', code: 'unknown' })],
    decode: (bytes) => decodeMark(bytes, source),
    documented: refusal,
  },
  { name: 'decodeFrozen', valid: [image], decode: decodeFrozen, documented: refusal },
  { name: 'decodePage', valid: [page], decode: decodePage, documented: refusal },
  { name: 'decodeRestoring', valid: [restoring], decode: decodeRestoring, documented: refusal },
  {
    name: 'a group that is told anything about backups',
    valid: operations,
    decode: (bytes) => newRestorable().apply(bytes, 1, administrator),
    documented: () => false,
  },
  {
    name: 'a group that is asked anything about backups',
    valid: queries,
    decode: (bytes) => newRestorable().query(bytes, administrator),
    documented: () => false,
  },
  {
    name: 'a saved file',
    valid: [savedFile().subarray(0, -32)],
    decode: opened,
    documented: (error) => error instanceof BackupFileError,
  },
];
