/**
 * Raft as a deterministic state machine: no clock, no randomness, no I/O. `RaftReplica` is the actor; a file is a section
 * of the paper ("In Search of an Understandable Consensus Algorithm (Extended Version)", Ongaro and Ousterhout 2014; thesis:
 * Ongaro 2014), a function is a message.
 *
 * @packageDocumentation
 */
export { RaftReplica } from './replica.js';
export { derivedState, stateClasses } from './state-classes.js';
export type { RaftVocabulary, Timer } from './vocabulary.js';
export type * from './messages.js';
export type { Entries, HardState, Record, SnapshotMark, Truncate } from './records.js';
export type { ElectionReason, Event, FollowerReason } from './events.js';
export type { Term } from './log.js';
export { defaultLimits } from './configuration.js';
export { batchesPerMessage } from './replication.js';
export type { RaftConfiguration, RaftLimits } from './configuration.js';
export { roundOf } from './round.js';
