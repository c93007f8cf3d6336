import { decodeBackupOperation, decodeBackupQuery, decodeBackupResult } from './backup.js';

/** What is asked of a group about saving and restoring, for people; never what is saved. */
export function backupOperationText(bytes: Uint8Array): string {
  const operation = decodeBackupOperation(bytes);
  switch (operation?.kind) {
    case undefined:
      return 'an unknown operation of a backup';
    case 'freeze':
      return 'keep the state as it is here';
    case 'thaw':
      return `let go the state of ${operation.position}`;
    case 'begin':
      return `restore ${shortId(operation.id)}, ${operation.pages} pages`;
    case 'load':
      return `page ${operation.number} of ${shortId(operation.id)}, ${operation.page.length} bytes`;
    case 'finish':
      return `finish ${shortId(operation.id)}`;
    case 'abandon':
      return `abandon ${shortId(operation.id)}`;
  }
}

export function backupQueryText(bytes: Uint8Array): string {
  const query = decodeBackupQuery(bytes);
  if (query === undefined) return 'an unknown query of a backup';
  if (query.kind === 'restoration') return 'how far is what is restored?';
  const of = `the state of ${query.position}`;
  return query.kind === 'page' ? `page ${query.number} of ${of}` : `what is ${of}?`;
}

export function backupResultText(bytes: Uint8Array): string {
  const result = decodeBackupResult(bytes);
  switch (result.kind) {
    case 'image':
      return `the state of ${result.position}, ${result.keys} keys`;
    case 'page':
      return `a page of ${result.bytes.length} bytes`;
    case 'end':
      return `${result.pages} pages are all`;
    case 'later':
      return 'not yet';
    case 'restoration':
      return `${result.phase}, page ${result.next} of ${result.pages}`;
    case 'error':
      return `error ${result.code}`;
  }
}

function shortId(id: Uint8Array): string {
  return Array.from(id.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
