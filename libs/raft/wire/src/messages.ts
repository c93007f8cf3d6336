import { DecodeError, WireReader, bytesType, varintType } from '@synod/api';
import type { Message, PeerMessage } from '@synod/raft-core';
import { encodeAppendEntries } from './append-entries.js';
import {
  decodeRaftReply,
  decodeRead,
  decodeRequest,
  encodeRaftReply,
  overloaded,
  replyPrefix,
} from './client-messages.js';
import { formats } from './peer-formats.js';
import type { Formats } from './peer-formats.js';
import { raftWireVersion, wireLimits } from './limits.js';
import { synod } from './gen/raft.js';

type PeerKind = PeerMessage['kind'];
type AnyFormat = { field: number; body(message: PeerMessage): object; decode(body: Uint8Array): PeerMessage };

const peerKinds = Object.keys(formats) as PeerKind[];
const subjectOf = new Map(
  peerKinds.map((kind) => [kind, kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)]),
);
/** An append without entries has a subject of its own, so that taps and counters tell heartbeats from entries. */
const heartbeat = 'heartbeat';
const kindOf = new Map<string, PeerKind>([
  ...[...subjectOf].map(([kind, subject]) => [subject, kind] as const),
  [heartbeat, 'appendEntries'],
]);

/** TypeScript does not see that a message's kind chooses the format for just that kind. */
const formatOf = (kind: PeerKind): AnyFormat => (formats as { [K in keyof Formats]: unknown })[kind] as AnyFormat;

/** Raft's messages as protobuf: those of replicas in an Envelope, those of clients as they stand in api.proto. */
export const raftMessages = {
  /** Kinds that only members of the group may send. */
  peerKinds: new Set(kindOf.keys()) as ReadonlySet<string>,

  kindOf(message: Message): string {
    if (message.kind === 'reply') return replyPrefix + message.client;
    if (message.kind === 'request' || message.kind === 'read') return message.kind;
    if (message.kind === 'appendEntries' && message.batches.length === 0) return heartbeat;
    return subjectOf.get(message.kind)!;
  },

  encode(message: Message): Uint8Array {
    switch (message.kind) {
      case 'request':
        return message.bytes;
      case 'read':
        return message.queries;
      case 'reply':
        return encodeRaftReply(message);
      case 'appendEntries':
        return encodeAppendEntries(message);
      default: {
        const body = formatOf(message.kind).body(message);
        return synod.raft.v1.Envelope.encode({ version: raftWireVersion, [message.kind]: body }).finish();
      }
    }
  },

  /** Keeps nothing of `payload`. Throws `DecodeError` for whatever is not exactly a message of that kind. */
  decode(kind: string, payload: Uint8Array): Message {
    if (payload.length > wireLimits.messageBytes) throw new DecodeError(`a message of ${payload.length} bytes`);
    const peerKind = kindOf.get(kind);
    if (peerKind) {
      const message = openEnvelope(peerKind, payload);
      if (raftMessages.kindOf(message) !== kind) throw new DecodeError('an append whose subject says otherwise');
      return message;
    }
    if (kind === 'request') return decodeRequest(payload);
    if (kind === 'read') return decodeRead(payload);
    if (kind.startsWith(replyPrefix)) return decodeRaftReply(kind, payload);
    throw new DecodeError('a message of a kind that Raft does not have');
  },

  /** What a client is told whose message found the mailbox full. */
  refusal: overloaded,
};

/** What a later version may have put before its version; a megabyte of empty fields is not looked through. */
const straysMost = 16;

function openEnvelope(kind: PeerKind, payload: Uint8Array): PeerMessage {
  const { field, decode } = formatOf(kind);
  const reader = new WireReader().start(payload);
  let version = 0;
  let body: Uint8Array | undefined;
  let stray = 0;
  let strays = 0;
  while (reader.more && strays <= straysMost) {
    const tag = reader.tag();
    if (tag === 1 * 8 + varintType) version = reader.uint32();
    else if (tag === field * 8 + bytesType && !body) body = reader.view();
    else {
      strays++;
      stray = Math.floor(tag / 8);
      reader.skip(tag % 8);
    }
  }
  // First of all: a later version may have fields that this one does not know.
  if (version !== raftWireVersion) {
    throw new DecodeError(`an Envelope of version ${version}; this replica speaks ${raftWireVersion}`);
  }
  if (stray !== 0) throw new DecodeError(`an Envelope with field ${stray} where only a ${kind} belongs`);
  if (!body) throw new DecodeError(`an Envelope without its ${kind}`);
  return decode(body);
}
