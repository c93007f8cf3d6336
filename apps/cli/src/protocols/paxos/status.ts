import { divergedOf } from '../../status/overview.js';
import type { Known, Overview } from '../../status/overview.js';
import type { Report } from '../../status/report.js';
import { bytes, duration, journalFiles } from '../../status/statistics.js';
import type { LogEntry, Status } from '../protocol.js';
import { acceptorRow, acceptorTable } from './acceptors.js';
import { proposerRow, proposerTable } from './proposers.js';
import { acceptorState, ballotCell, leaderOf, namesIn, printSet, proposerState, setsOf } from './state.js';

export const paxosStatus: Status = { overview: overviewOf, life, journal, lastEntries };

function overviewOf(reports: ReadonlyMap<string, Report>, known: Known): Overview {
  const leader = leaderOf(reports);
  const sets = setsOf(reports);
  const { proposers: proposerNames, acceptors: acceptorNames } = namesIn(reports, known, sets);
  const proposers = proposerNames.map((name) => proposerRow(name, reports.get(name), leader, known));
  const acceptors = acceptorNames.map((name) => acceptorRow(name, reports.get(name), sets, known));
  const ran = proposers.map(({ proposer: name, applied, stateHash }) => ({ name, applied, stateHash }));
  const diverged = divergedOf(ran);
  const ballot = leader && ballotCell(proposerState(leader).ballot);
  return {
    cluster: known.cluster,
    group: known.group,
    protocol: 'paxos',
    leader: leader?.replica,
    era: ballot && `ballot ${ballot}`,
    members: [
      ...proposers.map(({ proposer: name, answers }) => ({ name, answers })),
      ...acceptors.map(({ acceptor: name, answers }) => ({ name, answers })),
    ],
    diverged,
    tables: [proposerTable(proposers, diverged), acceptorTable(acceptors)],
    remarks: remarksOf(sets),
    document: {
      ballot,
      proposers,
      acceptors,
      acceptorSet: sets.now,
      nextAcceptorSet: sets.next,
      changeAwaits: sets.awaited,
      spares: sets.joining,
    },
  };
}

function remarksOf({ now, next, nextFrom, joining, awaited }: ReturnType<typeof setsOf>): readonly string[] {
  const spares = Object.keys(joining);
  return [
    ...(now === undefined ? [] : [`acceptors: ${printSet(now)}`]),
    ...(next === undefined ? [] : [`from slot ${nextFrom ?? '?'} on: ${printSet(next)}`]),
    ...(awaited === undefined ? [] : [`acceptors of before are still needed: ${awaited}`]),
    ...(spares.length === 0 ? [] : [`spare, to be added with synod member add: ${spares.join(', ')}`]),
  ];
}

function life(report: Report) {
  const { uptimeMs = 0, version = '-', elections } = report;
  const { standing = '-', disk } = acceptorState(report);
  const common = { uptime: duration(uptimeMs), version, standing };
  if (report.kind === 'acceptor') return { ...common, ...(disk !== undefined && { disk }) };
  return { ...common, elections: elections ?? 0 };
}

function journal(report: Report) {
  if (report.kind === 'acceptor') {
    const { heldVotes = 0, heldBytes = 0, trimmedThrough = 0 } = acceptorState(report);
    return {
      'trimmed through': trimmedThrough,
      'votes held': heldVotes,
      held: bytes(heldBytes),
      ...journalFiles(report),
    };
  }
  const { firstSlot = 0, chosenThrough = 0, durableThrough = 0, snapshotSlot = 0 } = proposerState(report);
  const log = { 'log from': firstSlot, 'log to': chosenThrough, durable: durableThrough, snapshot: snapshotSlot };
  return { ...log, ...journalFiles(report) };
}

function lastEntries(report: Report): readonly LogEntry[] {
  const { lastEntries: entries = [] } = proposerState(report);
  return entries.map(({ index, ...entry }) => ({ position: index, ...entry }));
}
