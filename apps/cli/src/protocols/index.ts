import { paxos } from './paxos/paxos.js';
import { pbft } from './pbft/pbft.js';
import type { Protocol } from './protocol.js';
import { raft } from './raft/raft.js';
import { unknownProtocol } from './unknown.js';

/** Every protocol of which this program knows the words. Another one is one line more. */
export const protocols: readonly Protocol[] = [raft, paxos, pbft];

/** A group may speak what a later version understands: it is shown as far as all protocols are alike. */
export function protocolNamed(name: string | undefined): Protocol {
  return protocols.find((protocol) => protocol.name === name) ?? unknownProtocol;
}
