import type { MessageCodec } from '@synod/actor-host';
import type { RaftVocabulary } from '@synod/raft-core';
import { raftMessages } from '@synod/raft-wire';
import { fromJson, toJson } from '@synod/simulator';

/**
 * Members' messages as production's bytes. What clients and replicas say to each other is JSON, so that a service under
 * test may have words of its own.
 */
export const registerMessages: MessageCodec<RaftVocabulary> = {
  ...raftMessages,
  encode: (message) =>
    raftMessages.peerKinds.has(raftMessages.kindOf(message)) ? raftMessages.encode(message) : toJson(message),
  decode: (kind, payload) =>
    raftMessages.peerKinds.has(kind) ? raftMessages.decode(kind, payload) : fromJson(payload),
};
