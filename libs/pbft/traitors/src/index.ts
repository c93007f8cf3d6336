/**
 * Members of a PBFT group that do not keep to the protocol, as wrappers around an honest replica: for simulations, and for local
 * stacks in which people want to see a group go on.
 *
 * @packageDocumentation
 */
export { Traitor } from './traitor.js';
export type { Behaviour, Equipment, Means, Treason } from './traitor.js';
export { firstTreasons, laterTreasons, latestTreasons, stagedTreasons, treasons } from './treasons.js';
export type { StagedTreason, TreasonName } from './treasons.js';
