import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { gated, measureGate } from '../src/gate.js';
import type { GateMeasurement } from '../src/gate.js';
import { beyondDue, fatter, roundsAsked } from '../src/traffic.js';

/** How much more CPU than recorded passes: machines differ, and others run beside the tests. A regression of an order does not. */
const generous = 2.5;
/** A round that a slow machine tore into two, or a message sent twice. */
const rarely = 1.05;
/** Reads that check a run, one by one. */
const verifying = 100;

type Protocol = (typeof gated)[number];

interface Round {
  /** A client's request goes to so many, and so many answer it. */
  readonly asked: number;
  /** Answers of those on whose disks a round must be; where everybody tells everybody, multicasts. */
  readonly acknowledgements: number;
  /** Syncs without which no answer leaves, and when nobody is late. */
  readonly syncs: readonly [least: number, most: number];
  /** Processes that write behind. */
  readonly behind: number;
}

/** A PBFT replica syncs twice: what it accepts, before it prepares, and the certificate that its commit rests on. */
const perRound: Readonly<Record<Protocol, Round>> = {
  raft: { asked: 1, acknowledgements: 2, syncs: [2, 3], behind: 0 },
  paxos: { asked: 1, acknowledgements: 3, syncs: [2, 3], behind: 3 },
  pbft: { asked: 4, acknowledgements: 4, syncs: [6, 8], behind: 0 },
};

const roles: Readonly<Record<Protocol, readonly (keyof GateMeasurement['model'])[]>> = {
  raft: ['leader', 'follower', 'client', 'total'],
  paxos: ['leader', 'follower', 'acceptor', 'client', 'total'],
  pbft: ['leader', 'follower', 'client', 'total'],
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
    test('a round takes a request and a reply of each who is asked, one multicast proposal, and the acknowledgements', () => {
      const { requests, proposals, acknowledgements, replies } = measured.counted[index]!;
      for (const [count, expected] of [
        [requests, perRound[protocol].asked],
        [proposals, 1],
        [acknowledgements, perRound[protocol].acknowledgements],
        [replies, perRound[protocol].asked],
      ] as const) {
        expect(count).toBeGreaterThanOrEqual(expected / rarely);
        expect(count).toBeLessThanOrEqual(expected * rarely);
      }
    });

    test('each voter syncs no more for a round than it must, and a quorum always does; so do those that write behind', () => {
      const { syncs, syncsBehind } = measured.counted[index]!;
      const [least, most] = perRound[protocol].syncs;
      expect(syncs).toBeGreaterThanOrEqual(least);
      expect(syncs).toBeLessThanOrEqual(most * rarely);
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

  test.each([0, 1, 2, 3])('run %i sends nothing beyond what its writes and reads are due, of no kind', (run) => {
    expect(beyondDue(protocol, measured.traffic[run]!)).toEqual([]);
  });

  test.each([0, 1, 2, 3])('run %i has no larger messages than it had, of no kind', (run) => {
    expect(fatter(protocol, measured.traffic[run]!, recorded.traffic, run)).toEqual([]);
  });

  test.each([
    [2, 500],
    [3, 100],
  ])('readers that ask together ask in one message: run %i', (run, rounds) => {
    const { reads } = roundsAsked(protocol, measured.traffic[run]!);
    expect(reads).toBeGreaterThanOrEqual(rounds);
    expect(reads).toBeLessThanOrEqual(rounds * rarely + verifying);
  });

  test.each(roles[protocol])('CPU of %s: R per round and c per write', (role) => {
    const [now, then] = [measured.model[role]!, recorded.model[role]!];
    // Of a machine that is slower right now, everything is.
    const slower = Math.max(1, measured.unitMs / recorded.unitMs);
    expect(now.fixed).toBeLessThanOrEqual(then.fixed * slower * generous);
    expect(now.each).toBeLessThanOrEqual(then.each * slower * generous);
  });
});
