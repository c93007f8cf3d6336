import type { SnapshotId } from '@synod/actor';
import {
  DecodeError,
  Names,
  beatOf,
  beatShape,
  decodeWith,
  formationFormats,
  integers,
  isToken,
  nested,
  number,
  shape,
  token,
  uint32,
  wireOf,
} from '@synod/api';
import type { Formats } from '@synod/api';
import type { EntryBatch } from '@synod/log';
import type { AppendEntries, AppendEntriesReply, PeerMessage } from '@synod/raft-core';
import { appendEntriesField } from './append-entries.js';
import { decodeRaftBatch } from './entry-batch.js';
import { synod } from './gen/raft.js';
import { wireLimits } from './limits.js';

const pb = synod.raft.v1;

export const phases = new Names('vote phase', ['preVote', 'vote']);
const states = new Names('state of an installation', ['receiving', 'installed', 'failed']);

export const snapshotIdShape = integers('SnapshotId', 2);
const requestVoteShape = shape('RequestVote', [uint32, number, number, number, number]);
const requestVoteReplyShape = shape('RequestVoteReply', [uint32, number, number]);
const appendEntriesShape = shape('AppendEntries', [
  ...[number, number, number, number, number],
  { ...token, most: wireLimits.followers },
  { type: 'bytes', most: wireLimits.batches },
  nested(beatShape),
]);
const outcomes = [
  nested(integers('Matched', 1)),
  nested(integers('Conflict', 4)),
  nested(integers('Heard', 0)),
] as const;
const appendEntriesReplyShape = shape(
  'AppendEntriesReply',
  [number, number, number, ...outcomes, nested(beatShape)],
  [4, 5, 6],
);
const installSnapshotShape = shape('InstallSnapshot', [
  ...[number, nested(snapshotIdShape), number, number],
  { type: 'bytes' },
  uint32,
]);
const installSnapshotReplyShape = shape('InstallSnapshotReply', [number, nested(snapshotIdShape), number, uint32]);

export const formats: Formats<PeerMessage> = {
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
    body: ({ term, round, voting, outcome, beat }) => ({ term, round, voting, [outcome.kind]: outcome, beat }),
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
  ...formationFormats(9),
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
  const beat = beatOf(message.beat);
  return { kind: 'appendEntries', term, prevIndex, prevTerm, commit, round, followers, batches, beat };
}

function decodeAppendEntriesReply(body: Uint8Array): AppendEntriesReply {
  const message = decodeWith(pb.AppendEntriesReply, body, appendEntriesReplyShape);
  const { term, round, voting, matched, conflict } = message;
  const beat = beatOf(message.beat);
  return { kind: 'appendEntriesReply', term, round, voting, outcome: outcomeOf(matched, conflict), beat };
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
