import { failoverQuantiles } from '../failover.js';
import type { FailoverReport } from '../failover.js';
import type { SectionReport } from '../run-section.js';
import { modelled } from './summary.js';
import type { CpuModel, Summary } from './summary.js';

const columns = [
  ...['', 'ops/s', '[min–max]', 'p50 ms', 'p99', 'p99.9', '×'],
  ...['CPU leader', 'followers', 'acceptors', 'broker', 'client', 'cores', 'msgs', 'bytes', 'syncs', 'log B', 'round'],
];

/** One table per load: the contenders as rows. */
export function sectionText(
  { section, about, skipped, failures }: SectionReport,
  summaries: readonly Summary[],
): string {
  const lines = [`\n${section.title}`];
  for (const [name, text] of Object.entries(about)) lines.push(`  ${name}: ${text}`);
  for (const text of skipped) lines.push(`  skipped: ${text}`);
  for (const text of failures) lines.push(`  failed: ${text}`);
  lines.push('');
  const cells = [...new Set(summaries.map(({ cell }) => cell))];
  const rows = cells.flatMap((cell) => {
    const ofCell = summaries.filter((summary) => summary.cell === cell);
    const base = ofCell.find(({ contender }) => contender === section.base);
    return [[cell], ...ofCell.map((summary) => rowOf(summary, base))];
  });
  lines.push(...aligned([columns, ...rows]));
  const stale = summaries.filter(({ staleReads }) => staleReads > 0);
  for (const { contender, cell, staleReads, operations } of stale) {
    lines.push(
      `  ${contender}, ${cell}: ${staleReads} of ${operations} operations read less than was acknowledged before`,
    );
  }
  return lines.join('\n');
}

/** What the columns are, once. */
export const legend = `×: rate against the section's base. CPU: milliseconds for 10,000 operations. cores: in use by all of the contender's processes.
msgs, bytes: taken in and sent out by brokers or servers, per operation; syncs and bytes written to logs: of all processes, per operation. round: operations per round.`;

function rowOf(summary: Summary, base: Summary | undefined): string[] {
  const { perSecond, p50, p99, p999, cpu, cores, messages, bytes, syncs, written, roundSize } = summary;
  const ratio = base && base !== summary ? (perSecond.median / base.perSecond.median).toFixed(2) : '';
  return [
    `  ${summary.contender}`,
    count(perSecond.median),
    `[${count(perSecond.min)}–${count(perSecond.max)}]`,
    ...[p50, p99, p999].map(({ median }) => precise(median)),
    ratio,
    ...[cpu.leader, cpu.followers, cpu.acceptors, cpu.broker, cpu.client].map((ms) => (ms === 0 ? '–' : precise(ms))),
    cores.toFixed(2),
    ...[messages, bytes, syncs, written, roundSize].map((value) => (value === undefined ? '–' : precise(value))),
  ];
}

export function modelText(contender: string, model: CpuModel): string {
  const parts = modelled.flatMap((role) => {
    const line = model[role];
    return line ? [`${role} ${line.fixed.toFixed(0)} + ${line.each.toFixed(2)}n`] : [];
  });
  return `  CPU of ${contender}, µs per round of n writes: ${parts.join(', ')}`;
}

export function failoverText({ afterMs, about, skipped }: FailoverReport): string {
  const rows = Object.entries(afterMs).map(([name, values]) => {
    const { p50, p99, min, max } = failoverQuantiles(values);
    return [`  ${name}`, String(values.length), ...[p50, p99, min, max].map((ms) => ms.toFixed(0))];
  });
  return [
    '\nFail-over: the leader is killed (SIGKILL) under load of 64 writers; milliseconds to the next acknowledged write',
    ...Object.entries(about).map(([name, text]) => `  ${name}: ${text}`),
    ...skipped.map((text) => `  skipped: ${text}`),
    '',
    ...aligned([['', 'kills', 'median', 'p99', 'min', 'max'], ...rows]),
  ].join('\n');
}

/** Thousands as `12.3k`. */
export function count(value: number): string {
  if (value >= 99_950) return `${(value / 1000).toFixed(0)}k`;
  if (value >= 9995) return `${(value / 1000).toFixed(1)}k`;
  return value.toFixed(0);
}

/** Three digits that matter. */
export function precise(value: number): string {
  if (value >= 9995) return count(value);
  if (value >= 99.95) return value.toFixed(0);
  if (value >= 9.995) return value.toFixed(1);
  return value >= 0.9995 ? value.toFixed(2) : value.toFixed(3);
}

/** The first column to the left, the others to the right. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map((_, column) =>
    Math.max(0, ...rows.filter((row) => row.length > 1).map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((text, column) =>
        column === 0 ? text.padEnd(row.length > 1 ? widths[0]! : 0) : text.padStart(widths[column]!),
      )
      .join('  ')
      .trimEnd(),
  );
}
