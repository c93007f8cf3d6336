import { PassThrough } from 'node:stream';
import { Output, described, printable, shown } from '../src/output.js';
import { raft } from '../src/protocols/raft/raft.js';
import type { RaftState } from '../src/protocols/raft/status.js';
import { unknownProtocol } from '../src/protocols/unknown.js';
import { summaryOf } from '../src/status/overview.js';
import type { Known, Overview } from '../src/status/overview.js';
import type { Report } from '../src/status/report.js';
import { statisticsOf } from '../src/status/statistics.js';
import { table } from '../src/table.js';

function outputOf(columns?: number, environment: NodeJS.ProcessEnv = {}): Output {
  const stream = new PassThrough();
  const sink = columns === undefined ? stream : Object.assign(stream, { isTTY: true, columns });
  return new Output(sink, stream, false, environment);
}

const members = ['raft-r1', 'raft-r2', 'raft-r3'];
const known: Known = { cluster: 'local', group: 'raft', members, roles: {}, absence: () => 'pid 7 paused' };
const { overview: overviewOf } = raft.status;
const rowsOf = ({ document }: Overview) => document['replicas'] as readonly { readonly lag?: number }[];

function reportsOf(states: Readonly<Record<string, RaftState>>): Map<string, Report> {
  return new Map(
    Object.entries(states).map(([replica, state]) => [
      replica,
      { replica, protocol: 'raft', members, state: { ...state } },
    ]),
  );
}

const follower: RaftState = {
  role: 'follower',
  standing: 'active',
  term: 2,
  commitIndex: 9,
  lastApplied: 9,
  stateHash: 'aaaaaaaa-bbbbbbbb',
};
const leader: RaftState = { ...follower, role: 'leader', followers: { 'raft-r2': { lag: 3 } } };

test('a table stands in columns, numbers on the right; on a terminal it ends at the edge', () => {
  const columns = [{ title: 'NAME' }, { title: 'N', right: true }, { title: 'TEXT' }];
  const rows = [
    ['a', '10', 'short'],
    ['longer', '5', 'a text that goes on and on'],
  ];
  expect(table(columns, rows, outputOf())).toEqual([
    'NAME     N  TEXT',
    'a       10  short',
    'longer   5  a text that goes on and on',
  ]);
  expect(table(columns, rows, outputOf(20, { NO_COLOR: '1' }))).toEqual([
    'NAME     N  TEXT',
    'a       10  short',
    'longer   5  a text …',
  ]);
});

test('colours are for terminals that want them', () => {
  expect(outputOf(80).paint('red', 'x')).toBe('\u001b[31mx\u001b[0m');
  expect(outputOf(80, { NO_COLOR: '1' }).paint('red', 'x')).toBe('x');
  expect(outputOf(80, { TERM: 'dumb' }).paint('red', 'x')).toBe('x');
  expect(outputOf().paint('red', 'x')).toBe('x');
});

test('what others wrote cannot steer the terminal', () => {
  const stderr = new PassThrough();
  new Output(new PassThrough(), stderr, false, {}).remark('raft-r1: \u001b[2Jleader\nraft-r2: \rfollower');
  expect(String(stderr.read())).toBe('raft-r1: \\u001b[2Jleader\nraft-r2: \\rfollower\n');
  expect(printable('a\u001b[2Jb\n\u202ec')).toBe('a\\u001b[2Jb\\n\\u202ec');
  expect(shown(Uint8Array.of(0xff, 1))).toBe('0xff01');
  expect(shown(Buffer.from('grün'))).toBe('grün');
  expect(described('value', Buffer.from('é'))).toEqual({ value: 'é', valueBase64: 'w6k=' });
  expect(described('value', Uint8Array.of(0xff))).toEqual({ valueBase64: '/w==' });
});

test('status shows a row per member, and says of one that does not answer what is known', () => {
  const overview = overviewOf(reportsOf({ 'raft-r1': leader, 'raft-r2': follower }), known);
  const { columns, rows } = overview.tables[0]!;
  expect(table(columns, rows, outputOf())).toEqual([
    'REPLICA  ROLE       TERM  COMMIT  APPLIED  LAG  STATE HASH     NOTES',
    'raft-r1  leader        2       9        9    0  aaaaaa-bbbbbb',
    'raft-r2  follower      2       9        9    3  aaaaaa-bbbbbb',
    'raft-r3  no answer                                             pid 7 paused',
  ]);
  expect(summaryOf(overview)).toBe('cluster local, group raft (raft): leader raft-r1, term 2, 2 of 3 answer');
});

test('of two leaders the one of the later term leads; a group without one says so', () => {
  const older = overviewOf(reportsOf({ 'raft-r1': leader, 'raft-r2': { ...leader, term: 3 } }), known);
  expect(older.leader).toBe('raft-r2');
  expect(rowsOf(older)[0]!.lag).toBeUndefined();
  const none = overviewOf(reportsOf({ 'raft-r1': { ...follower, role: 'preCandidate' } }), known);
  expect(summaryOf(none)).toContain('no leader, 1 of 3 answer');
  expect(none.tables[0]!.rows[0]![1]).toEqual({ text: 'pre-candidate', style: 'yellow' });
});

test('different states after the same entries are named; after other entries they are no wonder', () => {
  const other = { ...follower, stateHash: 'cccc-dddd' };
  expect(overviewOf(reportsOf({ 'raft-r1': leader, 'raft-r2': other }), known).diverged).toEqual([
    'raft-r1',
    'raft-r2',
  ]);
  const behind = { ...other, lastApplied: 8 };
  expect(overviewOf(reportsOf({ 'raft-r1': leader, 'raft-r2': behind }), known).diverged).toEqual([]);
});

test('statistics have a column per replica, below each other when the terminal is narrow', () => {
  const reports = reportsOf({ 'raft-r1': leader, 'raft-r2': follower });
  reports.set('raft-r1', {
    ...reports.get('raft-r1')!,
    sent: { 'append-entries': 12 },
    rejected: { 'not-a-member': 1 },
    rounds: [
      { era: 2, first: 8, last: 9, requests: 2, state: 'done', startedAt: 0, durationMs: 0.5, completedBy: 'raft-r2' },
    ],
  });
  const wide = statisticsOf(reports, raft, outputOf());
  expect(wide).toContain('append-entries       12        0');
  expect(wide).toContain('not-a-member             1        0');
  expect(wide.join('\n')).toMatch(/2 {2}8–9 +2 {2}done +0\.50 {2}raft-r2/);
  const narrow = statisticsOf(reports, raft, outputOf(40, { NO_COLOR: '1' }));
  expect(narrow).toContain('MESSAGES SENT   raft-r1  raft-r2');
  expect(
    statisticsOf(reports, raft, outputOf(30, { NO_COLOR: '1' })).filter((line) => line.startsWith('MESSAGES SENT')),
  ).toHaveLength(2);
});

test('of a protocol that nobody here knows, and of silence, what is alike everywhere is shown', () => {
  const reports = new Map<string, Report>([['x1', { replica: 'x1', protocol: 'vsr', state: { role: 'leader' } }]]);
  const overview = unknownProtocol.status.overview(reports, { ...known, members: ['x1', 'x2'] });
  const { columns, rows } = overview.tables[0]!;
  expect(table(columns, rows, outputOf())).toEqual([
    'MEMBER  ROLE       NOTES',
    'x1      leader',
    'x2      no answer  pid 7 paused',
  ]);
  expect(summaryOf(overview)).toBe('cluster local, group raft (vsr): leader x1, -, 1 of 2 answer');
  expect(statisticsOf(reports, unknownProtocol, outputOf()).join('\n')).toContain('uptime       0 s');
});
