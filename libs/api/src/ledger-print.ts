import { decodeLedgerOperation, decodeLedgerQuery, decodeLedgerResult } from './ledger.js';

/** How data is shown, or that it is not. */
type Show = (data: Uint8Array) => string;

/** What the ledger is told, for people. */
export function ledgerOperationText(bytes: Uint8Array, show: Show): string {
  const operation = decodeLedgerOperation(bytes);
  if (operation === undefined) return 'an unknown operation of the ledger';
  return operation.kind === 'submit' ? `submit ${show(operation.data)}` : `cut block ${operation.height}`;
}

export function ledgerQueryText(bytes: Uint8Array): string {
  const query = decodeLedgerQuery(bytes);
  if (query === undefined) return 'an unknown query of the ledger';
  return query.kind === 'head'
    ? 'head of the ledger'
    : `${query.headersOnly ? 'headers' : 'blocks'} from ${query.from}`;
}

export function ledgerResultText(bytes: Uint8Array): string {
  const result = decodeLedgerResult(bytes);
  switch (result.kind) {
    case 'submitted':
      return `transaction ${result.position} of block ${result.height}${result.closed ? ', which it closed' : ''}`;
    case 'cut':
      return `block ${result.height} ${result.byThis ? 'is closed' : 'was closed before'}`;
    case 'head':
      return `head ${result.head?.height ?? 0}, ${result.pending} pending`;
    case 'blocks':
      return `${result.blocks.length} blocks${result.more ? ' and more' : ''}`;
    case 'error':
      return `error ${result.code}`;
  }
}
