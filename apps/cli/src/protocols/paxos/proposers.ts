import { hashCell, memberTable, notesOf, numberCell, roleCell } from '../../status/overview.js';
import type { Known, MemberTable } from '../../status/overview.js';
import type { Report } from '../../status/report.js';
import type { Column } from '../../table.js';
import { ballotCell, proposerState } from './state.js';

export interface ProposerRow {
  readonly proposer: string;
  readonly answers: boolean;
  readonly role?: string | undefined;
  /** As people write it, `3.1`: its own, or that of the leader that it follows. */
  readonly ballot?: string | undefined;
  /** It knows what is chosen in all slots through here. */
  readonly chosen?: number | undefined;
  readonly applied?: number | undefined;
  /** Slots that the leader knows to be chosen and this proposer has not executed. */
  readonly lag?: number | undefined;
  readonly snapshot?: number | undefined;
  readonly stateHash?: string | undefined;
  readonly notes: readonly string[];
}

const columns: readonly Column[] = [
  { title: 'PROPOSER' },
  { title: 'ROLE' },
  { title: 'BALLOT', right: true },
  { title: 'CHOSEN', right: true },
  { title: 'APPLIED', right: true },
  { title: 'LAG', right: true },
  { title: 'SNAPSHOT', right: true },
  { title: 'STATE HASH' },
];

export function proposerRow(
  proposer: string,
  report: Report | undefined,
  leader: Report | undefined,
  known: Known,
): ProposerRow {
  const notes = notesOf(report, proposer, known);
  if (report === undefined) return { proposer, answers: false, notes };
  const { role, ballot, chosenThrough: chosen, lastApplied: applied, snapshotSlot, stateHash } = proposerState(report);
  const { chosenThrough: ahead } = proposerState(leader);
  const lag = ahead === undefined || applied === undefined ? undefined : Math.max(0, ahead - applied);
  const place = { ballot: ballotCell(ballot), chosen, applied, lag, snapshot: snapshotSlot };
  return { proposer, answers: true, role, ...place, stateHash, notes };
}

export function proposerTable(rows: readonly ProposerRow[], diverged: readonly string[]): MemberTable {
  return memberTable(
    columns,
    rows.map(({ proposer: name, answers, role, ballot = '-', chosen, applied, lag, snapshot, stateHash, notes }) => {
      const numbers = [chosen, applied, lag, snapshot].map(numberCell);
      const cells = [roleCell(role), ballot, ...numbers, hashCell(stateHash, diverged.includes(name))];
      return { name, answers, cells, notes };
    }),
  );
}
