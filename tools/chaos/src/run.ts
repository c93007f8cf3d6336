import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeHistory } from '@synod/linearizability';
import type { History } from '@synod/linearizability';
import { undoAtTheEnd } from '@synod/process-group';
import { Random } from '@synod/simulator';
import type { Fault } from './fault.js';
import { requireSound } from './judge.js';
import { namesIn } from './keys.js';
import { leadershipsIn } from './leaderships.js';
import { missingHere } from './needs.js';
import type { Need } from './needs.js';
import type { Options } from './options.js';
import { Summary } from './summary.js';
import { LONGEST_GAP_MS, TestBed } from './test-bed.js';

export interface Report {
  /** Stays to be read. */
  line(text: string): void;
  /** What is being done right now. */
  now(text: string): void;
}

/** Resolves to what happened, whether it was good or not; throws when the run could not be set up. */
export async function run(options: Options, report: Report): Promise<Summary> {
  const missing = missingHere();
  const summary = new Summary(options.seed);
  const possible = options.faults.filter((fault) => !isSkipped(fault, missing, summary, report));
  const directory = mkdtempSync(join(tmpdir(), 'synod-chaos-'));
  const removeDirectory = undoAtTheEnd(() => {
    if (!summary.failure) rmSync(directory, { recursive: true, force: true });
  });
  report.now(`starting NATS servers and a group of ${options.protocol}`);
  const random = new Random(`chaos/${options.seed}`);
  const bed = await TestBed.create(directory, missing, random, options, (text) => report.now(text));
  const run = new Run(bed, options, possible, summary, report);
  try {
    await run.strikeInTurn();
    await run.judgeEverything();
  } catch (error) {
    summary.failure = { message: (error as Error).message, directory };
    await writeHistory(join(directory, 'history.jsonl'), bed.workload.recorder.operations);
    writeLines(join(directory, 'registers.jsonl'), bed.workload.registers.history);
  } finally {
    await bed.close();
  }
  removeDirectory();
  return summary;
}

function isSkipped(fault: Fault, missing: ReadonlyMap<Need, string>, summary: Summary, report: Report): boolean {
  const reasons = fault.needs.flatMap((need) => missing.get(need) ?? []);
  if (reasons.length === 0) return false;
  summary.skip(fault.name, reasons.join('; '));
  report.line(`${fault.name}: skipped, ${reasons.join('; ')}`);
  return true;
}

class Run {
  private strikes = 0;

  constructor(
    private readonly bed: TestBed,
    private readonly options: Options,
    private readonly faults: readonly Fault[],
    private readonly summary: Summary,
    private readonly report: Report,
  ) {}

  /** Rounds of all faults, each in another order, until the time or the rounds are over. */
  async strikeInTurn(): Promise<void> {
    const { minutes, rounds } = this.options;
    const end = performance.now() + minutes * 60_000;
    for (let round = 0; round < rounds; round++) {
      for (const fault of this.bed.random.shuffle(this.faults)) {
        if (performance.now() > end) return;
        await this.strike(fault);
      }
    }
  }

  private async strike(fault: Fault): Promise<void> {
    const { bed, summary, report } = this;
    const { workload } = bed;
    const phase = `${fault.name}-${++this.strikes}`;
    report.now(phase);
    const before = this.leaderships();
    workload.begin(phase);
    let hit = '';
    try {
      await workload.advance(20, 10_000);
      hit = await fault.strike(bed);
      report.now(`${phase}: recovering`);
      await bed.recover();
      requireService(fault, workload.counts.longestGapMs);
      await this.requireNothingLost(phase);
    } catch (error) {
      summary.add(fault.name, workload.counts, 0, 'FAILED');
      throw new Error(`${phase} ${hit}: ${(error as Error).message}`, { cause: error });
    }
    const leaderships = this.leaderships() - before;
    summary.add(fault.name, workload.counts, leaderships, 'ok');
    report.line(`${phase} (${hit}): ${describe(workload.counts)}, ${leaderships} leaderships`);
  }

  private leaderships(): number {
    return leadershipsIn(this.bed.replicas.map((replica) => replica.log()));
  }

  /** The phase has keys of its own; what is older is judged with the whole at the end. */
  private async requireNothingLost(phase: string): Promise<void> {
    const { workload } = this.bed;
    const lost = await workload.lostCounts();
    if (lost.length > 0) throw new Error(lost.join('; '));
    const isOfPhase = (name: string) => name.startsWith(`${phase}/`);
    requireSound(workload.recorder.operations.filter((one) => namesIn(one).some(isOfPhase)));
    await workload.registers.requireSound(`${phase}/`);
  }

  /** All keys of all phases are read once more, and the whole history judged at once. */
  async judgeEverything(): Promise<void> {
    const { workload } = this.bed;
    this.report.now('reading everything once more, and judging the whole history');
    await workload.readEverything();
    requireSound(workload.recorder.operations);
    this.summary.registers = await workload.registers.requireSound();
    this.summary.judged = workload.recorder.operations.length;
    this.summary.kinds = kindsOf(workload.recorder.operations);
    this.summary.stalledMs = workload.stalledMs;
  }
}

function writeLines(path: string, some: readonly unknown[]): void {
  writeFileSync(path, some.map((one) => `${JSON.stringify(one)}\n`).join(''));
}

function requireService({ stopsTheGroup }: Fault, longestGapMs: number): void {
  if (stopsTheGroup || longestGapMs <= LONGEST_GAP_MS) return;
  throw new Error(`a majority was not touched, but nobody was served for ${longestGapMs.toFixed(0)} ms`);
}

function describe({
  operations,
  unknown,
  longestGapMs,
}: Readonly<{ operations: number; unknown: number; longestGapMs: number }>) {
  return `${operations} operations, ${unknown} unknown, longest gap ${(longestGapMs / 1000).toFixed(2)} s`;
}

/** How many of each kind were answered. */
function kindsOf(history: History): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const operation of history) {
    if (operation.outcome !== 'answered') continue;
    const kind = 'level' in operation ? `${operation.kind} ${operation.level}` : operation.kind;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}
