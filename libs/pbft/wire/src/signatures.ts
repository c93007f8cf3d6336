import type { Message, Signed, StableCheckpoint, StableSnapshot, ViewChangeClaim } from '@synod/pbft-core';

/** Public keys, by role: a user who has a member's name is no member. Undefined for who has none. */
export interface PublicKeys {
  replica(name: string): Uint8Array | undefined;
  user(name: string): Uint8Array | undefined;
}

export function keyOf(keys: PublicKeys, { signer, statement }: Signed): Uint8Array | undefined {
  return statement.type === 'request' ? keys.user(signer) : keys.replica(signer);
}

/**
 * Every signature that a message rests on, embedded ones included. Batches that are asked for by their digests are not among
 * it: who prepared them has verified them, and the digest covers their signatures.
 */
export function signaturesIn(message: Message): readonly Signed[] {
  switch (message.kind) {
    case 'prePrepare':
      return [message.signed, ...message.batch.requests];
    case 'viewChange':
      return inViewChange(message.signed);
    case 'newView':
      return [message.signed, ...message.signed.statement.proposals];
    case 'checkpointProof':
    case 'snapshotOffer':
      return inStable(message.stable);
    case 'helloReply':
      return [message.signed, ...inStable(message.stable)];
    case 'proof':
      return [message.first, message.second];
    case 'prepare':
    case 'commit':
    case 'checkpoint':
    case 'snapshot':
    case 'complaint':
    case 'hello':
    case 'relay':
    case 'request':
      return [message.signed];
    case 'reply':
      return message.answer.kind === 'results' ? [message.answer.signed] : [];
    case 'status':
    case 'missing':
    case 'fetch':
    case 'history':
    case 'fetchChunk':
    case 'snapshotChunk':
    case 'read':
      return [];
  }
}

export function inViewChange(signed: Signed<ViewChangeClaim>): readonly Signed[] {
  const { stable, prepared } = signed.statement;
  return [signed, ...inStable(stable), ...prepared.flatMap(({ proposal, prepares }) => [proposal, ...prepares])];
}

function inStable({ votes }: StableCheckpoint | StableSnapshot): readonly Signed[] {
  return votes;
}
