import type { Address } from '@synod/actor';
import { digestOfRead, leafOf, nullBatch, requestDigest, treeOf } from '@synod/pbft-core';
import type { Digest, Message, Reply, Batch } from '@synod/pbft-core';
import { crc32 } from './crc32.js';
import { toEach } from './traitor.js';
import type { Means, Treason } from './traitor.js';

const nonsense = 'cd'.repeat(32);

/** Votes for states that nobody has, and shows checkpoints that its votes do not prove. */
export const lyingCheckpoint: Treason = (means) => ({
  act: (effects) =>
    toEach(effects, means, (message) => {
      if (message.kind === 'checkpoint' || message.kind === 'snapshot') {
        const { type, sequence } = message.signed.statement;
        return means.say({ type, sequence, digest: nonsense });
      }
      if (message.kind !== 'checkpointProof') return message;
      const { stable } = message;
      return { kind: 'checkpointProof', stable: { ...stable, state: { ...stable.state, history: nonsense } } };
    }),
});

/** What it gives to those that are behind is never what was executed. */
export const lyingTransfer: Treason = (means) => ({
  act: (effects) => toEach(effects, means, (message) => falsified(message)),
});

function falsified(message: Message): Message {
  switch (message.kind) {
    case 'history': {
      const { digests, batches } = message;
      return { ...message, digests: digests.map(() => nonsense), batches: batches.map(otherThan) };
    }
    case 'missing':
      return { ...message, batch: otherThan(message.batch) };
    case 'snapshotChunk': {
      const bytes = message.chunk.bytes.map((byte, at) => (at === message.chunk.bytes.length - 1 ? byte ^ 1 : byte));
      return { ...message, chunk: { ...message.chunk, bytes, checksum: crc32(bytes) } };
    }
    default:
      return message;
  }
}

/** Offers snapshots that nobody has. */
export const lyingOffer: Treason = (means) => ({
  act: (effects) =>
    toEach(effects, means, (message) => {
      if (message.kind !== 'snapshotOffer') return message;
      const { manifest, votes } = message.stable;
      return { kind: 'snapshotOffer', stable: { manifest: { ...manifest, sequence: manifest.sequence + 1 }, votes } };
    }),
});

/** Votes for everything but snapshots; offers those that it alone vouches for, and gives nobody else what was executed. */
export const withholdingSnapshots: Treason = (means) => ({
  act: (effects) =>
    toEach(effects, means, (message) => {
      if (message.kind === 'snapshot' || message.kind === 'history') return undefined;
      if (message.kind !== 'snapshotOffer') return message;
      const { manifest, votes } = message.stable;
      return {
        kind: 'snapshotOffer',
        stable: { manifest, votes: votes.filter(({ signer }) => signer === means.self) },
      };
    }),
});

/** Says for ever that it has lost its disk and has to be helped a little further. */
export const falseFloor: Treason = (means) => ({
  act: (effects) =>
    toEach(effects, means, (message) =>
      message.kind === 'status' ? { ...message, floor: message.executed + 1 } : message,
    ),
});

function otherThan(batch: Batch): Batch {
  return batch.isNull ? batch : nullBatch;
}

/** LIMIT: questions that are remembered. */
const questionsMost = 500;

/** Answers each client what it answered to somebody else before, signed, as if it were so. */
export const lyingReply: Treason = (means) => {
  const asked = new Map<string, Digest>();
  let before: Uint8Array | undefined;
  return {
    hear(input) {
      if (input.kind === 'receive') remember(asked, means, input.from, input.message);
      return input;
    },
    act: (effects) =>
      toEach(effects, means, (message, to) => {
        if (message.kind !== 'reply' || message.answer.kind !== 'results') return message;
        const question = asked.get(nameOf(to, message));
        const lie = before ?? message.answer.results;
        before = message.answer.results;
        return question === undefined ? message : lieOf(means, message, question, lie);
      }),
  };
};

function remember(asked: Map<string, Digest>, { cryptography }: Means, from: Address, message: Message): void {
  if (message.kind === 'request' || message.kind === 'relay') {
    const { signer, statement } = message.signed;
    asked.set(nameOf(signer, statement), requestDigest(cryptography, message.signed));
  }
  if (message.kind === 'read') asked.set(nameOf(from, { ...message, session: 0 }), digestOfRead(cryptography, message.queries)); // prettier-ignore
  for (const oldest of asked.keys()) {
    if (asked.size <= questionsMost) return;
    asked.delete(oldest);
  }
}

function nameOf(user: string, { client, session, sequence }: Pick<Reply, 'client' | 'session' | 'sequence'>): string {
  return `${user} ${client} ${session} ${sequence}`;
}

function lieOf(means: Means, reply: Reply, asked: Digest, results: Uint8Array): Reply {
  const { answer } = reply;
  if (answer.kind !== 'results') return reply;
  const { cryptography } = means;
  const { view, sequence } = answer.signed.statement;
  const index = answer.index + 1000;
  const tree = treeOf(cryptography, [leafOf(cryptography, { asked, index, results })]);
  const signed = cryptography.sign({
    type: 'replies',
    view,
    sequence,
    whole: false,
    count: 1,
    root: tree.root,
  } as const);
  return { ...reply, answer: { ...answer, results, index, signed, place: 0, path: [] } };
}

/** Answers truly, under a signature that is none: whoever believes it can prove it to nobody. */
export const unprovenReply: Treason = (means) => ({
  act: (effects) =>
    toEach(effects, means, (message) => {
      if (message.kind !== 'reply' || message.answer.kind !== 'results') return message;
      const { answer } = message;
      const signature = answer.signed.signature.map((byte) => byte ^ 1);
      return { ...message, answer: { ...answer, signed: { ...answer.signed, signature } } };
    }),
});
