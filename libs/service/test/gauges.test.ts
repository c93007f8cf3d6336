import { inFlightOf, lostOf, queuesOf, registersOf } from '../src/gauges.js';
import type { Parts } from '../src/gauges.js';

const nothing: Parts = { state: undefined, load: undefined, held: undefined, pendingBytes: undefined };

test('bytes in flight are told by what they wait for', () => {
  const held = { peers: 3, clients: 5 };
  expect(inFlightOf({ ...nothing, held, pendingBytes: 7, state: { underWay: 11 } })).toEqual({
    peers: 3,
    clients: 5,
    network: 7,
    requests: 11,
  });
});

test('what waits is told by its queue', () => {
  const state = { waitingRequests: 2, waitingReads: 3, role: 'leader' };
  expect(queuesOf({ ...nothing, state, load: { letters: 4, waitingSends: 5 } })).toEqual({
    letters: 4,
    waitingSends: 5,
    waitingRequests: 2,
    waitingReads: 3,
  });
});

test('registers are told beside how many there may be', () => {
  const state = { registers: 5, registersWithValue: 3, registersLimit: 10 };
  expect(registersOf({ ...nothing, state })).toEqual({ held: 3, limit: 10 });
  expect(registersOf(nothing)).toEqual({ held: 0, limit: 0 });
});

test('of what a process does not have yet nothing is told', () => {
  expect([inFlightOf(nothing), queuesOf(nothing)]).toEqual([{}, {}]);
  expect(inFlightOf({ ...nothing, pendingBytes: 0 })).toEqual({ network: 0 });
});

test('messages that never left are those of all connections', () => {
  const one = { lostWhileDisconnected: 1, droppedCongested: 20, refusedToSend: 300, reconnects: 9 };
  const all = [one, { ...one, droppedCongested: 5 }] as unknown as Parameters<typeof lostOf>[0];
  expect(lostOf(all)).toEqual({ disconnected: 2, congested: 25, refused: 600 });
});
