import { DecodeError, batchCodec, encodeReadBatch, encodeRequestBatch, encodeResults, keyValueCodec } from '@synod/api';
import { Batch } from '@synod/pbft-core';
import type { Command, Message, PeerMessage, Record, Signed, Statement } from '@synod/pbft-core';
import { decodeCertificate, encodeCertificate, pbftCryptography, pbftMessages, pbftRecords } from '@synod/pbft-wire';
import type { Certificate } from '@synod/pbft-wire';
import { KeyValueStore, Openings, Sessions } from '@synod/state-machine';
import { createHash } from 'node:crypto';
import type { Decoder } from './decoders.js';

const domain = { cluster: 'local', group: 'pbft', epoch: 'e1' };
const messages = pbftMessages(domain);
const records = pbftRecords(domain);
const isDecodeError = (error: Error): boolean => error instanceof DecodeError;

/** Any signature will do: whether it is genuine is not a decoder's business. */
function say<S extends Statement>(signer: string, statement: S): Signed<S> {
  const sha256 = (parts: readonly Uint8Array[]): string =>
    createHash('sha256').update(Buffer.concat(parts)).digest('hex');
  return pbftCryptography(domain, signer, sha256, () => new Uint8Array(64).fill(7)).sign(statement);
}

const digest = 'ab'.repeat(32);
const operations = encodeRequestBatch({
  client: 'c1',
  session: 5,
  sequence: 9,
  acknowledgedThrough: 3,
  operations: [],
});
const queries = encodeReadBatch({ client: 'c1', sequence: 4, level: 'linearizable', maxAgeMs: 0, queries: [] });
const common = { type: 'request', client: 'c1', sequence: 9 } as const;
const command: Signed<Command> = say('ann', { ...common, session: 5, holds: 'operations', batch: operations });
const read: Signed<Command> = say('ann', { ...common, session: 0, sequence: 4, holds: 'queries', batch: queries });
const batch = new Batch([command, read]);

const proposal = say('r1', { type: 'prePrepare', view: 0, sequence: 7, digest });
const prepare = say('r2', { type: 'prepare', view: 0, sequence: 7, digest });
const commit = say('r2', { type: 'commit', view: 0, sequence: 7, digest });
const prepared = { proposal, prepares: [prepare] };
const checkpoint = say('r2', { type: 'checkpoint', sequence: 50, digest });
const snapshot = say('r2', { type: 'snapshot', sequence: 50, digest });
const stable = { state: { sequence: 50, position: 60, history: digest, state: 'a-b' }, votes: [checkpoint] };
const manifest = {
  sequence: 50,
  position: 60,
  history: digest,
  totalBytes: 100,
  chunkBytes: 64,
  chunks: [digest, digest],
};
const stableSnapshot = { manifest, votes: [snapshot] };
const viewChange = say('r3', { type: 'viewChange', view: 1, stable, prepared: [prepared] });
const viewChanges = [{ replica: 'r3', digest }];
const newView = say('r2', { type: 'newView', view: 1, viewChanges, proposals: [proposal] });
const replies = say('r2', { type: 'replies', view: 0, sequence: 7, whole: true, count: 3, root: digest });
const standing = say('r2', {
  ...{ type: 'standing', to: 'r1', nonce: 5, incarnation: 6, standing: 'active', founder: true, view: 1, stable: 50 },
} as const);
const complaint = say('r2', { type: 'complaint', view: 1, incarnation: 6, number: 3 });
const hello = say('r2', { type: 'hello', nonce: 5 });
const open = [{ sequence: 8, hasProposal: true, prepares: [0, 2], commits: [1] }];
const chunk = { snapshot: { index: 50, era: 0 }, offset: 0, totalBytes: 5, bytes: new Uint8Array(5), checksum: 99 };

const peerMessages: readonly PeerMessage[] = [
  { kind: 'prePrepare', signed: proposal, batch },
  { kind: 'prepare', signed: prepare },
  { kind: 'commit', signed: commit },
  { kind: 'checkpoint', signed: checkpoint },
  { kind: 'checkpointProof', stable },
  { kind: 'snapshot', signed: snapshot },
  { kind: 'viewChange', signed: viewChange },
  { kind: 'newView', signed: newView },
  {
    ...{ kind: 'status', view: 1, active: false, stable: 50, executed: 60, snapshot: 50, floor: 3 },
    ...{ open, batches: [digest], viewChanges: [digest], heard: [0, 3], prepared: 61 },
    ...{ beat: { at: 70_000, echoes: [0, 70_001, 70_002] } },
  } as PeerMessage,
  { kind: 'complaint', signed: complaint },
  { kind: 'missing', sequence: 7, batch },
  { kind: 'relay', signed: command },
  { kind: 'proof', first: prepare, second: commit },
  { kind: 'fetch', from: 3, through: 50, what: 'digests' },
  { kind: 'history', first: 3, digests: [digest, digest], batches: [batch] },
  { kind: 'snapshotOffer', stable: stableSnapshot },
  { kind: 'fetchChunk', snapshot: 50, place: 3, chunkBytes: 65_536 },
  { kind: 'snapshotChunk', chunk },
  { kind: 'hello', signed: hello },
  { kind: 'helloReply', signed: standing, stable },
];
const results = encodeResults([new Uint8Array(3)]);
const answered = { kind: 'results', results, index: 12, ageMs: 3, signed: replies, place: 2, path: [digest] } as const;
const clientMessages: readonly Message[] = [
  { kind: 'request', signed: command },
  { kind: 'reply', client: 'c1', session: 5, sequence: 9, answer: answered },
];

const standingRecord = {
  kind: 'standing',
  standing: 'active',
  floor: 3,
  firstView: 4,
  founders: [{ member: 'r2', incarnation: 6 }],
} as const;
const newViewRecord = { kind: 'newView', signed: newView, viewChanges: [viewChange] } as const;
const vote = { kind: 'vote', vote: checkpoint } as const;
const allRecords: readonly Record[] = [
  standingRecord,
  { kind: 'accepted', proposal, batch },
  { kind: 'certificate', certificate: prepared },
  { kind: 'batch', sequence: 7, batch, executed: true },
  vote,
  { kind: 'stable', stable },
  { kind: 'viewChange', signed: viewChange },
  newViewRecord,
  {
    ...{ kind: 'snapshotMark', snapshot: stableSnapshot, standing: standingRecord, stable },
    ...{ viewChange: { kind: 'viewChange', signed: viewChange }, newView: newViewRecord, votes: [vote] },
  } as Record,
];

const answers = [{ signed: replies, place: 2, path: [digest], index: 12 }];
const certificates: readonly Certificate[] = [
  { kind: 'prepared', certificate: prepared },
  { kind: 'checkpoint', stable },
  { kind: 'snapshot', stable: stableSnapshot },
  { kind: 'newView', signed: newView, viewChanges: [viewChange] },
  { kind: 'reply', asked: { kind: 'request', signed: command }, results, answers },
  { kind: 'reply', asked: { kind: 'read', queries }, results, answers },
  { kind: 'equivocation', first: prepare, second: commit },
];

/** Pages of a service whose openings are executed once. */
export function openingsPages(): Uint8Array[] {
  const service = newOpenings();
  let position = 0;
  for (const user of ['ann', 'bob']) {
    for (let sequence = 1; sequence <= 3; sequence++) {
      service.apply(
        ++position,
        user,
        encodeRequestBatch({ client: 'c', session: 0, sequence, acknowledgedThrough: 0, operations: [] }),
      );
    }
  }
  const pages: Uint8Array[] = [];
  for (let all = service.snapshot(), page = all.next(); !page.done; page = all.next()) pages.push(page.value);
  return pages;
}

export const newOpenings = (): Openings =>
  new Openings(new Sessions(new KeyValueStore(keyValueCodec), batchCodec), batchCodec);

export const pbftDecoders: readonly Decoder[] = [
  ...[...peerMessages, ...clientMessages].map((message): Decoder => {
    const kind = messages.kindOf(message);
    return {
      name: `pbftMessages.decode ${kind}`,
      valid: [messages.encode(message)],
      decode: (bytes) => messages.decode(kind, bytes),
      documented: isDecodeError,
      ...(message.kind !== 'reply' && { encode: messages.encode }),
    };
  }),
  {
    name: 'pbftMessages.refusal',
    valid: [messages.encode({ kind: 'request', signed: command }), messages.encode({ kind: 'request', signed: read })],
    decode: (bytes) => messages.refusal('request', bytes),
    documented: isDecodeError,
  },
  ...allRecords.map((record): Decoder => {
    const { type, payload } = records.encode(record);
    return {
      name: `pbftRecords.decode ${record.kind}`,
      valid: [Buffer.concat(payload)],
      decode: (bytes) => records.decode({ type, payload: bytes }),
      documented: isDecodeError,
    };
  }),
  {
    name: 'decodeCertificate',
    valid: certificates.map(encodeCertificate),
    decode: (bytes) => decodeCertificate(domain, bytes),
    documented: isDecodeError,
    encode: encodeCertificate,
  },
];
