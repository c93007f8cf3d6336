import { none } from '@synod/actor';
import type { Address } from '@synod/actor';
import type { Read, RefusalReason } from './messages.js';
import type { Pbft } from './state.js';
import type { Command, Signed } from './statements.js';

/** A refusal promises nothing, so it waits for no disk and is not signed: it is one replica's word, and no answer. */
export function refuse(pbft: Pbft, { signer, statement }: Signed<Command>, reason: RefusalReason): void {
  const { client, session, sequence } = statement;
  send(pbft, signer, { client, session, sequence }, reason);
}

export function refuseRead(pbft: Pbft, from: Address, { client, sequence }: Read, reason: RefusalReason): void {
  send(pbft, from, { client, session: 0, sequence }, reason);
}

function send(
  pbft: Pbft,
  to: Address,
  asked: { readonly client: string; readonly session: number; readonly sequence: number },
  reason: RefusalReason,
): void {
  const later = reason === 'overloaded' || reason === 'unavailable';
  const retryAfterMs = later ? pbft.configuration.timings.statusMs : 0;
  pbft.out.send(
    to,
    { kind: 'reply', ...asked, answer: { kind: 'refused', reason, view: pbft.view, retryAfterMs } },
    none,
  );
}
