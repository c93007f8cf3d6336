import { setTimeout as delay } from 'node:timers/promises';
import { Admin } from '../admin.js';
import { findClusters } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import type { Call, Command } from '../command.js';
import type { ExitCode } from '../exit-codes.js';
import { connection, everywhere, onlyGroup } from '../options.js';
import { table } from '../table.js';
import { askStatus } from './group-status.js';
import type { GroupStatus } from './group-status.js';
import { summaryOf } from './overview.js';
import type { Overview } from './overview.js';
import { statisticsOf } from './statistics.js';

const everyMs = 1000;

export const status: Command = {
  words: ['status'],
  summary: 'a table of the members, one for each role: who leads, and how far everyone is',
  arguments: [],
  options: {
    verbose: { meaning: 'statistics since each member started, journal, last rounds', short: 'v' },
    watch: { meaning: 'again every second, until Ctrl-C', short: 'w' },
    timeout: { value: 'MS', meaning: 'how long a member may take to answer (default 1000)' },
    ...connection,
    ...onlyGroup,
    ...everywhere,
  },
  details: [
    'Lag counts the entries that the leader has and a member has not: of Raft, not acknowledged; of Multi-Paxos, not applied.' +
      ' Members that have applied the same entries must have the same state hash; those that do not are named.',
    'A ballot is round.proposer: 3.1 is round 3 of proposer 1. With --json a document per group, one per line.',
    'Exits with 4 when no member of a group answers, with 1 when there is no leader or states differ. Asks as user admin.',
  ],
  examples: ['status', 'status --group raft', 'status --watch', 'status --verbose', 'status --json'],
  run: runStatus,
};

async function runStatus(call: Call): Promise<ExitCode> {
  const timeoutMs = call.values.wholeNumber('timeout', 1000, 1, 60_000);
  const lines = await connectAll(call, findClusters(call));
  try {
    for (;;) {
      const groups = await Promise.all(lines.map(({ admin, cluster }) => askStatus(admin, cluster, timeoutMs)));
      if (call.signal.aborted) return 'ok';
      show(call, groups);
      if (!call.values.flag('watch')) return worst(groups.map(({ overview }) => verdict(overview)));
      await delay(everyMs, undefined, { signal: call.signal }).catch(() => undefined);
      if (call.signal.aborted) return 'ok';
    }
  } finally {
    await Promise.all(lines.map(({ admin }) => admin.close()));
  }
}

interface Line {
  readonly cluster: Cluster;
  readonly admin: Admin;
}

/** One after the other: what is wrong with the broker is wrong for all groups, and told once. */
async function connectAll(call: Call, clusters: readonly Cluster[]): Promise<readonly Line[]> {
  const lines: Line[] = [];
  try {
    for (const cluster of clusters) lines.push({ cluster, admin: await Admin.connect(call, cluster) });
    return lines;
  } catch (error) {
    await Promise.all(lines.map(({ admin }) => admin.close()));
    throw error;
  }
}

function show(call: Call, groups: readonly GroupStatus[]): void {
  const { output, values } = call;
  const verbose = values.flag('verbose');
  if (output.json) {
    for (const { overview, reports } of groups) {
      output.document({ ...documentOf(overview), ...(verbose && { reports: Object.fromEntries(reports) }) });
    }
    return;
  }
  const watching = values.flag('watch');
  if (watching && output.isTerminal) output.raw(Buffer.from('\u001b[H\u001b[J'));
  output.lines(groups.flatMap((group, place) => [...(place > 0 ? [''] : []), ...linesOf(call, group)]));
  if (watching && !output.isTerminal) output.line('');
}

function linesOf({ output, values }: Call, { overview, reports, protocol }: GroupStatus): readonly string[] {
  const lines = overview.tables.flatMap(({ columns, rows }) => [...table(columns, rows, output), '']);
  lines.push(summaryOf(overview), ...overview.remarks);
  const { diverged } = overview;
  if (diverged.length > 0) {
    lines.push(output.paint('red', `DIVERGED: ${diverged.join(', ')} have different states after the same entries`));
  }
  return values.flag('verbose') ? [...lines, '', ...statisticsOf(reports, protocol, output)] : lines;
}

function documentOf({ cluster, group, protocol, leader, document, diverged }: Overview): object {
  return { cluster, group, protocol, leader, ...document, diverged };
}

function verdict({ leader, members, diverged }: Overview): ExitCode {
  if (!members.some(({ answers }) => answers)) return 'noCluster';
  return leader === undefined || diverged.length > 0 ? 'failed' : 'ok';
}

function worst(verdicts: readonly ExitCode[]): ExitCode {
  return (['noCluster', 'failed'] as const).find((code) => verdicts.includes(code)) ?? 'ok';
}
