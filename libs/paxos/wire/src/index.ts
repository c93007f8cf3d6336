/**
 * Multi-Paxos's bytes: messages between proposers and acceptors, records in their journals, and the words in which telemetry
 * tells of rounds; and `proposer` and `acceptor`, which put them together with the rules for whoever starts them.
 *
 * @packageDocumentation
 */
export { paxosMessages } from './messages.js';
export { paxosRecords } from './records.js';
export { paxosWireVersion, wireLimits } from './limits.js';
export { paxosRounds } from './rounds.js';
export { paxosPrinter } from './print.js';
export { printEntry } from './print-values.js';
export { paxosRecording } from './recording.js';
export { acceptor, proposer } from './paxos.js';
export type { AcceptorSettings, ProposerSettings } from './paxos.js';
