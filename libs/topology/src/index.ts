/**
 * What a group of each protocol consists of: its services, their names, who of them answers clients, what each is told in its
 * environment and who each is at the broker. Whoever starts groups (launcher, testkit) starts them by this.
 *
 * @packageDocumentation
 */
export { isSigned, protocols } from './protocols.js';
export type { Protocol, Role, RoleName } from './protocols.js';
export { everyone, planGroup, settingsOf, serviceNamed, traitorsMost, withTraitors } from './group-plan.js';
export type { GroupPlan, PlanOptions, PlannedService } from './group-plan.js';
export { identitiesOf } from './identities.js';
export type { GroupIdentity, GroupMembers } from './identities.js';
