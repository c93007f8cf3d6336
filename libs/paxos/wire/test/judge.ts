import { DecodeError, wireOf } from '@synod/api';
import type { Entry } from '@synod/log';
import type { AcceptorSet } from '@synod/paxos-core';
import { paxosMessages, paxosRecords } from '@synod/paxos-wire';
import { synod } from '../src/gen/paxos.js';
import { batchAt } from './arbitrary.js';

/** Decodes or throws `DecodeError`; anything else is a defect. */
export function accepts(decode: () => unknown): boolean {
  try {
    decode();
    return true;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return false;
  }
}

export function refused(kind: string, payload: Uint8Array): void {
  expect(accepts(() => paxosMessages.decode(kind, payload))).toBe(false);
}

export function understood(kind: string, payload: Uint8Array): void {
  expect(accepts(() => paxosMessages.decode(kind, payload))).toBe(true);
}

export function stored(type: number, body: Uint8Array) {
  return { type, payload: Uint8Array.from([1, ...body]) };
}

export function refusedRecord(type: number, body: Uint8Array): void {
  expect(accepts(() => paxosRecords.decode(stored(type, body)))).toBe(false);
}

export function understoodRecord(type: number, body: Uint8Array): void {
  expect(accepts(() => paxosRecords.decode(stored(type, body)))).toBe(true);
}

export function envelope(body: object, version = 1): Uint8Array {
  return synod.paxos.v1.Envelope.encode({ version, ...body }).finish();
}

/** An EntryBatch of no-ops. */
export function batchBytes(era: number, first: number, count: number): Uint8Array {
  const entries: Entry[] = Array.from({ length: count }, () => ({ kind: 'noOp' }));
  return wireOf(batchAt(first, era, entries));
}

export const acceptors = ['a1', 'a2', 'a3'].map((address) => ({ address, disk: 0 }));
export const founding: AcceptorSet = { version: 1, acceptors, phase1: 2, phase2: 2 };
