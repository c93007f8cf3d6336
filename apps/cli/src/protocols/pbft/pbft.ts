import { readPbftClientMessage, pbftMessages } from '@synod/pbft-wire';
import type { Protocol } from '../protocol.js';
import { pbftFacts } from './facts.js';
import { pbftStatus } from './status.js';

export const pbft: Protocol = {
  name: 'pbft',
  words: { era: 'view', position: 'request', round: 'sequence', printEra: String },
  messages: {
    kinds: pbftMessages().peerKinds,
    routine: new Set(['pre-prepare', 'prepare', 'commit', 'checkpoint', 'progress']),
    chatter: new Set(['progress']),
    facts: pbftFacts,
    unwrap: readPbftClientMessage,
  },
  status: pbftStatus,
  hasRegisters: false,
};
