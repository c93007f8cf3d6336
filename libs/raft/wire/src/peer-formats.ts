import type { SnapshotId } from '@synod/actor';
import { DecodeError, decodeWith, isToken, wireOf } from '@synod/api';
import type { FieldShape, MessageShape } from '@synod/api';
import type { EntryBatch } from '@synod/log';
import type { AppendEntries, AppendEntriesReply, PeerMessage } from '@synod/raft-core';
import { appendEntriesField } from './append-entries.js';
import { decodeRaftBatch } from './entry-batch.js';
import { Names } from './names.js';
import { synod } from './gen/raft.js';
import { wireLimits } from './limits.js';

const pb = synod.raft.v1;

/** How one kind of message stands in the Envelope. */
interface Format<M extends PeerMessage> {
  /** Field number of the body. */
  readonly field: number;
  /** The body for generated code. */
  body(message: M): object;
  /** Copies what it keeps. Throws `DecodeError`. */
  decode(body: Uint8Array): M;
}

export type Formats = { readonly [K in PeerMessage['kind']]: Format<Extract<PeerMessage, { readonly kind: K }>> };

export const phases = new Names('vote phase', ['preVote', 'vote']);
export const standings = new Names('standing', ['empty', 'formed', 'active', 'recovering', 'lost']);
const states = new Names('state of an installation', ['receiving', 'installed', 'failed']);

const number: FieldShape = { type: 'number' };
const uint32: FieldShape = { type: 'uint32' };

export function shape(name: string, fields: readonly FieldShape[], oneOf?: readonly number[]): MessageShape {
  const numbered = Object.fromEntries(fields.map((field, i) => [i + 1, field]));
  return { name, fields: numbered, ...(oneOf && { oneOf }) };
}

/** A message of `count` integers. */
export function integers(name: string, count: number): MessageShape {
  return shape(name, Array<FieldShape>(count).fill(number));
}

export function nested(of: MessageShape): FieldShape {
  return { type: 'message', shape: of };
}

export const snapshotIdShape = integers('SnapshotId', 2);
const requestVoteShape = shape('RequestVote', [uint32, number, number, number, number]);
const requestVoteReplyShape = shape('RequestVoteReply', [uint32, number, number]);
const appendEntriesShape = shape('AppendEntries', [
  ...[number, number, number, number, number],
  { type: 'bytes', maxBytes: 32, most: wireLimits.followers },
  { type: 'bytes', most: wireLimits.batches },
]);
const outcomes = [
  nested(integers('Matched', 1)),
  nested(integers('Conflict', 4)),
  nested(integers('Heard', 0)),
] as const;
const appendEntriesReplyShape = shape('AppendEntriesReply', [number, number, number, ...outcomes], [4, 5, 6]);
const installSnapshotShape = shape('InstallSnapshot', [
  ...[number, nested(snapshotIdShape), number, number],
  { type: 'bytes' },
  uint32,
]);
const installSnapshotReplyShape = shape('InstallSnapshotReply', [number, nested(snapshotIdShape), number, uint32]);
const helloShape = shape('Hello', [number, uint32]);
const helloReplyShape = shape('HelloReply', [number, number, uint32, number, number]);

export const formats: Formats = {
  requestVote: {
    field: 2,
    body: (message) => ({ ...message, phase: phases.number(message.phase) }),
    decode(body) {
      const { phase, term, lastIndex, lastTerm, handover } = decodeWith(pb.RequestVote, body, requestVoteShape);
      return { kind: 'requestVote', phase: phases.name(phase), term, lastIndex, lastTerm, handover };
    },
  },
  requestVoteReply: {
    field: 3,
    body: (message) => ({ ...message, phase: phases.number(message.phase) }),
    decode(body) {
      const { phase, term, granted } = decodeWith(pb.RequestVoteReply, body, requestVoteReplyShape);
      return { kind: 'requestVoteReply', phase: phases.name(phase), term, granted };
    },
  },
  appendEntries: {
    field: appendEntriesField,
    body: (message) => ({ ...message, batches: message.batches.map(wireOf) }),
    decode: decodeAppendEntries,
  },
  appendEntriesReply: {
    field: 5,
    body: ({ term, round, voting, outcome }) => ({ term, round, voting, [outcome.kind]: outcome }),
    decode: decodeAppendEntriesReply,
  },
  installSnapshot: {
    field: 6,
    body: ({ term, chunk }) => ({ term, ...chunk }),
    decode(body) {
      const message = decodeWith(pb.InstallSnapshot, body, installSnapshotShape);
      const { term, offset, totalBytes, checksum } = message;
      const bytes = new Uint8Array(message.bytes);
      if (offset + bytes.length > totalBytes) throw new DecodeError('a chunk that goes beyond its snapshot');
      const chunk = { snapshot: snapshotIdOf(message.snapshot), offset, totalBytes, bytes, checksum };
      return { kind: 'installSnapshot', term, chunk };
    },
  },
  installSnapshotReply: {
    field: 7,
    body: (message) => ({ ...message, state: states.number(message.state) }),
    decode(body) {
      const message = decodeWith(pb.InstallSnapshotReply, body, installSnapshotReplyShape);
      const { term, heldBytes } = message;
      const state = states.name(message.state);
      return { kind: 'installSnapshotReply', term, snapshot: snapshotIdOf(message.snapshot), heldBytes, state };
    },
  },
  timeoutNow: {
    field: 8,
    body: (message) => message,
    decode: (body) => ({ kind: 'timeoutNow', term: decodeWith(pb.TimeoutNow, body, integers('TimeoutNow', 1)).term }),
  },
  hello: {
    field: 9,
    body: (message) => ({ ...message, standing: standings.number(message.standing) }),
    decode(body) {
      const { nonce, standing } = decodeWith(pb.Hello, body, helloShape);
      return { kind: 'hello', nonce, standing: standings.name(standing) };
    },
  },
  helloReply: {
    field: 10,
    body: (message) => ({ ...message, standing: standings.number(message.standing), term: message.era }),
    decode(body) {
      const { nonce, incarnation, standing, clusterId, term } = decodeWith(pb.HelloReply, body, helloReplyShape);
      return { kind: 'helloReply', nonce, incarnation, standing: standings.name(standing), clusterId, era: term };
    },
  },
  form: {
    field: 11,
    body: (message) => message,
    decode(body) {
      const { clusterId, incarnation } = decodeWith(pb.Form, body, integers('Form', 2));
      return { kind: 'form', clusterId, incarnation };
    },
  },
  formed: {
    field: 12,
    body: (message) => message,
    decode: (body) => ({ kind: 'formed', clusterId: decodeWith(pb.Formed, body, integers('Formed', 1)).clusterId }),
  },
  activate: {
    field: 13,
    body: (message) => message,
    decode: (body) => ({
      kind: 'activate',
      clusterId: decodeWith(pb.Activate, body, integers('Activate', 1)).clusterId,
    }),
  },
  rejoin: {
    field: 14,
    body: (message) => message,
    decode: (body) => ({ kind: 'rejoin', floor: decodeWith(pb.Rejoin, body, integers('Rejoin', 1)).floor }),
  },
};

function decodeAppendEntries(body: Uint8Array): AppendEntries {
  const message = decodeWith(pb.AppendEntries, body, appendEntriesShape);
  const { term, prevIndex, prevTerm, commit, round, followers } = message;
  for (const follower of followers) if (!isToken(follower)) throw new DecodeError('a follower that is no name');
  const batches: EntryBatch[] = [];
  let entries = 0;
  for (const bytes of message.batches) {
    const batch = decodeRaftBatch(new Uint8Array(bytes), wireLimits.entries - entries);
    if (batch.first !== prevIndex + entries + 1) {
      throw new DecodeError(`a batch at position ${batch.first} where ${prevIndex + entries + 1} is due`);
    }
    entries += batch.entries.length;
    batches.push(batch);
  }
  return { kind: 'appendEntries', term, prevIndex, prevTerm, commit, round, followers, batches };
}

function decodeAppendEntriesReply(body: Uint8Array): AppendEntriesReply {
  const message = decodeWith(pb.AppendEntriesReply, body, appendEntriesReplyShape);
  const { term, round, voting, matched, conflict } = message;
  return { kind: 'appendEntriesReply', term, round, voting, outcome: outcomeOf(matched, conflict) };
}

function outcomeOf(
  matched: synod.raft.v1.AppendEntriesReply['matched'],
  conflict: synod.raft.v1.AppendEntriesReply['conflict'],
): AppendEntriesReply['outcome'] {
  if (matched) return { kind: 'matched', index: matched.index ?? 0 };
  if (!conflict) return { kind: 'heard' };
  const { prevIndex, hintIndex, hintTerm, lastIndex } = conflict;
  return {
    kind: 'conflict',
    prevIndex: prevIndex ?? 0,
    hintIndex: hintIndex ?? 0,
    hintTerm: hintTerm ?? 0,
    lastIndex: lastIndex ?? 0,
  };
}

export function snapshotIdOf(id: synod.raft.v1.SnapshotId.$Properties | null | undefined): SnapshotId {
  if (!id) throw new DecodeError('a message about a snapshot that does not say which');
  return { index: id.index ?? 0, era: id.era ?? 0 };
}
