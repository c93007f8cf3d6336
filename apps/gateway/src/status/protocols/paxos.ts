import { printBallot } from '@synod/paxos-core';
import { fieldsOf, listOf, numberOf, textOf } from '../fields.js';
import type { MemberOverview } from '../overview.js';
import type { Report } from '../report.js';
import type { ProtocolStatus } from './protocol.js';

export const paxos: ProtocolStatus = {
  eraOf: ({ kind, state }) => (kind === 'acceptor' ? 0 : numberOf(state['ballot'])),
  printBallot,
  fieldsOf: (report, leader) => (report.kind === 'acceptor' ? ofAcceptor(report, leader) : ofProposer(report, leader)),
};

function ofProposer({ state }: Report, leader: Report | undefined): Partial<MemberOverview> {
  const ballot = numberOf(state['ballot']);
  const applied = numberOf(state['lastApplied']);
  const ahead = leader && numberOf(leader.state['chosenThrough']);
  return {
    ballot: textOfBallot(ballot),
    chosen: numberOf(state['chosenThrough']),
    applied,
    lag: ahead === undefined ? null : Math.max(0, ahead - applied),
    snapshot: numberOf(state['snapshotSlot']),
    stateHash: textOf(state['stateHash']),
  };
}

function ofAcceptor(report: Report, leader: Report | undefined): Partial<MemberOverview> {
  const { state } = report;
  const membership = membershipOf(report, leader);
  return {
    ...(membership !== 'acceptor' && { role: membership }),
    promised: textOfBallot(numberOf(state['promised'])),
    accepted: numberOf(state['lastAccepted']),
    trimmed: numberOf(state['trimmedThrough']),
    heldBytes: numberOf(state['heldBytes']),
    disk: numberOf(state['disk']),
    registers: numberOf(state['registers']),
  };
}

/** Whether its votes count, as the leader knows: now, after a change under way, or not at all. */
function membershipOf({ replica, state }: Report, leader: Report | undefined): string {
  const { acceptors, nextAcceptors } = leader?.state ?? {};
  if (acceptors === undefined) return 'acceptor';
  const counts = (set: unknown): boolean =>
    listOf(fieldsOf(set)['acceptors'])
      .map(fieldsOf)
      .some(({ address, disk }) => address === replica && disk === state['disk']);
  const [now, next] = [counts(acceptors), counts(nextAcceptors ?? acceptors)];
  if (now) return next ? 'acceptor' : 'leaving';
  return next ? 'joining' : 'spare';
}

function textOfBallot(ballot: number): string {
  return ballot > 0 ? printBallot(ballot) : '–';
}
