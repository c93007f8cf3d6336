import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { measureGate } from '../src/gate.js';
import type { GateMeasurement } from '../src/gate.js';

/** How much more CPU than recorded passes: machines differ, and others run beside the tests. A regression of an order does not. */
const generous = 2.5;
/** A round that a slow machine tore into two, or a message sent twice. */
const rarely = 1.05;

const recorded = JSON.parse(readFileSync(join(__dirname, 'recorded.json'), 'utf8')) as GateMeasurement;
let measured: GateMeasurement;

beforeAll(async () => {
  measured = await measureGate();
}, 180_000);

describe.each([0, 1])('batch size %#', (index) => {
  test('a round of three replicas takes one request, one multicast append, two acknowledgements and one reply', () => {
    const { requests, appends, acknowledgements, replies } = measured.counted[index]!;
    for (const [count, expected] of [
      [requests, 1],
      [appends, 1],
      [acknowledgements, 2],
      [replies, 1],
    ] as const) {
      expect(count).toBeGreaterThanOrEqual(expected / rarely);
      expect(count).toBeLessThanOrEqual(expected * rarely);
    }
  });

  test('each replica syncs at most once for a round, and a majority always does', () => {
    const { syncs } = measured.counted[index]!;
    expect(syncs).toBeGreaterThanOrEqual(2);
    expect(syncs).toBeLessThanOrEqual(3 * rarely);
  });

  test('a write takes no more bytes than it did, on the wire and on the disk', () => {
    const now = measured.counted[index]!;
    const then = recorded.counted[index]!;
    expect(now.batch).toBe(then.batch);
    for (const bytes of ['requestBytes', 'appendBytes', 'writtenBytes'] as const) {
      expect(now[bytes]).toBeGreaterThan(128);
      expect(now[bytes]).toBeLessThanOrEqual(then[bytes] * rarely);
    }
  });
});

test.each(['leader', 'follower', 'client', 'total'] as const)('CPU of %s: R per round and c per write', (role) => {
  const [now, then] = [measured.model[role]!, recorded.model[role]!];
  // Of a machine that is slower right now, everything is.
  const slower = Math.max(1, measured.unitMs / recorded.unitMs);
  expect(now.fixed).toBeLessThanOrEqual(then.fixed * slower * generous);
  expect(now.each).toBeLessThanOrEqual(then.each * slower * generous);
});
