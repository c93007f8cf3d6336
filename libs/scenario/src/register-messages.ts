import type { Vocabulary } from '@synod/actor';
import type { MessageCodec } from '@synod/actor-host';
import { fromJson, toJson } from '@synod/simulator';

/**
 * Members' messages as production's bytes. What clients and members say to each other is JSON, so that a service under test may
 * have words of its own.
 */
export function registerMessages<V extends Vocabulary>(production: MessageCodec<V>): MessageCodec<V> {
  return {
    ...production,
    encode: (message) =>
      production.peerKinds.has(production.kindOf(message)) ? production.encode(message) : toJson(message),
    decode: (kind, payload) => (production.peerKinds.has(kind) ? production.decode(kind, payload) : fromJson(payload)),
  };
}
