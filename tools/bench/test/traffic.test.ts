import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { gated } from '../src/gate.js';
import type { GateMeasurement } from '../src/gate.js';
import { beyondDue, fatter, roundsAsked } from '../src/traffic.js';
import type { Messages, Traffic } from '../src/traffic.js';

const recorded = JSON.parse(readFileSync(join(__dirname, 'recorded.json'), 'utf8')) as Record<string, GateMeasurement>;
const runs = gated.flatMap((protocol) => recorded[protocol]!.traffic.map((_, run) => [protocol, run] as const));

/** How many writers, then readers, ask together. */
const batches = [8, 512, 8, 512];

function changed(traffic: Traffic, kind: string, change: (messages: Messages) => Messages): Traffic {
  const messages = change(traffic.sent[kind] ?? { count: 0, bytes: 0 });
  return { ...traffic, sent: { ...traffic.sent, [kind]: messages } };
}

/** So many messages more for each round that clients asked for. */
function more(protocol: (typeof gated)[number], traffic: Traffic, kind: string, each = 1): Traffic {
  const { writes, reads } = roundsAsked(protocol, traffic);
  return changed(traffic, kind, ({ count, bytes }) => ({ count: count + each * (writes + reads), bytes }));
}

describe.each(runs)('in what %s sends in run %i the gate sees', (protocol, run) => {
  const all = recorded[protocol]!.traffic;
  const traffic = all[run]!;

  test('nothing wrong as it is', () => {
    expect(beyondDue(protocol, traffic)).toEqual([]);
    expect(fatter(protocol, traffic, all, run)).toEqual([]);
  });

  test.each(['a-kind-of-its-own', ...Object.keys(traffic.sent)])('a message %s more in each round', (kind) => {
    const complaints = beyondDue(protocol, more(protocol, traffic, kind));
    expect(complaints.join()).toContain(`messages ${kind}, at most`);
    expect(complaints).toHaveLength(1);
  });

  test('heartbeats that are sent twice', () => {
    const { heartbeat } = traffic.sent;
    if (heartbeat === undefined) return;
    const twice = changed(traffic, 'heartbeat', ({ count, bytes }) => ({ count: 2 * count, bytes: 2 * bytes }));
    expect(beyondDue(protocol, twice).join()).toContain('messages heartbeat, at most');
  });

  test('answers that hold the value, each', () => {
    const answers = batches[run]!;
    const valued = changed(traffic, 'reply', ({ count, bytes }) => ({ count, bytes: bytes + 128 * answers * count }));
    expect(fatter(protocol, valued, all, run)).toEqual([expect.stringContaining('bytes in each reply')]);
  });

  test('acknowledgements that hold what they acknowledge', () => {
    for (const [kind, { bytes, count }] of Object.entries(traffic.sent)) {
      if (!/reply|accepted|commit/.test(kind)) continue;
      const valued = changed(traffic, kind, () => ({ count, bytes: bytes + 128 * batches[run]! * count }));
      expect(fatter(protocol, valued, all, run)).toEqual([expect.stringContaining(`bytes in each ${kind}`)]);
    }
  });

  test.each(['request', 'read'] as const)('a %s that holds more', (kind) => {
    const { count, bytes } = traffic.asked[kind];
    const { writes, reads } = roundsAsked(protocol, traffic);
    if (count <= 0.05 * (writes + reads)) return;
    const asked = { ...traffic.asked, [kind]: { count, bytes: 1.1 * bytes } };
    expect(fatter(protocol, { ...traffic, asked }, all, run)).toEqual([expect.stringContaining(`in each ${kind}`)]);
  });
});
