export type { RaftVocabulary, Timer } from './vocabulary.js';
export type * from './messages.js';
export type { Entries, HardState, Record, SnapshotMark, Truncate } from './records.js';
export type { Event, FollowerReason } from './events.js';
export { EntryBatch } from './log.js';
export type { Entry, LogIndex, Term } from './log.js';
export { defaultLimits } from './configuration.js';
export type { RaftConfiguration, RaftLimits } from './configuration.js';
