import {
  DecodeError,
  PeerMessages,
  decodeRead,
  decodeRequest,
  encodeCoreReply,
  overloaded,
  replyPrefix,
} from '@synod/api';
import type { Dialect } from '@synod/api';
import type { Message, PeerMessage, Reply } from '@synod/raft-core';
import { encodeAppendEntries } from './append-entries.js';
import { decodeRaftReply } from './client-messages.js';
import { formats } from './peer-formats.js';
import { raftWireVersion, wireLimits } from './limits.js';
import { synod } from './gen/raft.js';

const dialect: Dialect = { protocol: 'raft', kinds: ['request', 'read'] };
const peers = new PeerMessages<PeerMessage>(formats, raftWireVersion, synod.raft.v1.Envelope, 'appendEntries');

/** Raft's messages as protobuf: those of replicas in an Envelope, those of clients as they stand in api.proto. */
export const raftMessages = {
  /** Kinds that only members of the group may send. */
  peerKinds: peers.subjects,

  kindOf(message: Message): string {
    if (message.kind === 'reply') return replyPrefix + message.client;
    return message.kind === 'request' || message.kind === 'read' ? message.kind : peers.subject(message);
  },

  encode(message: Message): Uint8Array {
    switch (message.kind) {
      case 'request':
        return message.bytes;
      case 'read':
        return message.queries;
      case 'reply':
        return encodeCoreReply(dialect, message);
      case 'appendEntries':
        return encodeAppendEntries(message);
      default:
        return peers.encode(message);
    }
  },

  /** Keeps nothing of `payload`. Throws `DecodeError` for whatever is not exactly a message of that kind. */
  decode(kind: string, payload: Uint8Array): Message {
    if (payload.length > wireLimits.messageBytes) throw new DecodeError(`a message of ${payload.length} bytes`);
    const message = peers.decode(kind, payload);
    if (message) return message;
    if (kind === 'request') return decodeRequest(payload);
    if (kind === 'read') return decodeRead(payload);
    if (kind.startsWith(replyPrefix)) return decodeRaftReply(kind, payload);
    throw new DecodeError('a message of a kind that Raft does not have');
  },

  /** What a client is told whose message found the mailbox full. */
  refusal(kind: string, payload: Uint8Array): Reply | undefined {
    return kind === 'request' || kind === 'read' ? overloaded(kind, payload) : undefined;
  },
};
