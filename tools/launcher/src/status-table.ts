import { printBallot } from '@synod/paxos-core';
import { isSigned } from '@synod/topology';
import type { PlannedService, RoleName } from '@synod/topology';
import type { StackGroup } from './groups.js';
import type { Answers, MemberState } from './status.js';

type Column = readonly [title: string, cell: (state: MemberState) => unknown];

const roleText = ({ role, standing }: MemberState): string => (standing === 'active' ? role : standing);
const ballotText = (ballot: unknown): string => (ballot ? printBallot(ballot as number) : '');

const ofByzantineReplicas: readonly Column[] = [
  ['role', roleText],
  ['view', ({ view }) => view],
  ['stable', ({ stableCheckpoint }) => stableCheckpoint],
  ['executed', ({ lastExecuted }) => lastExecuted],
  ['state', ({ stateHash }) => stateHash],
];

/** What is shown of each role beside the name. */
const columns: Readonly<Record<RoleName, readonly Column[]>> = {
  replica: [
    ['role', roleText],
    ['term', ({ term }) => term],
    ['commit', ({ commitIndex }) => commitIndex],
    ['applied', ({ lastApplied }) => lastApplied],
    ['state', ({ stateHash }) => stateHash],
  ],
  proposer: [
    ['role', roleText],
    ['ballot', ({ ballot }) => ballotText(ballot)],
    ['chosen', ({ chosenThrough }) => chosenThrough],
    ['applied', ({ lastApplied }) => lastApplied],
    ['state', ({ stateHash }) => stateHash],
  ],
  acceptor: [
    ['standing', ({ standing }) => standing],
    ['promised', ({ promised }) => ballotText(promised)],
    ['accepted', ({ lastAccepted }) => lastAccepted],
    ['trimmed', ({ trimmedThrough }) => trimmedThrough],
  ],
};

/** A table for each role of the group, one below the other: a line per member, those that do not answer shown as such. */
export function statusTable({ protocol, services }: StackGroup, found: Answers): readonly string[] {
  const roles = [...new Set(services.map(({ role }) => role))];
  const hasTraitors = services.some(({ treason }) => treason !== undefined);
  const rows = roles.flatMap((role) => {
    const members = services.filter((service) => service.role === role);
    const shown = isSigned(protocol) ? ofByzantineReplicas : columns[role];
    const titles = [role, ...shown.map(([title]) => title), ...(hasTraitors ? ['lies'] : [])];
    return [titles, ...members.map((member) => rowOf(shown, member, found))];
  });
  const most = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: most }, (_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd(),
  );
}

function rowOf(shown: readonly Column[], { name, treason = '' }: PlannedService, found: Answers): readonly string[] {
  const state = found.get(name)?.state;
  if (state === undefined) return [name, 'no answer'];
  return [name, ...shown.map(([, cell]) => String(cell(state) ?? '')), treason];
}
