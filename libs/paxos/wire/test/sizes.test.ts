import { logLimits } from '@synod/api';
import type { Entry } from '@synod/log';
import { paxosMessages, paxosRecords, wireLimits } from '@synod/paxos-wire';
import { batchAt } from './arbitrary.js';
import { batchBytes, envelope, founding, refused, understood } from './judge.js';

describe('Sizes are refused before anything is made of them', () => {
  test('a message beyond the broker’s max_payload', () => {
    const bomb = new Uint8Array(wireLimits.messageBytes + 1);
    expect(() => paxosMessages.decode('accept', bomb)).toThrow(`a message of ${bomb.length} bytes`);
  });

  test('a field that claims to be longer than its message', () => {
    refused('accept', Buffer.from([0x08, 0x01, 0x32, 0xff, 0xff, 0xff, 0xff, 0x0f]));
  });

  test('as many entries as one batch may have, in however many batches, and no more', () => {
    const single = (count: number) => Array.from({ length: count }, (_, i) => batchBytes(65, i + 1, 1));
    const half = logLimits.entries / 2;
    const halves = (more: number) => [batchBytes(65, 1, half), batchBytes(65, half + 1, half + more)];
    for (const batches of [single(logLimits.entries), halves(0)]) {
      const through = logLimits.entries;
      understood('accept', envelope({ accept: { ballot: 65, batches } }));
      understood('promised', envelope({ promised: { ballot: 65, from: 1, through, batches } }));
      understood('chosen', envelope({ chosen: { from: 1, batches } }));
    }
    for (const batches of [single(logLimits.entries + 1), halves(1)]) {
      const through = logLimits.entries + 1;
      refused('accept', envelope({ accept: { ballot: 65, batches } }));
      refused('promised', envelope({ promised: { ballot: 65, from: 1, through, batches } }));
      refused('chosen', envelope({ chosen: { from: 1, batches } }));
    }
  });

  test('too many sets of acceptors', () => {
    const offer = (count: number): Uint8Array => {
      const sets = Array.from({ length: count }, (_, i) => ({ from: i + 1, set: { ...founding, version: i + 1 } }));
      return envelope({ snapshotOffer: { snapshot: { index: 1, era: 65 }, sets, registers: founding } });
    };
    understood('snapshot-offer', offer(wireLimits.sets));
    refused('snapshot-offer', offer(wireLimits.sets + 1));
  });

  test('too many registers, and values that are too long', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ key: `k${String(i).padStart(6, '0')}`, promised: 65 }));
    for (const [count, judge] of [
      [wireLimits.registers, understood],
      [wireLimits.registers + 1, refused],
    ] as const) {
      judge('registers-page', envelope({ registersPage: { ballot: 65, registers: many(count) } }));
      judge('store-registers', envelope({ storeRegisters: { ballot: 65, registers: many(count) } }));
    }
    for (const [bytes, judge] of [
      [wireLimits.registerBytes, understood],
      [wireLimits.registerBytes + 1, refused],
    ] as const) {
      const value = new Uint8Array(bytes);
      judge('register-accept', envelope({ registerAccept: { key: 'k', ballot: 65, value } }));
      judge('register-promised', envelope({ registerPromised: { key: 'k', ballot: 65, accepted: 1, value } }));
      const registers = [{ key: 'k', promised: 65, accepted: 65, value }];
      judge('store-registers', envelope({ storeRegisters: { ballot: 65, registers } }));
    }
  });

  test('a founding configuration of any length', () => {
    const form = (bytes: number): Uint8Array => {
      return paxosMessages.encode({ kind: 'form', clusterId: 1, incarnation: 2, founding: new Uint8Array(bytes) });
    };
    understood('form', form(4096));
    refused('form', form(4097));
  });

  test('our own mistakes are refused, too: no values are written that could not be read', () => {
    const entries: Entry[] = Array.from({ length: logLimits.entries + 1 }, () => ({ kind: 'noOp' }));
    const encode = (list: Entry[], first = 1): unknown =>
      paxosRecords.encode({ kind: 'vote', number: 1, batch: batchAt(first, 65, list) });
    expect(() => encode(entries)).toThrow(RangeError);
    expect(() => encode([])).toThrow(RangeError);
    for (const from of ['', 'Not.A.Token']) {
      expect(() => encode([{ kind: 'request', from, bytes: new Uint8Array() }])).toThrow(RangeError);
    }
    expect(() => encode([{ kind: 'noOp' }], 2 ** 53)).toThrow(RangeError);
  });
});
