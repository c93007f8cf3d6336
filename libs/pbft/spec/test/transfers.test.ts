import type { Event } from '@synod/pbft-core';
import { Transfers } from '../src/effort.js';

const began = (from: number): Event => ({ kind: 'transferBegan', from, through: from + 2, source: 'r1', why: 'checkpointAhead' }); // prettier-ignore
const ended = (executed: number): Event => ({ kind: 'transferEnded', executed });

test.each<[what: string, events: readonly Event[], counts: [number, number]]>([
  ['from the beginning', [began(1), ended(3)], [1, 0]],
  ['that goes on where it ended', [began(1), ended(3), began(4), ended(7), began(8)], [1, 0]],
  ['of who has executed something', [began(4)], [0, 1]],
  ['of who has executed something since', [began(1), ended(3), began(6)], [1, 1]],
])('in a calm run a state transfer %s is counted as such', (_what, events, counts) => {
  const transfers = new Transfers();
  for (const event of events) transfers.hear('r4', { kind: 'observe', event });
  expect([transfers.fromTheBeginning, transfers.later]).toEqual(counts);
});

test('another replica’s end is no beginning of ours', () => {
  const transfers = new Transfers();
  transfers.hear('r3', { kind: 'observe', event: ended(3) });
  transfers.hear('r4', { kind: 'observe', event: began(4) });
  expect(transfers.later).toBe(1);
});
