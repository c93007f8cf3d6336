import { failoverQuantiles } from '../failover.js';
import type { FailoverReport } from '../failover.js';
import { machineText } from '../machine.js';
import type { SectionReport } from '../run-section.js';
import type { Report } from './files.js';
import { cpuModel, modelled, summarize } from './summary.js';
import type { Summary } from './summary.js';
import { count, legend, precise } from './text.js';
import type { Line } from '../statistics.js';

/** The tables of a run as a page, with the plots beside it. */
export function markdownOf({ machine, sections, failover }: Report, how: string): string {
  const parts = [
    '# Figures',
    `${machineText(machine)}; ${machine.date.slice(0, 10)}. ${how}\n\n${legend}`,
    ...sections.flatMap(sectionParts),
    ...(failover ? [failoverPart(failover)] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

function sectionParts(report: SectionReport): string[] {
  const { section, about, skipped, failures, results } = report;
  const summaries = results.map(summarize);
  const rows = summaries.map((summary) => {
    const base = summaries.find(({ cell, contender }) => cell === summary.cell && contender === section.base);
    return rowOf(summary, base);
  });
  const notes = [
    ...Object.entries(about).map(([name, text]) => `- ${name}: ${text}`),
    ...skipped.map((text) => `- skipped: ${text}`),
    ...failures.map((text) => `- failed: ${text}`),
  ];
  const head = [
    'load',
    'on',
    'ops/s',
    'min–max',
    'p50 ms',
    'p99 ms',
    'p99.9 ms',
    '×',
    'CPU leader',
    'followers',
    'acceptors',
    'broker',
    'client',
    'messages',
    'bytes',
    'syncs',
    'per round',
  ];
  return [
    `## ${section.title}`,
    notes.join('\n'),
    `![${section.title}](${section.name}.svg)`,
    table(head, rows),
    ...models(report),
  ];
}

function rowOf(summary: Summary, base: Summary | undefined): string[] {
  const { cell, contender, perSecond, p50, p99, p999, cpu, messages, bytes, syncs, roundSize } = summary;
  const ratio = base && base !== summary ? (perSecond.median / base.perSecond.median).toFixed(2) : '';
  return [
    cell,
    contender,
    count(perSecond.median),
    `${count(perSecond.min)}–${count(perSecond.max)}`,
    ...[p50, p99, p999].map(({ median }) => precise(median)),
    ratio,
    ...[cpu.leader, cpu.followers, cpu.acceptors, cpu.broker, cpu.client].map((ms) => (ms === 0 ? '' : precise(ms))),
    ...[messages, bytes, syncs, roundSize].map((value) => (value === undefined ? '' : precise(value))),
  ];
}

/** R + c·n, where rounds of different sizes were measured. */
function models({ section, results }: SectionReport): string[] {
  const writes = results.filter(({ cell }) => cell.readers === 0 && cell.valueBytes === 128 && !cell.flood);
  const rows = section.contenders.flatMap((name) => {
    const model = cpuModel(writes.filter(({ contender }) => contender === name));
    if (!model.total) return [];
    return [[name, ...modelled.map((role) => lineText(model[role]))]];
  });
  return rows.length === 0 ? [] : [`CPU, µs per round of n writes (R + c·n):\n\n${table(['', ...modelled], rows)}`];
}

/** Who has no acceptors has no line for them. */
function lineText(line: Line | undefined): string {
  return line ? `${line.fixed.toFixed(0)} + ${line.each.toFixed(2)}n` : '';
}

function failoverPart({ afterMs, about, skipped }: FailoverReport): string {
  const rows = Object.entries(afterMs).map(([name, values]) => {
    const { p50, p99, min, max } = failoverQuantiles(values);
    return [name, String(values.length), ...[p50, p99, min, max].map((ms) => ms.toFixed(0))];
  });
  const notes = [
    ...Object.entries(about).map(([name, text]) => `- ${name}: ${text}`),
    ...skipped.map((text) => `- skipped: ${text}`),
  ];
  const title =
    '## Fail-over: SIGKILL of the leader under load of 64 writers; milliseconds to the next acknowledged write';
  return [title, notes.join('\n'), table(['', 'kills', 'median', 'p99', 'min', 'max'], rows)].join('\n\n');
}

/** The first column to the left, the others to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
