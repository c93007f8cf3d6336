import { defaultLimits, defaultTimings } from '@synod/pbft-core';
import type { Message } from '@synod/pbft-core';
import { cryptographyOf } from './cryptography.js';
import { Group } from './group.js';
import { Lone } from './lone.js';
import { batchOf, beginning, commit, complaint, digestOf, newView, prePrepare, prepare, prepared, status, viewChange } from './saying.js'; // prettier-ignore

// What a member says of no use, and too often: left out unverified, and said beyond all measure, unread.

const one = batchOf('one');
const hash = digestOf(one);
const farNewView = newView(7, ['r1', 'r2', 'r3'].map((by) => viewChange(by, 7).signed)); // prettier-ignore

function said(): { readonly at: (now: number) => void; readonly excess: (message: Message, times: number) => boolean } {
  const { replica } = new Lone('r1').server;
  return {
    at: (now) => void replica.step({ kind: 'receive', at: now, from: 'r2', message: status({}) }),
    excess: (message, times) => {
      for (let i = 0; i < times; i++) replica.worth('r4', message);
      return replica.isExcessive('r4', message);
    },
  };
}

test.each([
  ['new views', farNewView, 16],
  ['view changes', viewChange('r4', 9), 32],
  ['complaints', complaint('r4', 0), 32],
])('%s that are left out are in excess when they are twice what may be said', (_what, message, most) => {
  const { excess, at } = said();
  expect(excess(message, 2 * most)).toBe(false);
  expect(excess(message, 1)).toBe(true);
  // No other kind of his, and nobody else.
  expect(excess(prepare('r4', 0, 1, hash), 1)).toBe(false);
  at(1_000_000);
  expect(excess(message, 0)).toBe(false);
});

test('proposals and votes may overtake their new view by hundreds', () => {
  const { excess } = said();
  expect(excess(prePrepare(7, 1, one), 500)).toBe(false);
  expect(excess(commit('r4', 9, 1, hash), 500)).toBe(false);
});

test('a view change of a thousand signatures may be said again with each status', () => {
  const { replica } = new Lone('r1', { limits: { logSize: 400 } }).server;
  const batches = Array.from({ length: 400 }, (_, i) => prepared(0, i + 1, batchOf(`request ${i}`)));
  let taken = 0;
  for (let i = 0; i < 40; i++) {
    replica.step({ kind: 'receive', at: 10 + i * defaultTimings.statusMs, from: 'r2', message: status({}) });
    const message = viewChange('r4', 9 + i, batches);
    taken += Number(replica.worth('r4', message));
    expect(replica.isExcessive('r4', message)).toBe(false);
  }
  expect(taken).toBeGreaterThan(1);
  expect(taken).toBeLessThan(10);
});

test('a view change that would be refused counts as any other: to find its fault is work', () => {
  const { replica } = new Lone('r3').server;
  const faulty = viewChange('r4', 1, [prepared(0, 1, one, ['r2', 'r2'])]);
  for (let i = 0; i < 40; i++) expect(replica.worth('r4', faulty)).toBe(false);
  expect(replica.worth('r4', viewChange('r4', 1, [prepared(0, 1, one)]))).toBe(false);
  expect(replica.worth('r2', viewChange('r2', 1, [prepared(0, 1, one)]))).toBe(true);
});

test('the primary has no PREPARE, and its proposal of a later view may be no larger than a batch is', () => {
  const { replica } = new Lone('r3').server;
  expect(replica.worth('r1', prepare('r1', 0, 1, hash))).toBe(false);
  expect(replica.worth('r2', prepare('r2', 0, 1, hash))).toBe(true);
  expect(replica.worth('r2', prepare('r2', 1, 1, hash))).toBe(false);
  expect(replica.worth('r1', prepare('r1', 1, 1, hash))).toBe(true);
  const large = batchOf('x'.repeat(defaultLimits.requestBytes));
  expect(replica.worth('r2', prePrepare(1, 1, one))).toBe(true);
  expect(replica.worth('r2', prePrepare(1, 1, large))).toBe(false);
});

test('answers to a hello are for who takes no part yet, up to a bound, and offers of a snapshot for who does', () => {
  const answer = { type: 'standing', to: 'r1', nonce: 1, incarnation: 1, standing: 'active', founder: true, view: 0, stable: 0 } as const; // prettier-ignore
  const helloReply: Message = { kind: 'helloReply', signed: cryptographyOf('r4').sign(answer), stable: beginning };
  const manifest = { snapshotId: 's', sequence: 50, position: 50, sizeBytes: 1, chunkHashes: [] };
  const offer = {
    kind: 'snapshotOffer',
    stable: { certificate: beginning, manifest, votes: [] },
  } as unknown as Message;
  const taken = (group: Group, message: Message): number =>
    Array.from({ length: 1000 }, () => group.server('r1').replica.worth('r4', message)).filter((each) => each).length;
  const [outside, inside] = [new Group({ founded: false }), new Group()];
  expect([taken(outside, helloReply), taken(inside, helloReply)]).toEqual([16, 0]);
  expect([taken(outside, offer), taken(inside, offer)]).toEqual([0, 128]);
});
