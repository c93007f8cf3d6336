import { EntryBatch, sizeOf } from '@synod/log';
import type { Entry } from '@synod/log';
import { alpha, defaultAcceptorLimits, defaultProposerLimits } from '@synod/paxos-core';
import type { Message } from '@synod/paxos-core';
import { paxosMessages, wireLimits } from '@synod/paxos-wire';

/* What one process sends, the others must be able to read: as much of the smallest things as it puts into one message. */

const noOp: Entry = { kind: 'noOp' };
const noOps = (bytes: number): number => Math.floor(bytes / sizeOf([noOp]));
const ballot = 65;

function read<M extends Message>(message: M): M {
  const bytes = Uint8Array.from(paxosMessages.encode(message));
  expect(bytes.length).toBeLessThanOrEqual(wireLimits.messageBytes);
  return paxosMessages.decode(paxosMessages.kindOf(message), bytes) as M;
}

/** So many no-ops, in one batch and each in its own. */
function filled(count: number): readonly (readonly EntryBatch[])[] {
  const entries = Array.from({ length: count }, () => noOp);
  const single = entries.map((entry, i) => new EntryBatch(ballot, 1 + i, [entry], sizeOf([entry])));
  return [[new EntryBatch(ballot, 1, entries, sizeOf(entries))], single];
}

describe('The most that a sender puts into one message is understood', () => {
  test.each([
    ['what was chosen, as `learnBytes` let it', noOps(defaultProposerLimits.learnBytes)],
    ['as many slots as may be undecided at once', alpha],
  ])('%s', (_what, count) => {
    for (const batches of filled(count)) {
      const chosen = read({ kind: 'chosen', clusterId: 1, from: 1, batches, chosenThrough: count } as const);
      expect(chosen.batches).toHaveLength(batches.length);
    }
  });

  test('what a page of a promise may hold', () => {
    const count = noOps(defaultAcceptorLimits.pageBytes);
    for (const batches of filled(count)) {
      const promised = {
        kind: 'promised',
        clusterId: 1,
        ballot,
        disk: 1,
        from: 1,
        through: count,
        last: count,
        trimmedThrough: 0,
        batches,
      } as const;
      expect(read(promised).batches).toHaveLength(batches.length);
    }
  });

  test('as many slots as may be undecided at once are proposed', () => {
    for (const batches of filled(alpha)) {
      const numbers = { chosenThrough: 0, trimThrough: 0, round: 0, clusterId: 1 };
      expect(read({ kind: 'accept', ballot, ...numbers, batches, beat: undefined } as const).batches).toHaveLength(
        batches.length,
      );
    }
  });

  test('registers that are next to nothing, as many as a page or a part may hold', () => {
    // What a register counts for: its key, its value, and 16 bytes.
    const count = Math.floor(defaultAcceptorLimits.pageBytes / (16 + 3));
    const registers = Array.from({ length: count }, (_, i) => ({
      ...{ key: i.toString(36).padStart(3, '0'), promised: ballot, accepted: 0, value: new Uint8Array(0) },
    }));
    const page = {
      kind: 'registersPage',
      clusterId: 1,
      ballot,
      epoch: 1,
      disk: 1,
      after: '',
      registers,
      isLast: true,
      floor: 0,
    } as const;
    expect(read(page).registers).toHaveLength(count);
    const part = { kind: 'storeRegisters', ballot, epoch: 1, clusterId: 1, part: 0, registers, floor: 0 } as const;
    expect(read(part).registers).toHaveLength(count);
  });
});
