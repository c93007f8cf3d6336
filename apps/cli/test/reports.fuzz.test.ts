import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { Output } from '../src/output.js';
import { protocols } from '../src/protocols/index.js';
import { unknownProtocol } from '../src/protocols/unknown.js';
import { summaryOf } from '../src/status/overview.js';
import { readReport } from '../src/status/report.js';
import type { Report } from '../src/status/report.js';
import { table } from '../src/table.js';

const output = new Output(new PassThrough(), new PassThrough(), false, {});
const known = { cluster: 'local', group: 'g', members: ['x1'], roles: {}, absence: () => undefined };

const set = fc.oneof(
  fc.jsonValue(),
  fc.record({ version: fc.jsonValue(), acceptors: fc.jsonValue() }),
  fc.record({ version: fc.nat(), acceptors: fc.array(fc.record({ address: fc.jsonValue(), disk: fc.jsonValue() })) }),
);
const state = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      role: fc.oneof(fc.constantFrom('leader', 'follower', 'acceptor'), fc.jsonValue()),
      standing: fc.jsonValue(),
      ballot: fc.oneof(fc.nat(), fc.jsonValue()),
      term: fc.jsonValue(),
      promised: fc.jsonValue(),
      chosenThrough: fc.jsonValue(),
      lastApplied: fc.jsonValue(),
      stateHash: fc.jsonValue(),
      followers: fc.jsonValue(),
      joining: fc.jsonValue(),
      acceptors: set,
      nextAcceptors: set,
    },
    { requiredKeys: [] },
  ),
);
const answer = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      kind: fc.oneof(fc.constantFrom('proposer', 'acceptor', 'replica'), fc.jsonValue()),
      state,
      members: fc.jsonValue(),
      proposers: fc.jsonValue(),
      acceptors: fc.jsonValue(),
      spares: fc.jsonValue(),
      cutOff: fc.jsonValue(),
      protocol: fc.jsonValue(),
      uptimeMs: fc.jsonValue(),
    },
    { requiredKeys: [] },
  ),
);

test.each([...protocols, unknownProtocol])('whatever members answer, $name shows it or leaves it out', (protocol) => {
  fc.assert(
    fc.property(fc.array(answer, { maxLength: 3 }), (answers) => {
      const reports = new Map<string, Report>();
      answers.forEach((said, i) => {
        const report = readReport(`x${i}`, said);
        if (report !== undefined) reports.set(`x${i}`, report);
      });
      const overview = protocol.status.overview(reports, known);
      for (const { columns, rows } of overview.tables) table(columns, rows, output);
      summaryOf(overview);
      protocol.membership?.(reports);
    }),
    { numRuns: 500, examples: [[[{ state: { stateHash: { toString: '' } } }]]] },
  );
});
