/**
 * What is replicated: the interface of a state machine, client sessions around one, a key-value store and a ledger.
 *
 * @packageDocumentation
 */
export type { SnapshotSource, SnapshotTarget, StateMachine } from './state-machine.js';
export { UnknownPageFormat } from './pages.js';
export type { ReplicatedService } from './replicated-service.js';
export { Sessions, sessionLimits } from './sessions/sessions.js';
export { Openings, openingMost } from './sessions/openings.js';
export type { Recalled } from './sessions/openings.js';
export type { SessionLimits } from './sessions/sessions.js';
export type { BatchCodec, SessionBatch, SessionError } from './sessions/batches.js';
export { KeyValueStore } from './key-value/store.js';
export type { HashSecret } from './key-value/search-key.js';
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
export { administrator, backupLimits } from './backup/operations.js';
export type {
  BackupCodec,
  BackupError,
  BackupErrorCode,
  BackupOperation,
  BackupQuery,
  BackupResult,
  Image,
  RestorationStatus,
} from './backup/operations.js';
export { StoreAndLedger } from './store-and-ledger.js';
export { Ledger } from './ledger/ledger.js';
export { blockHash, equalBytes, leafHash, noHash, type Block, type BlockHeader } from './ledger/block.js';
export type { Sha256, Transaction as LedgerTransaction } from './ledger/block.js';
export { merklePath, merkleRoot, provesLeaf } from './ledger/merkle.js';
export { agreedTime } from './ledger/time.js';
export { ChainVerifier, type BlockFault, type TrustedBlock } from './ledger/chain.js';
export { ledgerLimits } from './ledger/operations.js';
export type {
  AskBlocks,
  Blocks,
  Cut,
  Head,
  LedgerCodec,
  LedgerError,
  LedgerErrorCode,
  LedgerOperation,
  LedgerQuery,
  LedgerResult,
  Submit,
  Submitted,
  WasCut,
} from './ledger/operations.js';
