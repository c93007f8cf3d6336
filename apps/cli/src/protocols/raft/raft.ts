import { raftMessages } from '@synod/raft-wire';
import type { Protocol } from '../protocol.js';
import { raftFacts } from './facts.js';
import { raftStatus } from './status.js';
import { raftWords } from './words.js';

export const raft: Protocol = {
  name: 'raft',
  words: raftWords,
  messages: {
    kinds: raftMessages.peerKinds,
    routine: new Set(['append-entries', 'append-entries-reply', 'heartbeat']),
    chatter: new Set(['append-entries-reply', 'heartbeat']),
    facts: raftFacts,
  },
  status: raftStatus,
  hasRegisters: false,
};
