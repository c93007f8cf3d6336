/**
 * Raft's bytes: messages between replicas, records in the journal, and the words in which telemetry tells of rounds.
 *
 * @packageDocumentation
 */
export { raftMessages } from './messages.js';
export { raftRecords } from './records.js';
export { raftWireVersion, wireLimits } from './limits.js';
export { raftRounds } from './rounds.js';
