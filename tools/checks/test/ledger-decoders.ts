import { sha256 } from '@synod/actor-host';
import {
  DecodeError,
  decodeLedgerOperation,
  decodeLedgerQuery,
  decodeLedgerResult,
  encodeLedgerOperation,
  encodeLedgerQuery,
  encodeLedgerResult,
  keyValueCodec,
  ledgerCodec,
} from '@synod/api';
import { SynodError } from '@synod/client';
import { decodeBlocks, decodeCut, decodeHead, decodeSubmitted } from '@synod/client/testing';
import { KeyValueStore, Ledger, StoreAndLedger } from '@synod/state-machine';
import type { Block } from '@synod/state-machine';
import type { Decoder } from './decoders.js';

// What a ledger is asked, what it answers, and what stands of it in a snapshot.

const isDecodeError = (error: Error): boolean => error instanceof DecodeError;
const refusal = (error: Error): boolean => error instanceof DecodeError || error instanceof SynodError;
const source = { replica: 'r1', index: 7, term: 2, ageMs: 0 };
const submit = encodeLedgerOperation({ kind: 'submit', data: Buffer.from('hello'), time: 1_900_000_000_000 });
const cut = encodeLedgerOperation({ kind: 'cut', height: 2, time: 1_900_000_000_000 });

export const newStoreAndLedger = (): StoreAndLedger =>
  new StoreAndLedger(new KeyValueStore(keyValueCodec), new Ledger(ledgerCodec, sha256), ledgerCodec);

function written(): StoreAndLedger {
  const machine = newStoreAndLedger();
  for (let i = 0; i < 12; i++) machine.apply(submit, i, i % 2 === 0 ? 'ann' : 'bob');
  machine.apply(cut, 12, 'clock');
  machine.apply(submit, 13, 'ann');
  return machine;
}

/** Of a ledger with two blocks and an open one. */
export function ledgerPages(): Uint8Array[] {
  return [...{ [Symbol.iterator]: () => written().snapshot() }];
}

const headersOnly = encodeLedgerQuery({ kind: 'blocks', from: 1, limit: 2, headersOnly: true });
const blocks = written().query(encodeLedgerQuery({ kind: 'blocks', from: 1, limit: 0, headersOnly: false }));
const head = written().query(encodeLedgerQuery({ kind: 'head' }));
const { hash } = (decodeLedgerResult(blocks) as { readonly blocks: readonly Block[] }).blocks[0]!;
const submitted = encodeLedgerResult({ kind: 'submitted', height: 2, position: 1, closed: true });
const wasCut = encodeLedgerResult({ kind: 'cut', height: 2, hash, byThis: true });

export const ledgerDecoders: readonly Decoder[] = [
  {
    name: 'decodeLedgerOperation',
    valid: [submit, cut],
    decode: decodeLedgerOperation,
    documented: isDecodeError,
    encode: encodeLedgerOperation,
  },
  {
    name: 'decodeLedgerQuery',
    valid: [encodeLedgerQuery({ kind: 'head' }), headersOnly],
    decode: decodeLedgerQuery,
    documented: isDecodeError,
    encode: encodeLedgerQuery,
  },
  {
    name: 'decodeLedgerResult',
    valid: [submitted, wasCut, head, blocks, encodeLedgerResult({ kind: 'error', code: 'full' })],
    decode: decodeLedgerResult,
    documented: isDecodeError,
    encode: encodeLedgerResult,
  },
  {
    name: 'decodeSubmitted',
    valid: [submitted],
    decode: (bytes) => decodeSubmitted(bytes, source),
    documented: refusal,
  },
  { name: 'decodeCut', valid: [wasCut], decode: (bytes) => decodeCut(bytes, source), documented: refusal },
  { name: 'decodeHead', valid: [head], decode: (bytes) => decodeHead(bytes, source), documented: refusal },
  { name: 'decodeBlocks', valid: [blocks], decode: (bytes) => decodeBlocks(bytes, source), documented: refusal },
  {
    name: 'a store and a ledger that are told anything',
    valid: [submit, cut],
    decode: (bytes) => newStoreAndLedger().apply(bytes, 1, 'ann'),
    documented: () => false,
  },
  {
    name: 'a store and a ledger that are asked anything',
    valid: [headersOnly],
    decode: (bytes) => newStoreAndLedger().query(bytes),
    documented: () => false,
  },
];
