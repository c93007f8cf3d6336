import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { gated, measureGate } from '../src/gate.js';
import type { GateMeasurement } from '../src/gate.js';

/** How much more CPU than recorded passes: machines differ, and others run beside the tests. A regression of an order does not. */
const generous = 2.5;
/** A round that a slow machine tore into two, or a message sent twice. */
const rarely = 1.05;

type Protocol = (typeof gated)[number];

/** Answers of those on whose disks a round must be, and processes that write behind. */
const perRound: Readonly<Record<Protocol, { readonly acknowledgements: number; readonly behind: number }>> = {
  raft: { acknowledgements: 2, behind: 0 },
  paxos: { acknowledgements: 3, behind: 3 },
};

const roles: Readonly<Record<Protocol, readonly (keyof GateMeasurement['model'])[]>> = {
  raft: ['leader', 'follower', 'client', 'total'],
  paxos: ['leader', 'follower', 'acceptor', 'client', 'total'],
};

const allRecorded = JSON.parse(readFileSync(join(__dirname, 'recorded.json'), 'utf8')) as Record<
  Protocol,
  GateMeasurement
>;

describe.each(gated)('%s', (protocol) => {
  const recorded = allRecorded[protocol];
  let measured: GateMeasurement;

  beforeAll(async () => {
    measured = await measureGate(protocol);
  }, 180_000);

  describe.each([0, 1])('batch size %#', (index) => {
    test('a round takes one request, one multicast proposal, an acknowledgement of each other voter and one reply', () => {
      const { requests, proposals, acknowledgements, replies } = measured.counted[index]!;
      for (const [count, expected] of [
        [requests, 1],
        [proposals, 1],
        [acknowledgements, perRound[protocol].acknowledgements],
        [replies, 1],
      ] as const) {
        expect(count).toBeGreaterThanOrEqual(expected / rarely);
        expect(count).toBeLessThanOrEqual(expected * rarely);
      }
    });

    test('each voter syncs at most once for a round, and a majority always does; so do those that write behind', () => {
      const { syncs, syncsBehind } = measured.counted[index]!;
      expect(syncs).toBeGreaterThanOrEqual(2);
      expect(syncs).toBeLessThanOrEqual(3 * rarely);
      expect(syncsBehind).toBeLessThanOrEqual(perRound[protocol].behind);
    });

    test('a write takes no more bytes than it did, on the wire and on the disk', () => {
      const now = measured.counted[index]!;
      const then = recorded.counted[index]!;
      expect(now.batch).toBe(then.batch);
      for (const bytes of ['requestBytes', 'proposalBytes', 'writtenBytes'] as const) {
        expect(now[bytes]).toBeGreaterThan(128);
        expect(now[bytes]).toBeLessThanOrEqual(then[bytes] * rarely);
      }
    });
  });

  test.each(roles[protocol])('CPU of %s: R per round and c per write', (role) => {
    const [now, then] = [measured.model[role]!, recorded.model[role]!];
    // Of a machine that is slower right now, everything is.
    const slower = Math.max(1, measured.unitMs / recorded.unitMs);
    expect(now.fixed).toBeLessThanOrEqual(then.fixed * slower * generous);
    expect(now.each).toBeLessThanOrEqual(then.each * slower * generous);
  });
});
