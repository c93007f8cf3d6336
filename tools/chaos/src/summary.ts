import type { Verdict } from './registers/judge.js';
import type { Tally } from './workload.js';

interface Row extends Tally {
  struck: number;
  /** That began while it was struck. */
  leaderships: number;
  verdict: string;
}

/** What came of a run. */
export class Summary {
  private readonly rows = new Map<string, Row>();
  /** Operations of the whole history, once it was found linearizable. */
  judged = 0;
  /** The same by kind: `get`, `get stale`, `transaction`, … */
  kinds: Readonly<Record<string, number>> = {};
  /** Write-once registers that were asked for, and those of them that hold a value, once all were found sound. */
  registers: Pick<Verdict, 'judged' | 'decided'> = { judged: 0, decided: 0 };
  /** How long in all the machine gave this run no turn; the gaps do not count it. */
  stalledMs = 0;
  /** Why the run failed, and where everything is that can tell more. */
  failure: { readonly message: string; readonly directory: string } | undefined;

  constructor(readonly seed: number) {}

  add(fault: string, tally: Readonly<Tally>, leaderships: number, verdict: string): void {
    const row = this.rows.get(fault) ?? emptyRow();
    row.struck++;
    row.operations += tally.operations;
    row.acknowledged += tally.acknowledged;
    row.unknown += tally.unknown;
    row.refused += tally.refused;
    row.longestGapMs = Math.max(row.longestGapMs, tally.longestGapMs);
    row.leaderships += leaderships;
    row.verdict = verdict;
    this.rows.set(fault, row);
  }

  skip(fault: string, reason: string): void {
    this.rows.set(fault, { ...emptyRow(), verdict: `skipped: ${reason}` });
  }

  table(): string {
    const head = ['fault', 'struck', 'operations', 'acknowledged', 'unknown', 'longest gap', 'leaderships', 'verdict'];
    const body = [...this.rows].map(([fault, row]) => [
      fault,
      ...[row.struck, row.operations, row.acknowledged, row.unknown].map((count) => count.toLocaleString('en')),
      `${(row.longestGapMs / 1000).toFixed(2)} s`,
      String(row.leaderships),
      row.verdict,
    ]);
    const widths = head.map((title, i) => Math.max(title.length, ...body.map((cells) => cells[i]!.length)));
    const line = (cells: readonly string[]) =>
      cells
        .map((cell, i) => (i === 0 || i === 7 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
        .join('  ')
        .trimEnd();
    return [head, ...body].map(line).join('\n');
  }

  /** What was found to be as it should, for people. */
  get verdict(): string {
    const { judged, decided } = this.registers;
    const registers = judged > 0 ? `; ${decided.toLocaleString('en')} of ${judged.toLocaleString('en')} registers decided, each once` : ''; // prettier-ignore
    return `${this.judged.toLocaleString('en')} operations, linearizable${registers}; the same state everywhere`;
  }

  get leaderships(): number {
    return [...this.rows.values()].reduce((sum, { leaderships }) => sum + leaderships, 0);
  }

  toJSON(): unknown {
    const { seed, judged, kinds, stalledMs, failure } = this;
    const registers = { judged: this.registers.judged, decided: this.registers.decided };
    return { seed, judged, kinds, registers, stalledMs, failure, faults: Object.fromEntries(this.rows) };
  }
}

function emptyRow(): Row {
  const counts = { operations: 0, acknowledged: 0, unknown: 0, refused: 0, longestGapMs: 0 };
  return { ...counts, struck: 0, leaderships: 0, verdict: '' };
}
