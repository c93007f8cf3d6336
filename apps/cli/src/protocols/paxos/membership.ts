import type { AcceptorSet } from '@synod/paxos-core';
import type { Report } from '../../status/report.js';
import type { MemberSet, Membership } from '../protocol.js';
import { printSet, setsOf } from './state.js';

/** The acceptors: proposers are added by configuration, and only at the end of the list. */
export function paxosMembership(reports: ReadonlyMap<string, Report>): Membership | undefined {
  const { now, next, nextFrom, joining, silent, registersVersion, settledVersion, awaited } = setsOf(reports);
  if (now === undefined) return undefined;
  return {
    now: setOf(now),
    next: next && { ...setOf(next), from: nextFrom },
    spares: Object.keys(joining),
    silent,
    followed: registersVersion,
    seenThrough: settledVersion,
    awaited,
  };
}

function setOf(set: AcceptorSet): MemberSet {
  const { version, acceptors, phase1, phase2 } = set;
  const members = acceptors.map(({ address }) => address);
  const disks = Object.fromEntries(acceptors.map(({ address, disk }) => [address, disk]));
  return { version, members, disks, quorums: { phase1, phase2 }, text: printSet(set) };
}
