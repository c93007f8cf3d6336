/**
 * First start and lost disks, whatever the protocol: an empty journal cannot tell a new group from a lost disk. Pure.
 *
 * @packageDocumentation
 */
export { Formation } from './formation.js';
export type { FormationHooks, FormationState, Founders } from './formation.js';
export type { Activate, Form, FormationMessage, Formed, Hello, HelloReply, Standing } from './messages.js';
