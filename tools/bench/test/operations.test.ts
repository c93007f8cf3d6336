import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { GateMeasurement } from '../src/gate.js';

const root = join(__dirname, '../../..');
const operations = readFileSync(join(root, 'OPERATIONS.md'), 'utf8');
const recorded = JSON.parse(readFileSync(join(__dirname, 'recorded.json'), 'utf8')) as Record<string, GateMeasurement>;

/** The numbers with which the cells of a row begin: of Raft, Multi-Paxos and PBFT. */
function told(row: string): number[] {
  const line = operations.split('\n').find((one) => one.startsWith(`| ${row} |`)) ?? '';
  return line.split('|').slice(2, 5).map((cell) => Number.parseInt(cell, 10)); // prettier-ignore
}

const each = ['raft', 'paxos', 'pbft'].map((protocol) => recorded[protocol]!.counted[0]!);

test('who chooses a protocol is told of the messages and syncs that are counted', () => {
  // A client's request is one message, however many take it; prepares are not counted apart: of each backup there is one.
  const prepares = [0, 0, 3];
  const sent = each.map((one, i) => 1 + prepares[i]! + one.proposals + one.acknowledgements + one.replies);
  expect(told('messages sent for a round, f = 1')).toEqual(sent.map(Math.round));
  expect(told('syncs for a round, f = 1')).toEqual(each.map(({ syncs }) => Math.round(syncs)));
});
