import { memberTable, notesOf, numberCell } from '../../status/overview.js';
import type { Known, MemberTable } from '../../status/overview.js';
import type { Report } from '../../status/report.js';
import { bytes } from '../../status/statistics.js';
import type { Cell, Column } from '../../table.js';
import { acceptorState, ballotCell } from './state.js';
import type { AcceptorState, Sets } from './state.js';

export interface AcceptorRow {
  readonly acceptor: string;
  readonly answers: boolean;
  /** Whether its votes count: in the acceptors of now, of a change under way, or of neither. */
  readonly membership: 'member' | 'joining' | 'leaving' | 'spare' | undefined;
  readonly promised?: string | undefined;
  /** The last slot with a value that it still holds; 0: none, all are trimmed. */
  readonly accepted?: number | undefined;
  readonly trimmed?: number | undefined;
  readonly heldBytes?: number | undefined;
  /** 0: that with which the group was founded. */
  readonly disk?: number | undefined;
  readonly registers?: number | undefined;
  readonly notes: readonly string[];
}

const columns: readonly Column[] = [
  { title: 'ACCEPTOR' },
  { title: 'ROLE' },
  { title: 'PROMISED', right: true },
  { title: 'ACCEPTED', right: true },
  { title: 'TRIMMED', right: true },
  { title: 'HELD', right: true },
  { title: 'DISK', right: true },
  { title: 'REGISTERS', right: true },
];

export function acceptorRow(acceptor: string, report: Report | undefined, sets: Sets, known: Known): AcceptorRow {
  const { disk, promised, lastAccepted, trimmedThrough, heldBytes, registers, misnumbered } = acceptorState(report);
  const notes = [...notesOf(report, acceptor, known), ...orderNotes(misnumbered)];
  const membership = membershipOf(acceptor, disk, sets);
  if (report === undefined) return { acceptor, answers: false, membership, notes };
  const votes = { promised: ballotCell(promised), accepted: lastAccepted, trimmed: trimmedThrough, heldBytes };
  return { acceptor, answers: true, membership, ...votes, disk, registers, notes };
}

/** Then it refuses whatever those ask, and the group works as if it were gone. */
function orderNotes(misnumbered: AcceptorState['misnumbered'] = {}): readonly string[] {
  return Object.entries(misnumbered).map(
    ([proposer, owner]) => `refuses ${proposer}, whose ballots are ${owner}'s by SYNOD_PROPOSERS here: the order must be the same everywhere`, // prettier-ignore
  );
}

/** An acceptor is a disk: one that lost it is a member by its name only, and counts for nothing until it is taken in again. */
function membershipOf(name: string, disk: number | undefined, { now, next }: Sets): AcceptorRow['membership'] {
  if (now === undefined) return undefined;
  const counts = (set: typeof now): boolean =>
    set.acceptors.some(({ address, disk: counted }) => address === name && (disk === undefined || disk === counted));
  const [isNow, isNext] = [counts(now), counts(next ?? now)];
  if (isNow) return isNext ? 'member' : 'leaving';
  return isNext ? 'joining' : 'spare';
}

export function acceptorTable(rows: readonly AcceptorRow[]): MemberTable {
  return memberTable(
    columns,
    rows.map(({ acceptor: name, answers, membership, promised = '-', notes, ...row }) => {
      const { accepted, trimmed, heldBytes, disk, registers } = row;
      const held = heldBytes === undefined ? '-' : bytes(heldBytes);
      const cells = [
        ...[roleCell(membership), promised, numberCell(accepted || undefined), numberCell(trimmed)],
        ...[held, numberCell(disk), numberCell(registers)],
      ];
      return { name, answers, cells, notes };
    }),
  );
}

function roleCell(membership: AcceptorRow['membership']): Cell {
  if (membership === undefined || membership === 'member') return 'acceptor';
  return { text: membership, style: 'yellow' };
}
