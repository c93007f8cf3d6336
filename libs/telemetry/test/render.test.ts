import { stripVTControlCharacters } from 'node:util';
import { causalWalk } from '../src/causal-walk.js';
import { renderSpaceTime, renderTrace } from '../src/index.js';
import type { TraceSpan } from '../src/index.js';

const make = (
  id: string,
  parentId: string | undefined,
  service: string,
  name: string,
  startUs: number,
  durationUs: number,
  more: Partial<TraceSpan> = {},
): TraceSpan => ({
  traceId: 'a'.repeat(32),
  spanId: id,
  parentId,
  name,
  kind: 'internal',
  service,
  resource: {},
  startUs: 1.7e15 + startUs,
  durationUs,
  attributes: {},
  events: [],
  links: [],
  error: undefined,
  ...more,
});
const template = 'synod.{cluster}.{group}.{from}.{to}.append-entries';

const round: readonly TraceSpan[] = [
  make('1', undefined, 'gateway', 'PUT /v1/groups/{group}/kv/{key}', 0, 1400),
  make('2', '1', 'raft-r1', 'raft.round', 200, 1000, {
    attributes: { 'synod.quorum.completed_by': 'r3', 'synod.slowest_stage': 'quorum' },
    events: [{ name: 'quorum', atUs: 1.7e15 + 900, attributes: { 'synod.quorum.completed_by': 'r3' } }],
  }),
  make('3', '2', 'raft-r1', `publish ${template}`, 200, 50),
  make('4', '2', 'raft-r1', 'journal.sync', 300, 400),
  make('5', '3', 'raft-r3', `process ${template}`, 400, 450),
  make('6', '5', 'raft-r3', 'journal.sync', 450, 350),
  make('7', '3', 'raft-r2', `process ${template}`, 420, 2000),
  make('8', '2', 'raft-r1', 'await r2', 250, 2300, { error: 'r2 had not acknowledged 2 ms after the publish' }),
];

test('a round as a tree of services and times', () => {
  expect(renderTrace(round, { width: 100 }).join('\n')).toMatchInlineSnapshot(`
   "trace aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, 2.55 ms, 8 spans of 4 services, quorum by r3, slowest: quorum
   gateway  PUT /v1/groups/{group}/kv/{key}                 0.00      1.40  ███████████████
   raft-r1  └ raft.round                                    0.20      1.00    ███████████
   raft-r1    ├ publish append-entries                      0.20      0.05    █
   raft-r3    │ ├ process append-entries                    0.40      0.45      █████
   raft-r3    │ │ └ journal.sync                            0.45      0.35      ████
   raft-r2    │ └ process append-entries                    0.42      2.00      █████████████████████
   raft-r1    ├ await r2: r2 had not acknowledged 2 m…      0.25      2.30    ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
   raft-r1    ├ journal.sync                                0.30      0.40     ████
   raft-r1    └ ◆ quorum r3                                 0.90                     ◆"
  `);
});

test('who completed the quorum of a register’s round is told, not who completed that of its first phase', () => {
  const phase = (id: string, name: string, by: string) =>
    make(id, '9', 'paxos-p1', name, 0, 400, {
      attributes: { 'synod.phase': name, 'synod.quorum.completed_by': by },
    });
  const phases = [phase('1', 'prepare', 'paxos-a3'), phase('2', 'accept', 'paxos-a2')];
  const root = make('9', undefined, 'paxos-p1', 'paxos.register', 0, 900, {
    attributes: { 'synod.quorum.completed_by': 'paxos-a2' },
  });
  expect(renderTrace([...phases, root])[0]).toMatch(/, quorum by paxos-a2$/);
  expect(renderTrace(phases.slice(0, 1))[0]).not.toContain('quorum');
});

test('the same as a table: a column for each service, downwards in time', () => {
  const sent = round.map((span) =>
    span.name.startsWith('publish')
      ? { ...span, kind: 'producer' as const }
      : span.name.startsWith('process')
        ? { ...span, kind: 'consumer' as const }
        : span,
  );
  expect(renderSpaceTime(sent, 110).join('\n')).toMatchInlineSnapshot(`
   "      ms  gateway                  raft-r1                  raft-r3                  raft-r2
   ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
      0.000  ┌ PUT                    │                        │                        │
             /v1/groups/{group}/kv/{  │                        │                        │
               key}                   │                        │                        │
      0.200  │                        ┌ raft.round             │                        │
             │                        append-entries →         │                        │
             │                          raft-r3 raft-r2        │                        │
      0.400  │                        │                        → append-entries of      │
             │                        │                          raft-r1                │
      0.420  │                        │                        │                        → append-entries of
             │                        │                        │                          raft-r1
      0.700  │                        journal.sync, 0.40 ms    │                        │
      0.800  │                        │                        journal.sync, 0.35 ms    │
      0.900  │                        ◆ quorum r3              │                        │
      1.200  │                        └ raft.round             │                        │
      1.400  └ PUT                    │                        │                        │
             /v1/groups/{group}/kv/{  │                        │                        │
               key}                   │                        │                        │
      2.550  │                        ✗ r2: r2 had not         │                        │
             │                          acknowledged 2 ms      │                        │
             │                          after the publish      │                        │"
  `);
  expect(Math.max(...renderSpaceTime(sent, 20).map((line) => line.length))).toBeLessThanOrEqual(76);
});

/** What is told in the table's lines, from above downwards, without columns and times. */
const told = (spans: readonly TraceSpan[]) =>
  renderSpaceTime(spans, 200)
    .slice(2)
    .map((line) => line.slice(10).replaceAll('│', '').trim());

test('at one microsecond causes stand before what came of them, whoever tells first', () => {
  const ack = template.replace('append-entries', 'append-reply');
  const all: readonly TraceSpan[] = [
    make('1', undefined, 'raft-r1', 'raft.round', 0, 300, { events: [{ name: 'quorum', atUs: 1.7e15 + 200, attributes: {} }] }), // prettier-ignore
    make('2', '1', 'raft-r1', `publish ${template}`, 0, 0, { kind: 'producer' }),
    make('3', '2', 'raft-r2', `process ${template}`, 0, 200, { kind: 'consumer' }),
    make('4', '3', 'raft-r2', 'check', 0, 100),
    make('5', '3', 'raft-r2', 'journal.sync', 100, 100),
    make('6', '3', 'raft-r2', `publish ${ack}`, 200, 0, { kind: 'producer' }),
    make('7', '6', 'raft-r1', `process ${ack}`, 200, 0, { kind: 'consumer' }),
    make('8', '1', 'raft-r1', 'await r2', 0, 200),
    make('9', '1', 'raft-r1', 'apply', 200, 100),
  ];
  const expected = [
    '┌ raft.round',
    'append-entries → raft-r2',
    '→ append-entries of raft-r1',
    '┌ check',
    '└ check',
    'journal.sync, 0.10 ms',
    'append-reply → raft-r1',
    '→ append-reply of raft-r2',
    '✓ r2',
    '◆ quorum',
    'apply, 0.10 ms',
    '└ raft.round',
  ];
  expect(told(all)).toEqual(expected);
  expect(told([...all].reverse())).toEqual(expected);
  // Of what happens within a microsecond clocks tell no order.
  const late = all.map((span) => (span.kind === 'producer' ? { ...span, startUs: span.startUs + 0.25 } : span));
  expect(told(late)).toEqual(expected);
});

test('a request that shared a round says in which trace that is', () => {
  const links = [{ traceId: 'b'.repeat(32), spanId: '2' }];
  const spans = [make('1', undefined, 'synod', 'decide', 0, 900), make('9', '1', 'paxos-p1', 'consensus', 100, 700, { links })]; // prettier-ignore
  expect(renderTrace(spans).at(-1)).toContain('paxos-p1  └ consensus in trace bbbbbbbbbbbb ');
  expect(renderTrace([make('2', undefined, 'paxos-p1', 'paxos.register', 0, 9, { links })])[1]).not.toContain('trace');
});

test('fits the width it is given, and no colour goes where none was asked for', () => {
  for (const width of [60, 80, 132]) {
    const [, ...lines] = renderTrace(round, { width });
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(lines.join('')).not.toContain('\u001b');
  }
  const coloured = renderTrace(round, { width: 100, colour: true }).map((line) =>
    stripVTControlCharacters(line).trimEnd(),
  );
  expect(coloured).toEqual(renderTrace(round, { width: 100 }));
});

test('a span whose parent is missing stands at the top; nothing is said about nothing', () => {
  const [head, ...lines] = renderTrace([make('7', 'gone', 'raft-r2', 'journal.sync', 0, 5)]);
  expect(head).toContain('1 span of 1 service');
  expect(lines).toHaveLength(1);
  expect(renderTrace([])).toEqual(['(no spans)']);
});

test('spans that are their own ancestors, or thousands of them one below the other, are all shown', () => {
  const circle = [make('1', '2', 'raft-r1', 'one', 0, 5), make('2', '1', 'raft-r1', 'two', 1, 4)];
  expect(renderTrace(circle).slice(1)).toEqual([expect.stringContaining('one'), expect.stringContaining('└ two')]);
  const deep = Array.from({ length: 20_000 }, (_, i) => make(`d${i}`, `d${i - 1}`, 'raft-r1', `span-${i}`, i, 5));
  const lines = renderTrace(deep, { width: 120 });
  expect(lines).toHaveLength(20_001);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
  expect(told(circle)).toEqual(['┌ one', '┌ two', '└ two', '└ one']);
  expect(causalWalk(deep)).toHaveLength(20_000);
});
