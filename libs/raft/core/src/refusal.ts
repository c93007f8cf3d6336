import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import type { Read, RefusalReason, Request } from './messages.js';
import type { Raft } from './state.js';

/** A refusal promises nothing, so it waits for no disk. */
export function refuse(raft: Raft, to: Address, { client, ...asked }: Request | Read, reason: RefusalReason): void {
  const elsewhere = reason === 'notLeader' || reason === 'steppedDown';
  const leader = elsewhere && raft.leader !== raft.self ? raft.leader : undefined;
  const retryAfterMs = reason === 'overloaded' || reason === 'unavailable' ? raft.configuration.heartbeatMs : undefined;
  const session = asked.kind === 'request' ? asked.session : 0;
  raft.out.send(
    to,
    {
      kind: 'reply',
      client,
      session,
      sequence: asked.sequence,
      answer: {
        kind: 'refused',
        reason,
        term: raft.currentTerm,
        ...(leader && { leader }),
        ...(retryAfterMs && { retryAfterMs }),
      },
    },
    none,
  );
}
