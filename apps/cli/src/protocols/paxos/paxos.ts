import { printBallot } from '@synod/paxos-core';
import { paxosMessages } from '@synod/paxos-wire';
import type { Protocol } from '../protocol.js';
import { paxosFacts } from './facts.js';
import { paxosMembership } from './membership.js';
import { paxosStatus } from './status.js';

export const paxos: Protocol = {
  name: 'paxos',
  words: { era: 'ballot', position: 'slot', printEra: printBallot },
  messages: {
    kinds: paxosMessages.peerKinds,
    routine: new Set(['accept', 'accepted', 'heartbeat', 'progress', 'learn', 'chosen']),
    chatter: new Set(['accepted', 'heartbeat', 'progress', 'learn', 'chosen']),
    facts: paxosFacts,
  },
  status: paxosStatus,
  hasRegisters: true,
  membership: paxosMembership,
};
