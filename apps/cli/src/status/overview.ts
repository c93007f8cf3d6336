import type { Cell, Column } from '../table.js';
import type { Report } from './report.js';

/** A group as its members describe it. */
export interface Overview {
  readonly cluster: string;
  readonly group: string;
  readonly protocol: string | undefined;
  readonly leader: string | undefined;
  /** `term 2`; undefined when nobody tells. */
  readonly era: string | undefined;
  readonly members: readonly { readonly name: string; readonly answers: boolean }[];
  /** Members that applied the same entries and have different states: never right. */
  readonly diverged: readonly string[];
  /** One for each role, below each other. */
  readonly tables: readonly MemberTable[];
  /** What else is to be said of the group, a line each. */
  readonly remarks: readonly string[];
  /** The same for programs, beside the group, its leader and who diverged. */
  readonly document: Readonly<Record<string, unknown>>;
}

export interface MemberTable {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface Known {
  readonly cluster: string;
  readonly group: string;
  readonly members: readonly string[];
  /** Members by what they are, as far as that is known beforehand. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
  /** What this machine knows of a member that does not answer. */
  readonly absence: (member: string) => string | undefined;
}

/** Whoever is a member, in order, as far as that is known from before or told in a report. */
export function membersOf(reports: ReadonlyMap<string, Report>, { members }: Known): readonly string[] {
  const told = [...reports.values()].flatMap((report) => report.members ?? []);
  return [...new Set([...members, ...told, ...reports.keys()])].sort(byNumber);
}

/** What is unusual about a member, whatever its protocol. */
export function notesOf(report: Report | undefined, name: string, known: Known): readonly string[] {
  if (report === undefined) {
    const absence = known.absence(name);
    return absence === undefined ? [] : [absence];
  }
  const { standing, diskStalled } = report.state ?? {};
  const notes = typeof standing === 'string' && standing !== 'active' ? [standing] : [];
  if (diskStalled === true) notes.push('disk stalled');
  const { cutOff = [] } = report;
  return cutOff.length === 0 ? notes : [...notes, `cut off from ${cutOff.join(', ')}`];
}

/** Of members that execute the log: those of which another has another state after the same entries. */
export function divergedOf(
  members: readonly { readonly name: string; readonly applied?: unknown; readonly stateHash?: unknown }[],
): readonly string[] {
  return members
    .filter(({ applied, stateHash }) =>
      members.some((other) => applied !== undefined && other.applied === applied && other.stateHash !== stateHash),
    )
    .map(({ name }) => name);
}

/** The first title is for names. There is a column of notes when there is a note. */
export function memberTable(titles: readonly Column[], members: readonly MemberRow[]): MemberTable {
  const rows = members.map(({ name, answers, cells }): Cell[] =>
    answers ? [name, ...cells] : [name, { text: 'no answer', style: 'red' }],
  );
  if (members.every(({ notes }) => notes.length === 0)) return { columns: titles, rows };
  const noted = rows.map((row, place): Cell[] => [
    ...titles.map((_, column) => row[column] ?? ''),
    { text: members[place]!.notes.join('; '), style: 'yellow' },
  ]);
  return { columns: [...titles, { title: 'NOTES' }], rows: noted };
}

export interface MemberRow {
  readonly name: string;
  readonly answers: boolean;
  /** Those after the name, the first of them the role. */
  readonly cells: readonly Cell[];
  readonly notes: readonly string[];
}

/** A number, or that there is none. */
export function numberCell(number: unknown): string {
  return typeof number === 'number' ? `${number}` : '-';
}

export function roleCell(role: unknown): Cell {
  const text = typeof role === 'string' ? role : 'unknown';
  if (text === 'leader' || text === 'primary') return { text, style: 'green' };
  return text === 'follower' || text === 'backup' ? text : { text: roleText(text), style: 'yellow' };
}

/** `preCandidate` as people write it. */
export function roleText(role: string): string {
  return role.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Long enough to see that two are different; `--json` has all of it. */
export function hashCell(hash: unknown, diverged: boolean): Cell {
  // What is no text was not said by a member of ours.
  const parts = typeof hash === 'string' ? hash.split('-') : ['-'];
  const text = parts.length > 1 ? parts.map((part) => part.slice(0, 6)).join('-') : parts[0]!.slice(0, 16);
  return diverged ? { text, style: 'red' } : text;
}

/** One line: what matters first. */
export function summaryOf({ cluster, group, protocol, leader, era, members }: Overview): string {
  const answering = members.filter(({ answers }) => answers).length;
  const led = leader === undefined ? 'no leader' : `leader ${leader}, ${era ?? '-'}`;
  return `cluster ${cluster}, group ${group} (${protocol ?? 'protocol unknown'}): ${led}, ${answering} of ${members.length} answer`;
}

/** `r10` after `r9`. */
export function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

export function maximum(numbers: readonly unknown[]): number | undefined {
  const known = numbers.filter((number) => typeof number === 'number');
  return known.length === 0 ? undefined : Math.max(...known);
}
