import { fieldsOf, numberOf, textOf } from '../fields.js';
import type { Report } from '../report.js';
import type { ProtocolStatus } from './protocol.js';

export const raft: ProtocolStatus = {
  eraOf: ({ state }) => numberOf(state['term']),
  fieldsOf: (report, leader) => {
    const { state } = report;
    return {
      term: numberOf(state['term']),
      commit: numberOf(state['commitIndex']),
      applied: numberOf(state['lastApplied']),
      lag: report === leader ? 0 : lagOf(report.replica, leader),
      stateHash: textOf(state['stateHash']),
    };
  },
};

/** What the leader has and this replica has not acknowledged; null when no leader tells. */
function lagOf(replica: string, leader: Report | undefined): number | null {
  const followers = fieldsOf(leader?.state['followers']);
  const { lag } = fieldsOf(Object.hasOwn(followers, replica) ? followers[replica] : undefined);
  return typeof lag === 'number' ? numberOf(lag) : null;
}
