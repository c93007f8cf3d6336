/**
 * PBFT as a deterministic state machine: no clock, no randomness, no I/O, and no cryptography of its own. `PbftReplica` is the
 * actor; a file is a section of the paper ("Practical Byzantine Fault Tolerance", Castro and Liskov, OSDI 1999; TOCS: "Practical
 * Byzantine Fault Tolerance and Proactive Recovery", 2002), a function is a message.
 *
 * @packageDocumentation
 */
export { PbftReplica } from './replica.js';
export { leanerState, stateClasses } from './state-classes.js';
export type { PbftVocabulary, Timer } from './vocabulary.js';
export type * from './statements.js';
export type * from './messages.js';
export type * from './records.js';
export type { Event, Grievance, TransferFailure, ViewChangeReason } from './events.js';
export { Batch, nullBatch, requestDigest } from './batch.js';
export { bytesOfDigests, digestBytes, isDigest, zeroDigest } from './digests.js';
export { checkConfiguration, defaultLimits, defaultTimings } from './configuration.js';
export type { PbftConfiguration, PbftLimits, PbftTimings } from './configuration.js';
export { messageLimits } from './message-limits.js';
export type { Cryptography } from './cryptography.js';
export { Group } from './group.js';
export { checkpointDigest, extendHistory, fields, manifestDigest } from './history.js';
export type { CheckpointState, Manifest, StableCheckpoint, StableSnapshot } from './history.js';
export { faultOfCheckpoint, faultOfPrepared, faultOfSnapshot, faultOfVotes } from './certificates.js';
export { continuationOf, faultOfNewView, faultOfViewChange, viewChangeDigest } from './new-view-rules.js';
export type { Continuation, Rules } from './new-view-rules.js';
export { contradiction } from './equivocation.js';
export type { Contradiction } from './equivocation.js';
export { propose } from './normal-case.js';
export { leafOf, digestOfRead, rootFrom, treeOf } from './replies.js';
export type { PbftService, Recalled } from './service.js';
export { roundOf } from './round.js';
