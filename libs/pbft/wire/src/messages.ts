import { DecodeError, openEnvelope } from '@synod/api';
import type { Message, PeerMessage } from '@synod/pbft-core';
import {
  encodePbftReply,
  encodeRequest,
  overloaded,
  readPbftReply,
  readQueries,
  readRequest,
  replyPrefix,
} from './client-messages.js';
import type { Domain } from './domain.js';
import { pbftWireVersion, wireLimits } from './limits.js';
import { formats } from './peer-formats.js';
import type { Formats } from './peer-formats.js';
import { StatementReader } from './statements.js';
import { synod } from './gen/pbft.js';

type PeerKind = PeerMessage['kind'];
interface AnyFormat {
  readonly field: number;
  body(message: PeerMessage): object;
  decode(body: Uint8Array, reader: StatementReader): PeerMessage;
}

const peerKinds = Object.keys(formats) as PeerKind[];
/** What the admin asks is called `status` in a subject, and the broker lets no member say that. */
const progress = 'progress';
const subjectOf = new Map(
  peerKinds.map((kind) => [
    kind,
    kind === 'status' ? progress : kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
  ]),
);
const kindOf = new Map([...subjectOf].map(([kind, subject]) => [subject, kind]));

/** TypeScript does not see that a message's kind chooses the format for just that kind. */
const formatOf = (kind: PeerKind): AnyFormat => (formats as { [K in keyof Formats]: unknown })[kind] as AnyFormat;

/**
 * PBFT's messages as protobuf: those of replicas in an Envelope, a client's request as it was signed, reads as in api.proto. Who
 * gives no domain only looks on: statements of any are read then.
 */
export function pbftMessages(domain?: Domain) {
  const reader = new StatementReader(domain);
  return {
    /** Kinds that only members of the group may send. */
    peerKinds: new Set(kindOf.keys()) as ReadonlySet<string>,

    kindOf(message: Message): string {
      if (message.kind === 'reply') return replyPrefix + message.client;
      if (message.kind === 'request' || message.kind === 'read') return message.kind;
      return subjectOf.get(message.kind)!;
    },

    encode(message: Message): Uint8Array {
      if (message.kind === 'request') return encodeRequest(message);
      if (message.kind === 'read') return message.queries;
      if (message.kind === 'reply') return encodePbftReply(message);
      const body = formatOf(message.kind).body(message);
      return synod.pbft.v1.Envelope.encode({ version: pbftWireVersion, [message.kind]: body }).finish();
    },

    /** Copies once. Throws `DecodeError` for whatever is not exactly a message of that kind. */
    decode(kind: string, payload: Uint8Array): Message {
      if (payload.length > wireLimits.messageBytes) throw new DecodeError(`a message of ${payload.length} bytes`);
      const own = Uint8Array.from(payload);
      const peerKind = kindOf.get(kind);
      if (peerKind) {
        const { field, decode } = formatOf(peerKind);
        return decode(openEnvelope(own, pbftWireVersion, field, peerKind), reader);
      }
      if (kind === 'request') return readRequest(reader, own);
      if (kind === 'read') return readQueries(own);
      if (kind.startsWith(replyPrefix)) return readPbftReply(reader, kind, own);
      throw new DecodeError('a message of a kind that PBFT does not have');
    },

    /** What a client is told whose message found the mailbox full. */
    refusal: (kind: string, payload: Uint8Array) => overloaded(reader, kind, Uint8Array.from(payload)),
  };
}
