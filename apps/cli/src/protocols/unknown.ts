import { memberTable, membersOf, notesOf, roleCell } from '../status/overview.js';
import type { Known, Overview } from '../status/overview.js';
import type { Report } from '../status/report.js';
import { duration, journalFiles } from '../status/statistics.js';
import type { Protocol } from './protocol.js';

const none: ReadonlySet<string> = new Set();

/** A protocol that this program has not heard of, or a group of which nobody answers: what is alike in all protocols. */
export const unknownProtocol: Protocol = {
  name: 'unknown',
  words: { era: 'era', position: 'position', printEra: String },
  messages: { kinds: none, routine: none, chatter: none, facts: () => [] },
  status: {
    overview: overviewOf,
    life: ({ uptimeMs = 0, version = '-' }) => ({ uptime: duration(uptimeMs), version }),
    journal: journalFiles,
    lastEntries: () => [],
  },
  hasRegisters: false,
};

function overviewOf(reports: ReadonlyMap<string, Report>, known: Known): Overview {
  const rows = membersOf(reports, known).map((name) => {
    const report = reports.get(name);
    const role = report?.state?.['role'];
    return { name, role, answers: report !== undefined, notes: notesOf(report, name, known) };
  });
  const table = memberTable(
    [{ title: 'MEMBER' }, { title: 'ROLE' }],
    rows.map(({ role, ...row }) => ({ ...row, cells: [roleCell(role)] })),
  );
  return {
    cluster: known.cluster,
    group: known.group,
    protocol: [...reports.values()].find(({ protocol }) => protocol !== undefined)?.protocol,
    leader: rows.find(({ role }) => role === 'leader')?.name,
    era: undefined,
    members: rows.map(({ name, answers }) => ({ name, answers })),
    diverged: [],
    tables: [table],
    remarks: [],
    document: { replicas: rows.map(({ name: replica, ...row }) => ({ replica, ...row })) },
  };
}
