import type { MessageCodec } from '@synod/actor-host';
import { Batch } from '@synod/pbft-core';
import type { Message, PbftVocabulary } from '@synod/pbft-core';
import { Recent, textOf } from './recent.js';

type Codec = MessageCodec<PbftVocabulary>;

/** LIMIT: what is longer is seldom, and a snapshot's chunk has one receiver. */
const bytesMost = 8192;
/** LIMIT: a multicast is with all its receivers within a few others; what is kept for longer keeps the garbage collector busy. */
const remembered = 512;

/**
 * What a message says follows from its kind and its bytes. All members of a run are one process, so the second one that gets the same
 * bytes is given what the first one's were decoded to: frozen, since a member that wrote into it would write into others' mail.
 */
export function decodedOnce(codec: Codec): Codec {
  const known = new Recent<Message>(remembered);
  return {
    ...codec,
    decode(kind, payload) {
      if (payload.length > bytesMost) return codec.decode(kind, payload);
      const name = `${kind} ${textOf(payload)}`;
      let message = known.get(name);
      if (message === undefined) known.put(name, (message = freeze(codec.decode(kind, payload))));
      return message;
    },
  };
}

/** All the way down, but for bytes, which cannot be frozen, and batches, which remember what they are known by. */
function freeze<T>(thing: T): T {
  if (typeof thing !== 'object' || thing === null || ArrayBuffer.isView(thing) || Object.isFrozen(thing)) return thing;
  if (!(thing instanceof Batch)) Object.freeze(thing);
  for (const part of Object.values(thing)) freeze(part);
  return thing;
}
