import {
  DecodeError,
  PeerMessages,
  decodeRead,
  decodeRequest,
  encodeReconfiguration,
  encodeRegisterRequest,
} from '@synod/api';
import { replyPrefix } from '@synod/api';
import type { Message, PeerMessage } from '@synod/paxos-core';
import { encodeAccept, encodeAccepted } from './accept.js';
import {
  decodeDecide,
  decodePaxosReply,
  decodeReconfigure,
  encodePaxosReply,
  memberKind,
  refusal,
} from './client-messages.js';
import { formats } from './peer-formats.js';
import { paxosWireVersion, wireLimits } from './limits.js';
import { synod } from './gen/paxos.js';

const peers = new PeerMessages<PeerMessage>(formats, paxosWireVersion, synod.paxos.v1.Envelope, 'accept');

/** Multi-Paxos's messages as protobuf: those of proposers and acceptors in an Envelope, those of clients as in api.proto. */
export const paxosMessages = {
  /** Kinds that only proposers and acceptors of the group may send. */
  peerKinds: peers.subjects,

  kindOf(message: Message): string {
    switch (message.kind) {
      case 'request':
      case 'read':
      case 'decide':
        return message.kind;
      case 'reconfigure':
        return memberKind;
      case 'reply':
        return replyPrefix + message.client;
      default:
        return peers.subject(message);
    }
  },

  encode(message: Message): Uint8Array {
    switch (message.kind) {
      case 'request':
        return message.bytes;
      case 'read':
        return message.queries;
      case 'reconfigure':
        return encodeReconfiguration(message);
      case 'decide':
        return encodeRegisterRequest(message);
      case 'reply':
        return encodePaxosReply(message);
      case 'accept':
        return encodeAccept(message);
      case 'accepted':
        return encodeAccepted(message);
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
    if (kind === 'decide') return decodeDecide(payload);
    if (kind === memberKind) return decodeReconfigure(payload);
    if (kind.startsWith(replyPrefix)) return decodePaxosReply(kind, payload);
    throw new DecodeError('a message of a kind that Multi-Paxos does not have');
  },

  /** What a client is told whose message found the mailbox full. */
  refusal,
};
