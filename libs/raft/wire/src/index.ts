/**
 * Raft's bytes: messages between replicas, records in the journal, and the words in which telemetry tells of rounds; and
 * `raft`, which puts them together with the rules for whoever starts replicas.
 *
 * @packageDocumentation
 */
export { raftMessages } from './messages.js';
export { raftRecords } from './records.js';
export { raftWireVersion, wireLimits } from './limits.js';
export { raftRounds } from './rounds.js';
export { raftPrinter } from './print.js';
export { raftRecording } from './recording.js';
export { raft } from './raft.js';
export type { RaftSettings } from './raft.js';
