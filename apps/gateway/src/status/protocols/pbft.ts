import { numberOf, textOf } from '../fields.js';
import type { ProtocolStatus } from './protocol.js';

export const pbft: ProtocolStatus = {
  eraOf: ({ state }) => numberOf(state['view']),
  hasViews: true,
  fieldsOf: ({ state }, leader) => {
    const applied = numberOf(state['lastExecuted']);
    const ahead = leader && numberOf(leader.state['lastExecuted']);
    return {
      view: numberOf(state['view']),
      low: numberOf(state['lowWaterMark']),
      high: numberOf(state['highWaterMark']),
      stable: numberOf(state['stableCheckpoint']),
      applied,
      lag: ahead === undefined ? null : Math.max(0, ahead - applied),
      snapshot: numberOf(state['stableSnapshot']),
      stateHash: textOf(state['stateHash']),
    };
  },
};
