import type { Printer } from '@synod/actor';
import { printQueries, printRequest, printResults } from '@synod/api';
import type { Batch, Command, Message, OpenSlot, PbftVocabulary, PreparedCertificate, Record, Reply, Signed, Status } from '@synod/pbft-core'; // prettier-ignore
import { printEvent } from './print-events.js';
import { printDigest, printStatement } from './print-statements.js';

/** One line for a message, in the words of the paper: `prepare 0.1 1f3a9c of r2` is r2's, in view 0, for sequence 1. */
function printMessage(message: Message): string {
  const { kind } = message;
  switch (kind) {
    case 'prePrepare':
      return `${printStatement(message.signed)} ${printBatch(message.batch)}`;
    case 'prepare':
    case 'commit':
    case 'checkpoint':
    case 'snapshot':
    case 'viewChange':
    case 'newView':
    case 'complaint':
      return printStatement(message.signed);
    case 'checkpointProof': {
      const { state, votes } = message.stable;
      return `${kind} ${state.sequence} by ${votes.map(({ signer }) => signer).join(' ') || 'nobody'}`;
    }
    case 'status':
      return printStatus(message);
    case 'missing':
      return `${kind} ${message.sequence} ${printBatch(message.batch)}`;
    case 'relay':
      return `${kind} ${printCommand(message.signed)}`;
    case 'proof':
      return `${kind} against ${message.first.signer}: ${printStatement(message.first)}, ${printStatement(message.second)}`; // prettier-ignore
    case 'request':
      return `${kind} ${printCommand(message.signed)}`;
    case 'read':
      return `${kind} ${message.level} "${printQueries(message.queries)}"`;
    case 'reply':
      return printReply(message);
    default:
      return printTransfer(message);
  }
}

type TransferMessage = Extract<
  Message,
  { kind: 'fetch' | 'history' | 'snapshotOffer' | 'fetchChunk' | 'snapshotChunk' | 'hello' | 'helloReply' }
>;

function printTransfer(message: TransferMessage): string {
  const { kind } = message;
  switch (kind) {
    case 'fetch':
      return `${kind} ${message.what} ${message.from}…${message.through}`;
    case 'history': {
      const { first, digests, batches } = message;
      const what = digests.length > 0 ? digests.map(printDigest) : batches.map(printBatch);
      return `${kind} from ${first} ${what.join(' ')}`;
    }
    case 'snapshotOffer': {
      const { manifest, votes } = message.stable;
      return `${kind} ${manifest.sequence} by ${votes.map(({ signer }) => signer).join(' ')}`;
    }
    case 'fetchChunk':
      return `${kind} ${message.snapshot} #${message.place}`;
    case 'snapshotChunk': {
      const { snapshot, offset, bytes, totalBytes } = message.chunk;
      return `${kind} ${snapshot.index} bytes ${offset}…${offset + bytes.length} of ${totalBytes}`;
    }
    case 'hello':
      return kind;
    case 'helloReply': {
      const { standing, founder, view, stable } = message.signed.statement;
      return `${kind} ${standing}${founder ? ' founder' : ''} v${view} stable=${stable}`;
    }
  }
}

function printStatus(status: Status): string {
  const { view, active, executed, stable, floor, open, batches, viewChanges } = status;
  const words = [
    `status v${view} executed=${executed} stable=${stable}`,
    ...(active ? [] : [`changing heard=${status.heard.join(',')}`]),
    ...(floor > 0 ? [`floor=${floor}`] : []),
    ...(open.length > 0 ? [`open=[${open.map(printOpen).join(', ')}]`] : []),
    ...(batches.length > 0 ? [`lacks=[${batches.map(printDigest).join(' ')}]`] : []),
    ...(viewChanges.length > 0 ? [`lacks ${viewChanges.length} view changes`] : []),
  ];
  return words.join(' ');
}

function printOpen({ sequence, hasProposal, prepares, commits }: OpenSlot): string {
  return `${sequence}${hasProposal ? '' : ' unknown'} ${prepares.length}p ${commits.length}c`;
}

function printReply({ sequence, answer }: Reply): string {
  if (answer.kind === 'results')
    return `reply ${sequence} "${printResults(answer.results)}" at ${answer.index}${answer.ageMs > 0 ? ` age=${answer.ageMs}` : ''} of ${answer.signed.signer}`; // prettier-ignore
  if (answer.kind === 'discovery') return `reply ${sequence} ${answer.replica} is ${answer.role}, primary ${answer.primary} of v${answer.view}`; // prettier-ignore
  return `reply ${sequence} refused ${answer.reason}`;
}

function printCommand({ signer, statement: { holds, batch } }: Signed<Command>): string {
  return `"${holds === 'queries' ? printQueries(batch) : printRequest(batch)}" of ${signer}`;
}

const requestsPrinted = 3;

export function printBatch({ requests }: Batch): string {
  const shown = requests.slice(0, requestsPrinted).map(printCommand);
  const more = requests.length > requestsPrinted ? `, … ${requests.length} in all` : '';
  return `[${shown.join(', ')}${more}]`;
}

export function printPrepared({ proposal, prepares }: PreparedCertificate): string {
  const { view, sequence, digest } = proposal.statement;
  return `${view}.${sequence} ${printDigest(digest)} by ${[proposal, ...prepares].map(({ signer }) => signer).join(' ')}`;
}

function printRecord(record: Record): string {
  const { kind } = record;
  switch (kind) {
    case 'standing': {
      const { standing, floor, firstView, founders } = record;
      const knows = founders.length > 0 ? ` knows ${founders.map(({ member }) => member).join(' ')}` : '';
      return `${kind} ${standing}${floor > 0 ? ` floor=${floor}` : ''}${firstView > 0 ? ` from v${firstView}` : ''}${knows}`;
    }
    case 'accepted':
      return `${kind} ${printStatement(record.proposal)} ${printBatch(record.batch)}`;
    case 'certificate':
      return `prepared ${printPrepared(record.certificate)}`;
    case 'batch':
      return `${kind} ${record.sequence} ${printBatch(record.batch)}${record.executed ? ' executed' : ''}`;
    case 'vote':
      return printStatement(record.vote);
    case 'stable':
      return `${kind} ${record.stable.state.sequence}`;
    case 'viewChange':
    case 'newView':
      return printStatement(record.signed);
    case 'snapshotMark':
      return `snapshot ${record.snapshot.manifest.sequence}`;
  }
}

/** PBFT's words in scenarios and transcripts. */
export const pbftPrinter: Printer<PbftVocabulary> = { message: printMessage, record: printRecord, event: printEvent };
