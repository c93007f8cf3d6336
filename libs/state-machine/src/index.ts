/**
 * What is replicated: the interface of a state machine, client sessions around one, and a key-value store.
 *
 * @packageDocumentation
 */
export type { SnapshotSource, SnapshotTarget, StateMachine } from './state-machine.js';
export type { ReplicatedService } from './replicated-service.js';
export { Sessions, sessionLimits } from './sessions/sessions.js';
export { Openings } from './sessions/openings.js';
export type { Recalled } from './sessions/openings.js';
export type { SessionLimits } from './sessions/sessions.js';
export type { BatchCodec, SessionBatch, SessionError } from './sessions/batches.js';
export { KeyValueStore } from './key-value/store.js';
export { limits as keyValueLimits, PutPlace } from './key-value/operations.js';
export type {
  CompareAndSet,
  Condition,
  Delete,
  Found,
  Get,
  KeyValue,
  KeyValueCodec,
  Mismatch,
  NotFound,
  Operation,
  OperationError,
  OperationErrorCode,
  Put,
  Query,
  Range,
  RangeResult,
  Relation,
  Result,
  Step,
  Transaction,
  TransactionResult,
  Written,
} from './key-value/operations.js';
