import { raftMessages } from '@synod/raft-wire';
import type { Protocol } from '../protocol.js';
import { raftFacts } from './facts.js';
import { raftStatus } from './status.js';

export const raft: Protocol = {
  name: 'raft',
  words: { era: 'term', position: 'index', printEra: String },
  messages: {
    kinds: raftMessages.peerKinds,
    routine: new Set(['append-entries', 'append-entries-reply', 'heartbeat']),
    chatter: new Set(['append-entries-reply', 'heartbeat']),
    facts: raftFacts,
  },
  status: raftStatus,
};
