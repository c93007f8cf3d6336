import { decodeBackupResult, decodeResult } from '@synod/api';
import type { BackupErrorCode, BackupResult, Image, RestorationStatus } from '@synod/state-machine';
import type { Source } from '../batch.js';
import { SynodError } from '../errors.js';

/** A state that is kept at one place of the log. */
export type Frozen = Omit<Image, 'kind'>;

/** How far a restoration is. */
export type Restoring = Omit<RestorationStatus, 'kind'>;

/** A page; that there is none of that number, but so many; or that it is to be asked for again. */
export type FrozenPage =
  | { readonly kind: 'page'; readonly bytes: Uint8Array }
  | { readonly kind: 'end'; readonly pages: number }
  | { readonly kind: 'later' };

const meanings: Readonly<Record<BackupErrorCode, string>> = {
  malformed: 'not an operation about saving or restoring',
  unknown: 'an operation that its replicas do not know: they are of an older version',
  notAllowed: 'only the admin saves and restores: use the credentials of user admin',
  noImage:
    'the member that answered keeps no image of that position: it was started since, or another save has begun, and there is one at a time',
  notEmpty: 'it has keys or blocks, or had, and only a group that nobody has used becomes what was saved',
  another: 'something else is being restored into it, or was',
  notBegun: 'nothing is being restored into it',
  notNext: 'another page comes first',
  damaged: 'what was loaded is no state; it is empty again',
  notWhole: 'pages are missing',
  differs: 'what was loaded is another state than that which was saved; it is empty again',
};

/** The place of the log at which the state is kept, 0 when it is not told: what marks it is known to no version's state, and answered as such. */
export function decodeMark(bytes: Uint8Array, { index }: Source): number {
  const result = wordOfStore(bytes);
  if (result === 'unknown') return index;
  throw new SynodError('unsupported', `the group answers ${result ?? 'something else'} to a mark in its log: ${older}`);
}

export function decodeFrozen(bytes: Uint8Array): Frozen {
  const { kind, ...frozen } = resultOf(bytes) as Image;
  if (kind === 'image') return frozen;
  throw unexpected(kind);
}

/** The bytes are the caller's own. */
export function decodePage(bytes: Uint8Array): FrozenPage {
  const result = resultOf(bytes);
  if (result.kind === 'page') return { kind: 'page', bytes: new Uint8Array(result.bytes) };
  if (result.kind === 'end' || result.kind === 'later') return result;
  throw unexpected(result.kind);
}

export function decodeRestoring(bytes: Uint8Array): Restoring {
  const { kind, ...status } = resultOf(bytes) as RestorationStatus;
  if (kind === 'restoration') return { ...status, id: new Uint8Array(status.id) };
  throw unexpected(kind);
}

const older = 'its replicas are of a version that saves and restores nothing, or have a state machine of their own';

function resultOf(bytes: Uint8Array): BackupResult {
  let result: BackupResult;
  try {
    result = decodeBackupResult(bytes);
  } catch (error) {
    if (wordOfStore(bytes) !== undefined) throw new SynodError('unsupported', older);
    throw new SynodError('invalid', `not a result of saving or restoring: ${(error as Error).message}`);
  }
  if (result.kind !== 'error') return result;
  const { code } = result;
  const kind = code === 'notAllowed' ? 'unauthorized' : code === 'noImage' ? 'unavailable' : 'invalid';
  throw new SynodError(kind, `the group refuses: ${meanings[code]}`);
}

/** What the key-value store says; undefined when it is not the store's. */
function wordOfStore(bytes: Uint8Array): string | undefined {
  try {
    const result = decodeResult(bytes);
    return result.kind === 'error' ? result.code : undefined;
  } catch {
    return undefined;
  }
}

function unexpected(kind: string): SynodError {
  return new SynodError('invalid', `the group answered with an unexpected result, ${kind}`);
}
