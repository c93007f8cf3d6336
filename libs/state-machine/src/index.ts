export type { SnapshotSource, SnapshotTarget, StateMachine } from './state-machine.js';
export type { ReplicatedService } from './replicated-service.js';
