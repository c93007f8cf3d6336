/**
 * What a leader closes per turn, a message carries and a journal frame holds, whatever the protocol; pure.
 *
 * @packageDocumentation
 */
export { EntryBatch, sizeOf } from './entry-batch.js';
export type { Entry, LogIndex } from './entry-batch.js';
export { RecentBatches } from './recent-batches.js';
export type { RecentEntry } from './recent-batches.js';
