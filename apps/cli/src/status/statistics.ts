import type { Output } from '../output.js';
import type { Protocol, Words } from '../protocols/protocol.js';
import { table } from '../table.js';
import type { Cell } from '../table.js';
import { byNumber } from './overview.js';
import type { Counts, Report } from './report.js';

const roundsShown = 10;
/** Of a trace id: enough to ask for it. */
const digitsShown = 12;

/** Everything that `status --verbose` adds: a column per member, then the rounds of whoever led last. */
export function statisticsOf(reports: ReadonlyMap<string, Report>, protocol: Protocol, output: Output): string[] {
  const all = [...reports.values()].sort((a, b) => byNumber(a.replica, b.replica));
  const latest = Math.max(...all.map(({ rounds }) => rounds?.[0]?.era ?? 0));
  return [
    ...matrix('SINCE START', all, protocol.status.life, output),
    '',
    ...matrix(
      'MESSAGES SENT',
      all,
      countsOf(all, ({ sent }) => sent),
      output,
    ),
    '',
    ...matrix(
      'MESSAGES RECEIVED',
      all,
      countsOf(all, ({ received }) => received),
      output,
    ),
    '',
    ...matrix(
      'MESSAGES REJECTED',
      all,
      countsOf(all, ({ rejected }) => rejected),
      output,
    ),
    '',
    ...matrix('JOURNAL', all, protocol.status.journal, output),
    ...lastEntriesOf(all, protocol, output),
    ...all
      .filter(({ rounds }) => rounds?.[0]?.era === latest)
      .flatMap((report) => roundsOf(report, protocol.words, output)),
  ];
}

export type Values = Readonly<Record<string, number | string>>;

/** What is alike in every journal. */
export function journalFiles({ journal }: Report): Values {
  const { syncs = 0, bytesWritten = 0, segments = 0, sizeBytes = 0 } = journal ?? {};
  return { syncs, written: bytes(bytesWritten), size: bytes(sizeBytes), segments };
}

/** All names that any replica has counted, in order. */
function countsOf(
  reports: readonly Report[],
  pick: (report: Report) => Counts | undefined,
): (report: Report) => Values {
  const names = [...new Set(reports.flatMap((report) => Object.keys(pick(report) ?? {})))].sort();
  return (report) => Object.fromEntries(names.map((name) => [name, pick(report)?.[name] ?? 0]));
}

/** A row per name, a column per member; as many columns as fit, then the rest below. */
function matrix(
  title: string,
  reports: readonly Report[],
  valuesOf: (report: Report) => Values,
  output: Output,
): string[] {
  const values = reports.map(valuesOf);
  const names = [...new Set(values.flatMap((one) => Object.keys(one)))];
  if (names.length === 0) return [output.paint('bold', title), 'none'];
  const nameColumns = Math.max(title.length, ...names.map((name) => name.length));
  const valueColumns = Math.max(
    ...reports.map(({ replica }) => replica.length),
    ...values.flatMap((one) => Object.values(one)).map((value) => `${value}`.length),
  );
  const fitting = Math.max(1, Math.floor(((output.columns ?? Infinity) - nameColumns) / (valueColumns + 2)));
  const lines: string[] = [];
  for (let from = 0; from < reports.length; from += fitting) {
    const part = reports.slice(from, from + fitting);
    const columns = [{ title }, ...part.map(({ replica }) => ({ title: replica, right: true }))];
    const rows = names.map((name): Cell[] => [
      name,
      ...part.map((_, place) => `${values[from + place]![name] ?? '-'}`),
    ]);
    lines.push(...table(columns, rows, output));
  }
  return lines;
}

/** Of the member whose log goes furthest. */
function lastEntriesOf(reports: readonly Report[], { status, words }: Protocol, output: Output): string[] {
  const logs = reports.map((report) => ({ replica: report.replica, entries: status.lastEntries(report) }));
  const [furthest] = logs.sort((a, b) => (b.entries[0]?.position ?? 0) - (a.entries[0]?.position ?? 0));
  if (furthest === undefined || furthest.entries.length === 0) return [];
  const columns = [
    { title: words.position.toUpperCase(), right: true },
    { title: words.era.toUpperCase(), right: true },
    { title: 'ENTRY' },
    { title: 'FROM' },
    { title: 'BYTES', right: true },
  ];
  const rows = furthest.entries.map(({ position, era, kind, from, sizeBytes }): Cell[] => [
    `${position}`,
    words.printEra(era),
    kind === 'noOp' ? 'no-op' : kind,
    from,
    `${sizeBytes}`,
  ]);
  return ['', output.paint('bold', `LAST LOG ENTRIES, AT ${furthest.replica}`), ...table(columns, rows, output)];
}

function roundsOf(
  { replica, rounds = [] }: Report,
  { era, position, round: place = position, printEra }: Words,
  output: Output,
): string[] {
  if (rounds.length === 0) return [];
  const columns = [
    { title: era.toUpperCase(), right: true },
    { title: place === 'index' ? 'ENTRIES' : `${place.toUpperCase()}S` },
    { title: 'BATCHES', right: true },
    { title: 'STATE' },
    { title: 'MS', right: true },
    { title: 'QUORUM BY' },
    { title: 'SLOWEST' },
    { title: 'TRACE' },
  ];
  const rows = rounds
    .slice(0, roundsShown)
    .map((round): Cell[] => [
      printEra(round.era),
      round.first === round.last ? `${round.first}` : `${round.first}–${round.last}`,
      round.requests === 0 ? 'no-op' : `${round.requests}`,
      round.state === 'failed' ? { text: round.state, style: 'red' } : round.state,
      round.durationMs.toFixed(2),
      round.completedBy ?? '-',
      round.slowestStage ?? '-',
      round.traceId?.slice(0, digitsShown) ?? '-',
    ]);
  return [
    '',
    output.paint('bold', `LAST ROUNDS THAT ${replica} LED, THE NEWEST FIRST`),
    ...table(columns, rows, output),
  ];
}

export function bytes(count: number): string {
  if (count < 10_000) return `${count} B`;
  return count < 10_000_000 ? `${(count / 1024).toFixed(1)} KiB` : `${(count / 1_048_576).toFixed(1)} MiB`;
}

export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.floor(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
