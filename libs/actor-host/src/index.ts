/**
 * Where an actor lives: the ports to the world, the mailbox, timers and ordered effects between them.
 *
 * @packageDocumentation
 */
export type * from './ports.js';
export { ActorHost } from './actor-host.js';
export type { HostParts, HostedActor } from './actor-host.js';
export { defaultHostLimits } from './limits.js';
export type { HostLimits, Quota } from './limits.js';
export { refusals } from './intake.js';
export { eventLoop, monotonicClock, sha256, systemDice } from './host-ports.js';
