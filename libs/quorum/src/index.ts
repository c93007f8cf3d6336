/**
 * Quorum arithmetic of crash-fault and Byzantine protocols; pure.
 *
 * @packageDocumentation
 */
export { byzantineFaults, byzantineQuorum, majority } from './size.js';
export { jointMajorityIndex, majorityIndex } from './majority-index.js';
export { JointVoteSet, VoteSet } from './vote-set.js';
export type { Outcome } from './vote-set.js';
