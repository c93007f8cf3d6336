import { setTimeout as delay } from 'node:timers/promises';
import { Admin } from '../admin.js';
import { findCluster } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import type { Call, Command } from '../command.js';
import type { ExitCode } from '../exit-codes.js';
import { connection, everywhere, group } from '../options.js';
import { processState } from '../stack.js';
import { table } from '../table.js';
import { overviewOf, summaryOf, tableOf } from './overview.js';
import type { Overview } from './overview.js';
import { readReport } from './report.js';
import type { Report } from './report.js';
import { statisticsOf } from './statistics.js';

const everyMs = 1000;

export const status: Command = {
  words: ['status'],
  summary: 'a table of the replicas: role, term, commit, applied, lag, state hash',
  arguments: [],
  options: {
    verbose: { meaning: 'statistics since each replica started, journal, last rounds', short: 'v' },
    watch: { meaning: 'again every second, until Ctrl-C', short: 'w' },
    timeout: { value: 'MS', meaning: 'how long a replica may take to answer (default 1000)' },
    ...connection,
    ...group,
    ...everywhere,
  },
  details: [
    'Lag counts the entries that the leader has and a replica has not acknowledged. Replicas that have applied the same' +
      ' entries must have the same state hash; those that do not are named.',
    'Exits with 4 when no replica answers, with 1 when there is no leader or states differ. Asks as user admin.',
  ],
  examples: ['status', 'status --watch', 'status --verbose', 'status --json'],
  run: runStatus,
};

async function runStatus(call: Call): Promise<ExitCode> {
  const cluster = findCluster(call);
  const timeoutMs = call.values.wholeNumber('timeout', 1000, 1, 60_000);
  const admin = await Admin.connect(call, cluster);
  try {
    for (;;) {
      const reports = await ask(admin, cluster, timeoutMs);
      if (call.signal.aborted) return 'ok';
      const overview = overviewOf(reports, known(cluster));
      show(call, overview, reports);
      if (!call.values.flag('watch')) return verdict(overview);
      await delay(everyMs, undefined, { signal: call.signal }).catch(() => undefined);
      if (call.signal.aborted) return 'ok';
    }
  } finally {
    await admin.close();
  }
}

async function ask(admin: Admin, cluster: Cluster, timeoutMs: number): Promise<ReadonlyMap<string, Report>> {
  const all = (answers: ReadonlyMap<string, unknown>): boolean => {
    const members =
      cluster.members ?? [...answers].flatMap(([from, answer]) => readReport(from, answer)?.members ?? []);
    return members.length > 0 && members.every((member) => answers.has(member));
  };
  const answers = await admin.ask(cluster.everyone, 'status', {}, all, timeoutMs);
  const reports = new Map<string, Report>();
  for (const [from, answer] of answers) {
    const report = readReport(from, answer);
    if (report !== undefined) reports.set(from, report);
  }
  return reports;
}

function known({ name, group, members = [], stack }: Cluster) {
  const absence = (replica: string): string | undefined => {
    if (stack === undefined) return undefined;
    const pid = stack.services.find((service) => service.name === replica)?.pid;
    const state = pid === undefined ? 'gone' : processState(pid);
    return state === 'gone' ? 'process ended' : `pid ${pid} ${state}`;
  };
  return { cluster: name, group, members, absence };
}

function show({ output, values }: Call, overview: Overview, reports: ReadonlyMap<string, Report>): void {
  const verbose = values.flag('verbose');
  if (output.json) return output.document({ ...overview, ...(verbose && { reports: Object.fromEntries(reports) }) });
  const watching = values.flag('watch');
  const { columns, rows } = tableOf(overview);
  const lines = [...table(columns, rows, output), '', summaryOf(overview)];
  if (overview.diverged.length > 0) {
    lines.push(
      output.paint('red', `DIVERGED: ${overview.diverged.join(', ')} have different states after the same entries`),
    );
  }
  if (verbose) lines.push('', ...statisticsOf(reports, output));
  if (watching && output.isTerminal) output.raw(Buffer.from('\u001b[H\u001b[J'));
  output.lines(lines);
  if (watching && !output.isTerminal) output.line('');
}

function verdict({ leader, replicas, diverged }: Overview): ExitCode {
  if (!replicas.some(({ answers }) => answers)) return 'noCluster';
  return leader === undefined || diverged.length > 0 ? 'failed' : 'ok';
}
