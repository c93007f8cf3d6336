import { PassThrough } from 'node:stream';
import { ballot } from '@synod/paxos-core';
import { Output } from '../src/output.js';
import { paxos } from '../src/protocols/paxos/paxos.js';
import type { AcceptorState, ProposerState } from '../src/protocols/paxos/state.js';
import { summaryOf } from '../src/status/overview.js';
import type { Known } from '../src/status/overview.js';
import type { Report } from '../src/status/report.js';
import { statisticsOf } from '../src/status/statistics.js';
import { table } from '../src/table.js';

const output = new Output(new PassThrough(), new PassThrough(), false, {});
const roles = { proposer: ['p1', 'p2'], acceptor: ['a1', 'a2', 'a3'] };
const known: Known = {
  cluster: 'local',
  group: 'paxos',
  members: Object.values(roles).flat(),
  roles,
  absence: () => 'pid 7 paused',
};
const setOf = (version: number, ...names: string[]) => ({
  version,
  acceptors: names.map((address) => ({ address, disk: address === 'a4' ? 77 : 0 })),
  phase1: 2,
  phase2: 2,
});

const follower: ProposerState = {
  role: 'follower',
  standing: 'active',
  ballot: ballot(2, 0),
  firstSlot: 1,
  chosenThrough: 9,
  durableThrough: 9,
  lastApplied: 7,
  snapshotSlot: 4,
  stateHash: 'aaaaaaaa-bbbbbbbb',
  acceptors: setOf(1, 'a1', 'a2', 'a3'),
  registersVersion: 1,
};
const leader: ProposerState = { ...follower, role: 'leader', chosenThrough: 10, lastApplied: 10, joining: { a4: 77 } };
const acceptor: AcceptorState = {
  standing: 'active',
  disk: 0,
  promised: ballot(2, 0),
  lastAccepted: 10,
  trimmedThrough: 4,
  heldVotes: 6,
  heldBytes: 1234,
  registers: 2,
};

function reportsOf(states: Readonly<Record<string, ProposerState | AcceptorState>>): Map<string, Report> {
  return new Map(
    Object.entries(states).map(([replica, state]) => {
      const kind = replica.startsWith('a') ? 'acceptor' : 'proposer';
      return [replica, { replica, protocol: 'paxos', kind, state: { ...state } }];
    }),
  );
}

const overviewOf = (states: Readonly<Record<string, ProposerState | AcceptorState>>, more: Partial<Known> = {}) =>
  paxos.status.overview(reportsOf(states), { ...known, ...more });
const linesOf = (overview: ReturnType<typeof overviewOf>) =>
  overview.tables.map(({ columns, rows }) => table(columns, rows, output));

test('proposers and acceptors have tables of their own', () => {
  const overview = overviewOf({ p1: leader, p2: follower, a1: acceptor, a2: acceptor, a4: { ...acceptor, disk: 77 } });
  expect(linesOf(overview)).toEqual([
    [
      'PROPOSER  ROLE      BALLOT  CHOSEN  APPLIED  LAG  SNAPSHOT  STATE HASH',
      'p1        leader       2.0      10       10    0         4  aaaaaa-bbbbbb',
      'p2        follower     2.0       9        7    3         4  aaaaaa-bbbbbb',
    ],
    [
      'ACCEPTOR  ROLE       PROMISED  ACCEPTED  TRIMMED    HELD  DISK  REGISTERS  NOTES',
      'a1        acceptor        2.0        10        4  1234 B     0          2',
      'a2        acceptor        2.0        10        4  1234 B     0          2',
      'a3        no answer                                                        pid 7 paused',
      'a4        spare           2.0        10        4  1234 B    77          2',
    ],
  ]);
  expect(summaryOf(overview)).toBe('cluster local, group paxos (paxos): leader p1, ballot 2.0, 5 of 6 answer');
  expect(overview.remarks).toEqual([
    'acceptors: a1, a2, a3 (version 1); 2 must promise, 2 must accept',
    'spare, to be added with synod member add: a4',
  ]);
  expect(overview.document).toMatchObject({ ballot: '2.0', spares: { a4: 77 }, acceptorSet: { version: 1 } });
});

test('a change under way says who comes, who goes, and from where on', () => {
  const change = { nextAcceptors: setOf(2, 'a2', 'a3', 'a4'), nextAcceptorsFrom: 1034 };
  const spare = { ...acceptor, disk: 77 };
  const overview = overviewOf({ p1: { ...leader, ...change }, a1: acceptor, a2: acceptor, a4: spare });
  const roleOf = (name: string) => overview.tables[1]!.rows.find(([first]) => first === name)![1];
  expect(roleOf('a1')).toEqual({ text: 'leaving', style: 'yellow' });
  expect(roleOf('a2')).toBe('acceptor');
  expect(roleOf('a4')).toEqual({ text: 'joining', style: 'yellow' });
  expect(overview.remarks[1]).toBe('from slot 1034 on: a2, a3, a4 (version 2); 2 must promise, 2 must accept');
});

test('an acceptor that has the proposers in another order says so', () => {
  const { tables } = overviewOf({ p1: leader, a1: { ...acceptor, misnumbered: { p1: 'p2' } } });
  const a1 = tables[1]!.rows.find(([name]) => name === 'a1')!;
  expect(a1.at(-1)).toMatchObject({
    text: "refuses p1, whose ballots are p2's by SYNOD_PROPOSERS here: the order must be the same everywhere",
  });
});

test('what the newest change waits for is said', () => {
  const changeAwaits = 'p2 has not told';
  const overview = overviewOf({ p1: { ...leader, settledVersion: 1, changeAwaits } });
  expect(overview.remarks[1]).toBe('acceptors of before are still needed: p2 has not told');
  expect(overview.document).toMatchObject({ changeAwaits });
});

test('one that was removed and answers the leader can be added; one that is silent cannot', () => {
  const answers = (disk: number, heardAgoMs: number) => ({ disk, heardAgoMs });
  const heard = { a1: answers(0, 3), a5: answers(0, 40), a6: answers(0, 60_000) };
  const { remarks, document } = overviewOf({ p1: { ...leader, heard } });
  expect(remarks.at(-1)).toBe('spare, to be added with synod member add: a4, a5');
  expect(document).toMatchObject({ spares: { a4: 77, a5: 0 } });
});

test('an acceptor that came back with another disk is no member until it is taken in', () => {
  const overview = overviewOf({ p1: leader, a1: { ...acceptor, disk: 5, standing: 'lost' } });
  expect(linesOf(overview)[1]![1]).toMatch(/^a1 +spare .* lost$/);
});

test('the leader is that of the highest ballot; whoever has different states after the same slots is named', () => {
  const newer = { ...leader, ballot: ballot(3, 1), stateHash: 'cc-dd' };
  const overview = overviewOf({ p1: leader, p2: newer });
  expect(overview.leader).toBe('p2');
  expect(overview.diverged).toEqual(['p1', 'p2']);
  expect(overviewOf({ p1: { ...follower, role: 'canvassing' } }).leader).toBeUndefined();
});

test('without a stack, members are those of whom anybody tells', () => {
  const reports = reportsOf({ p1: leader });
  reports.set('p1', { ...reports.get('p1')!, proposers: ['p1', 'p3'], acceptors: ['a1', 'a2'] });
  const { members } = paxos.status.overview(reports, { ...known, members: [], roles: {}, absence: () => undefined });
  expect(members.map(({ name }) => name)).toEqual(['p1', 'p3', 'a1', 'a2', 'a3', 'a4']);
});

test('statistics: each role has what it has, rounds are told in ballots and slots', () => {
  const reports = reportsOf({ p1: leader, a1: acceptor });
  const round = { era: ballot(2, 0), first: 8, last: 9, requests: 2, state: 'done', startedAt: 0, durationMs: 0.5 };
  const entry = { index: 10, era: ballot(2, 0), kind: 'noOp', from: '', sizeBytes: 0 };
  const state = { ...leader, lastEntries: [entry] };
  reports.set('p1', { ...reports.get('p1')!, state, rounds: [{ ...round, completedBy: 'a3' }] });
  const lines = statisticsOf(reports, paxos, output);
  expect(lines.join('\n')).toMatch(/trimmed through +4 +-/);
  expect(lines.join('\n')).toMatch(/log to +- +10/);
  expect(lines.join('\n')).toMatch(/BALLOT {2}SLOTS.*\n +2\.0 {2}8–9 +2 {2}done +0\.50 {2}a3/);
  expect(lines.join('\n')).toMatch(/SLOT {2}BALLOT {2}ENTRY.*\n +10 +2\.0 {2}no-op/);
});
