import { paxos } from './paxos.js';
import { pbft } from './pbft.js';
import type { ProtocolStatus } from './protocol.js';
import { raft } from './raft.js';

/** By the name that members say. Another protocol is one line more. */
const protocols: Readonly<Record<string, ProtocolStatus>> = { raft, paxos, pbft };

/** Of a later version's protocol, roles are shown and nothing else. */
const unknown: ProtocolStatus = { eraOf: () => 0, fieldsOf: () => ({}) };

export function protocolNamed(name: string): ProtocolStatus {
  return Object.hasOwn(protocols, name) ? protocols[name]! : unknown;
}
