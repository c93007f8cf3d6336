import type { Vocabulary } from '@synod/actor';
import type { MessageCodec } from '@synod/actor-host';

/** What becomes of a message between sender and recipient; each recipient gets its own. */
export type Transit<V extends Vocabulary> = (message: V['message']) => V['message'];

/**
 * Members' messages travel as bytes through the production codec. What clients and replicas say to each other stays as it
 * is, so that a service under test may have words of its own.
 */
export function throughCodec<V extends Vocabulary>(codec: MessageCodec<V>): Transit<V> {
  return (message) => {
    const kind = codec.kindOf(message);
    if (!codec.peerKinds.has(kind)) return message;
    const payload = codec.encode(message).slice();
    const decoded = codec.decode(kind, payload);
    // A receiver that kept a view into the transport's buffer would see it change, as it would in production.
    payload.fill(0xaa);
    return decoded;
  };
}
