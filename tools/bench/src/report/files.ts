import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FailoverReport } from '../failover.js';
import type { Machine } from '../machine.js';
import type { Options } from '../options.js';
import type { SectionReport } from '../run-section.js';
import { barChart } from './chart.js';
import { markdownOf } from './markdown.js';
import { cpuModel, summarize } from './summary.js';

export interface Report {
  readonly machine: Machine;
  readonly sections: readonly SectionReport[];
  readonly failover: FailoverReport | undefined;
}

/** Everything that was measured, and what is said of it. */
export function writeJson(path: string, { machine, sections, failover }: Report, options: Options): void {
  const { rounds, warmUpMs, measureMs, kills, quick } = options;
  const content = {
    machine,
    options: { rounds, warmUpMs, measureMs, kills, quick },
    sections: sections.map(({ section, about, skipped, failures, results }) => ({
      name: section.name,
      title: section.title,
      about,
      skipped,
      failures,
      summaries: results.map(summarize),
      cpuModels: Object.fromEntries(
        section.contenders.map((name) => [name, cpuModel(results.filter(({ contender }) => contender === name))]),
      ),
      results: results.map(({ cell, contender, samples }) => ({ cell: cell.name, contender, samples })),
    })),
    failover,
  };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(content, null, 1)}\n`);
}

/** One SVG per section, of rates; and the tables as a page. */
export function writePage(directory: string, report: Report, { rounds, measureMs }: Options): void {
  const { machine, sections } = report;
  mkdirSync(directory, { recursive: true });
  for (const { section, results } of sections) {
    const summaries = results.map(summarize);
    const groups = [...new Set(summaries.map(({ cell }) => cell))].map((title) => ({
      title,
      bars: summaries
        .filter(({ cell }) => cell === title)
        .map(({ contender, perSecond: { median, min, max } }) => ({ label: contender, value: median, min, max })),
    }));
    const note = `operations per second, median and range of interleaved runs; ${machine.cores} cores for everything; ${machine.date.slice(0, 10)}`;
    writeFileSync(join(directory, `${section.name}.svg`), barChart(section.title, note, section.base, groups));
  }
  const how = `Medians of ${rounds} interleaved runs of ${measureMs / 1000} s each, after warm-up; closed loop.`;
  writeFileSync(join(directory, 'figures.md'), markdownOf(report, how));
}
