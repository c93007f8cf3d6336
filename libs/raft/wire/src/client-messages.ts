import { DecodeError, decodeCoreReply } from '@synod/api';
import type { RefusalReason, Reply } from '@synod/raft-core';

const refusalReasons: ReadonlySet<string> = new Set<RefusalReason>([
  'notLeader',
  'overloaded',
  'tooLarge',
  'noQuorum',
  'unavailable',
  'steppedDown',
]);

/** `kind` ends with the client's token. */
export function decodeRaftReply(kind: string, payload: Uint8Array): Reply {
  const { answer, ...reply } = decodeCoreReply<RefusalReason>(kind, payload, refusalReasons);
  if (answer.kind === 'reconfigured' || answer.kind === 'decided')
    throw new DecodeError('an answer that Raft does not give');
  return { ...reply, answer };
}
