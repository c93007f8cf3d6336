import type {
  BackupCodec,
  BackupErrorCode,
  BackupOperation,
  BackupQuery,
  BackupResult,
  RestorationStatus,
} from '@synod/state-machine';
import { backupField, backupOperationShape, backupQueryShape, backupResultShape } from './backup-shapes.js';
import { synod } from './gen/api.js';
import { decodeWith } from './inspect.js';
import { limits } from './limits.js';
import { DecodeError, WireReader } from './wire-reader.js';

const { Operation: OperationMessage, Query: QueryMessage, Result: ResultMessage } = synod.api.v1;
type ResultProperties = synod.api.v1.BackupResult.$Properties;

const none = new Uint8Array(0);
const firstByte = backupField * 8 + 2;
/** The highest field of each, by which a later version's are told. */
const [operationMost, queryMost] = [6, 3];
const phases: readonly RestorationStatus['phase'][] = ['empty', 'used', 'loading', 'restored'];
const errorCodes: readonly (BackupErrorCode | undefined)[] = [
  ...[undefined, 'malformed', 'unknown', 'notAllowed', 'noImage', 'notEmpty'],
  ...['another', 'notBegun', 'notNext', 'damaged', 'notWhole', 'differs'],
] as (BackupErrorCode | undefined)[];
const errorDetails: Readonly<Record<BackupErrorCode, string>> = {
  malformed: 'not an operation or query about saving or restoring',
  unknown: 'an operation or query that this replica does not know',
  notAllowed: 'only the admin saves and restores',
  noImage: 'this member keeps no image of that position',
  notEmpty: 'the group has keys or blocks already',
  another: 'something else is being restored into the group, or was',
  notBegun: 'nothing is being restored',
  notNext: 'another page comes first',
  damaged: 'what was loaded is no state; the group is empty again',
  notWhole: 'pages are missing',
  differs: 'what was loaded is another state than was told; the group is empty again',
};

export function encodeBackupOperation({ kind, ...fields }: BackupOperation): Uint8Array {
  return OperationMessage.encode({ backup: { [kind]: fields } }).finish();
}

export function encodeBackupQuery({ kind, ...fields }: BackupQuery): Uint8Array {
  return QueryMessage.encode({ backup: { [kind]: fields } }).finish();
}

export function encodeBackupResult(result: BackupResult): Uint8Array {
  return ResultMessage.encode({ backup: resultOut(result) }).finish();
}

/** Ids and pages are views of `bytes`. Undefined for a kind of a later version. */
export function decodeBackupOperation(bytes: Uint8Array): BackupOperation | undefined {
  checkSize(bytes, limits.operationBytes, 'an operation');
  if (isUnknown(bytes, operationMost)) return undefined;
  const operation = decodeWith(OperationMessage, bytes, backupOperationShape).backup ?? {};
  const { thaw, begin, load, finish, abandon } = operation;
  if (thaw) return { kind: 'thaw', position: thaw.position ?? 0 };
  if (begin) return { kind: 'begin', id: begin.id ?? none, revision: begin.revision ?? 0, pages: begin.pages ?? 0 };
  if (load) return { kind: 'load', id: load.id ?? none, number: load.number ?? 0, page: load.page ?? none };
  if (finish) return { kind: 'finish', id: finish.id ?? none, ...(finish.hash && { hash: finish.hash }) };
  return abandon ? { kind: 'abandon', id: abandon.id ?? none } : { kind: 'freeze' };
}

export function decodeBackupQuery(bytes: Uint8Array): BackupQuery | undefined {
  checkSize(bytes, limits.operationBytes, 'a query');
  if (isUnknown(bytes, queryMost)) return undefined;
  const { image, page } = decodeWith(QueryMessage, bytes, backupQueryShape).backup ?? {};
  if (image) return { kind: 'image', position: image.position ?? 0 };
  return page ? { kind: 'page', position: page.position ?? 0, number: page.number ?? 0 } : { kind: 'restoration' };
}

/** Ids and pages are views of `bytes`. */
export function decodeBackupResult(bytes: Uint8Array): BackupResult {
  checkSize(bytes, limits.replyBytes, 'a result');
  return resultIn(decodeWith(ResultMessage, bytes, backupResultShape).backup ?? {});
}

/** Operations, queries and results about saving and restoring begin alike: with the tag of their field. */
export function isBackups(bytes: Uint8Array): boolean {
  return bytes[0] === firstByte;
}

/** For `StoreAndLedger`: operations and results as they stand in backup.proto. */
export const backupCodec: BackupCodec = {
  isBackups,
  decodeOperation: decodeBackupOperation,
  decodeQuery: decodeBackupQuery,
  encodeResult: encodeBackupResult,
};

function checkSize(bytes: Uint8Array, most: number, what: string): void {
  if (bytes.length > most) throw new DecodeError(`${what} of ${bytes.length} bytes; at most ${most} are allowed`);
}

/** Of these, but a single field that is none of ours: of a version that knows more kinds. */
function isUnknown(bytes: Uint8Array, most: number): boolean {
  const reader = new WireReader().start(bytes);
  if (!reader.more || reader.tag() !== firstByte) return false;
  const from = reader.span();
  const first = bytes[from] ?? 0;
  return reader.position > from && first % 8 === 2 && first > most * 8 + 2;
}

function resultOut(result: BackupResult): ResultProperties {
  if (result.kind === 'error') {
    return { error: { code: errorCodes.indexOf(result.code), detail: errorDetails[result.code] } };
  }
  if (result.kind === 'restoration') {
    const { phase, id, next, pages, hash } = result;
    return { restoration: { phase: phases.indexOf(phase), id, next, pages, hash } };
  }
  const { kind, ...fields } = result;
  return { [kind]: fields };
}

function resultIn({ image, page, end, later, restoration, error }: ResultProperties): BackupResult {
  if (image) {
    const { position, hash, keys, blocks, revision } = image;
    const counts = { keys: keys ?? 0, blocks: blocks ?? 0, revision: revision ?? 0 };
    return { kind: 'image', position: position ?? 0, hash: hash ?? '', ...counts };
  }
  if (page) return { kind: 'page', bytes: page.bytes ?? none };
  if (end) return { kind: 'end', pages: end.pages ?? 0 };
  if (later) return { kind: 'later' };
  if (restoration) {
    const { id, next, pages, hash } = restoration;
    const phase = phases[restoration.phase ?? 0];
    if (phase === undefined) throw new DecodeError(`phase ${restoration.phase} of a restoration is not known`);
    return { kind: 'restoration', phase, id: id ?? none, next: next ?? 0, pages: pages ?? 0, hash: hash ?? '' };
  }
  const code = errorCodes[error?.code ?? 0];
  if (code === undefined) throw new DecodeError(`error ${error?.code} of a backup is not known`);
  return { kind: 'error', code };
}
