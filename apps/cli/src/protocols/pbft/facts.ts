import { decodeReadBatch, decodeRequestBatch } from '@synod/api';
import type { Batch, Command, PeerMessage, Signed } from '@synod/pbft-core';
import { pbftMessages } from '@synod/pbft-wire';
import { operationText } from '../../tap/client-facts.js';
import { bytesText } from '../../tap/facts.js';
import type { Fact } from '../../tap/facts.js';

/** Of whatever group: who listens believes nothing anyway. */
const messages = pbftMessages();
/** Of a digest: enough to see that two are different. */
const digitsShown = 12;

export function pbftFacts(kind: string, payload: Uint8Array, values: boolean): readonly Fact[] {
  const message = messages.decode(kind, payload) as PeerMessage;
  const facts = factsOf(message, values);
  return 'signed' in message ? [...facts, ['signed by', message.signed.signer]] : facts;
}

function factsOf(message: PeerMessage, values: boolean): readonly Fact[] {
  switch (message.kind) {
    case 'prePrepare':
      return [...orderFacts(message.signed.statement), ...batchFacts(message.batch, values)];
    case 'prepare':
    case 'commit':
      return orderFacts(message.signed.statement);
    case 'checkpoint':
    case 'snapshot': {
      const { sequence, digest } = message.signed.statement;
      return [['sequence', sequence], digestFact(digest)];
    }
    case 'viewChange': {
      const { view, stable, prepared } = message.signed.statement;
      return [
        ['view', view],
        ['stable', stable.state.sequence],
        ['prepared', prepared.length],
      ];
    }
    case 'newView': {
      const { view, viewChanges, proposals } = message.signed.statement;
      const from = viewChanges.map(({ replica }) => replica);
      return [
        ['view', view],
        ['by the view changes of', from, `by the view changes of ${from.join(' ')}`],
        ['proposals', proposals.length],
      ];
    }
    case 'complaint':
      return [['view', message.signed.statement.view]];
    case 'relay':
      return [['request', requestText(message.signed, values)]];
    case 'proof':
      return [['against', message.first.signer]];
    case 'helloReply': {
      const { to, standing, view, stable } = message.signed.statement;
      return [
        ['to', to],
        ['standing', standing],
        ['view', view],
        ['stable', stable],
      ];
    }
    default:
      return unsignedFacts(message, values);
  }
}

type Unsigned = Extract<
  PeerMessage,
  {
    readonly kind:
      | 'status'
      | 'missing'
      | 'checkpointProof'
      | 'fetch'
      | 'history'
      | 'snapshotOffer'
      | 'fetchChunk'
      | 'snapshotChunk'
      | 'hello';
  }
>;

function unsignedFacts(message: Unsigned, values: boolean): readonly Fact[] {
  switch (message.kind) {
    case 'status': {
      const { view, active, stable, executed, floor, open } = message;
      return [
        ['view', view],
        ['active', active, active ? '' : 'not begun'],
        ['stable', stable],
        ['executed', executed],
        ['open', open.map(({ sequence }) => `${sequence}`), open.length === 0 ? '' : `open ${openText(open)}`],
        ['signs nothing through', floor, floor > 0 ? `signs nothing through ${floor}` : ''],
      ];
    }
    case 'missing':
      return [['sequence', message.sequence], ...batchFacts(message.batch, values)];
    case 'checkpointProof':
      return [
        ['sequence', message.stable.state.sequence],
        ['votes', message.stable.votes.map(({ signer }) => signer)],
      ];
    case 'fetch':
      return [
        ['sequences', `${message.from}–${message.through}`],
        ['what', message.what, message.what],
      ];
    case 'history':
      return [
        ['from', message.first],
        ['digests', message.digests.length],
        ['batches', message.batches.length],
      ];
    case 'snapshotOffer': {
      const { sequence, totalBytes } = message.stable.manifest;
      return [
        ['sequence', sequence],
        ['size', bytesText(totalBytes)],
      ];
    }
    case 'fetchChunk':
      return [
        ['snapshot', message.snapshot],
        ['chunk', message.place],
      ];
    case 'snapshotChunk': {
      const { snapshot, offset, bytes, totalBytes } = message.chunk;
      return [
        ['snapshot', snapshot.index],
        ['bytes', `${offset}–${offset + bytes.length} of ${totalBytes}`],
      ];
    }
    case 'hello':
      return [['who is there?', true]];
  }
}

function orderFacts({ view, sequence, digest }: { readonly view: number; sequence: number; digest: string }): Fact[] {
  return [['view', view], ['sequence', sequence], digestFact(digest)];
}

function digestFact(digest: string): Fact {
  return ['digest', digest, `digest ${digest.slice(0, digitsShown)}`];
}

function openText(open: readonly { readonly sequence: number }[]): string {
  return open.map(({ sequence }) => sequence).join(' ');
}

function batchFacts(batch: Batch, values: boolean): readonly Fact[] {
  const facts: Fact[] = [
    ['requests', batch.requests.length],
    ['size', bytesText(batch.sizeBytes)],
  ];
  if (values) facts.push(['holding', batch.requests.map((signed) => requestText(signed, true)).join(' ; ')]);
  return facts;
}

function requestText({ signer, statement }: Signed<Command>, values: boolean): string {
  const { holds, batch, session, sequence } = statement;
  if (!values) return `of ${signer}, session ${session}, sequence ${sequence}`;
  try {
    if (holds === 'queries') return `${decodeReadBatch(batch).queries.length} queries of ${signer}`;
    const { operations } = decodeRequestBatch(batch);
    if (operations.length === 0) return `${signer} opens a session`;
    return operations.map((bytes) => operationText(bytes, true)).join(' ; ');
  } catch {
    return bytesText(batch.length);
  }
}
