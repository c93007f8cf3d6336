import { Contenders } from './contenders.js';
import { runFailover } from './failover.js';
import type { FailoverReport } from './failover.js';
import { machineText, thisMachine } from './machine.js';
import { watchMemory } from './memory.js';
import { failoverSection, optionsOf, usage } from './options.js';
import type { Options } from './options.js';
import { Progress } from './progress.js';
import { profilesText } from './report/profile.js';
import { writeJson, writePage } from './report/files.js';
import { cpuModel, summarize } from './report/summary.js';
import { failoverText, legend, modelText, sectionText } from './report/text.js';
import { runSection } from './run-section.js';
import type { SectionReport } from './run-section.js';
import { sections, wantedCells } from './sections.js';

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(usage);
    return 0;
  }
  let options: Options;
  try {
    options = optionsOf(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    return 2;
  }
  const contenders = await Contenders.prepare(options.profile);
  try {
    if (options.memory !== undefined) await watchMemory(contenders, options.memory, options.json);
    else await bench(contenders, options);
  } finally {
    await contenders.close();
  }
  if (options.profile !== undefined) console.log(profilesText(options.profile));
  return 0;
}

async function bench(contenders: Contenders, options: Options): Promise<void> {
  const machine = thisMachine();
  const progress = new Progress();
  console.log(
    `${machineText(machine)}\n${options.rounds} interleaved rounds of ${options.measureMs / 1000} s each\n${legend}`,
  );
  const reports: SectionReport[] = [];
  let failover: FailoverReport | undefined;
  const wanted = sections.filter(({ name }) => options.only.includes(name));
  for (const section of wanted.filter((one) => wantedCells(one, options).length > 0)) {
    const report = await runSection(section, contenders, options, progress);
    reports.push(report);
    show(report);
  }
  if (options.only.includes(failoverSection)) {
    failover = await runFailover(contenders, options, progress);
    console.log(failoverText(failover));
  }
  const report = { machine, sections: reports, failover };
  if (options.json !== undefined) writeJson(options.json, report, options);
  if (options.page !== undefined) writePage(options.page, report, options);
}

function show(report: SectionReport): void {
  console.log(sectionText(report, report.results.map(summarize)));
  const writes = report.results.filter(({ cell }) => cell.readers === 0 && cell.valueBytes === 128 && !cell.flood);
  for (const name of report.section.contenders) {
    const model = cpuModel(writes.filter(({ contender }) => contender === name));
    if (model.total) console.log(modelText(name, model));
  }
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
