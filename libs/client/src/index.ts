/**
 * The client of any Synod group: it finds the leader, coalesces the operations of a turn, retries until an answer or a
 * deadline without doing anything twice, and says with typed errors what is known when it cannot.
 *
 * @packageDocumentation
 */
export { Client, connect, type ClientConnection, type ClientOptions } from './client.js';
export type { ServerOptions } from './connection.js';
export { errors, type ErrorCode } from '@synod/api';
export { SynodError, type ErrorDetails } from './errors.js';
export type { Answer, Group, GroupStatistics, ReadOptions, WriteOptions } from './group.js';
export type { CallOptions } from './call.js';
export type { Source } from './batch.js';
export type { Trust } from './pbft/trust.js';
export type { Description } from './description.js';
export type { ReadLevel } from './reads.js';
export { ChosenValue } from './registers.js';
export { Session, type SessionPlace } from './session.js';
export { defaultLimits, type ClientLimits } from './limits.js';
export type { ClientSpan, ClientTracing, TraceContext } from './tracing.js';
export type { Surroundings } from './surroundings.js';
export { Entry } from './key-value.js';
export type {
  Bytes,
  CompareAndSetAnswer,
  Condition,
  GetAnswer,
  RangeAnswer,
  RangeQuery,
  Relation,
  Step,
  StepAnswer,
  Transaction,
  TransactionAnswer,
  WriteAnswer,
} from './key-value.js';
export type { KeyValueGroup } from './key-value-group.js';
export { Backup } from './backup/backup.js';
export type { Frozen, FrozenPage, Restoring } from './backup/codec.js';
export { Ledger } from './ledger/ledger.js';
export type { BlocksQuery, CutAnswer, SubmitAnswer, SubmitOptions } from './ledger/ledger.js';
export { LedgerBlock, LedgerTransaction } from './ledger/block.js';
export type { BlocksAnswer, HeadAnswer, LedgerHeader } from './ledger/block.js';
export { verifyProof, type TransactionProof } from './ledger/proof.js';
export type { Verification, VerifyOptions } from './ledger/verification.js';
