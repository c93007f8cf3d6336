import { decodeCoreReply, decodeReconfiguration, decodeRegisterRequest, encodeCoreReply, overloaded } from '@synod/api';
import type { CoreAnswer, CoreReply, Dialect } from '@synod/api';
import type { Decide, Reconfigure, RefusalReason, Reply } from '@synod/paxos-core';

const dialect: Dialect = { protocol: 'paxos', kinds: ['request', 'read', 'decide'] };

const refusalReasons: ReadonlySet<string> = new Set<RefusalReason>([
  'notLeader',
  'overloaded',
  'tooLarge',
  'noQuorum',
  'unavailable',
  'steppedDown',
  'lost',
  'malformed',
]);

/** What a subject calls a change of the acceptors. */
export const memberKind = 'member';

export function decodeReconfigure(payload: Uint8Array): Reconfigure {
  return { kind: 'reconfigure', ...decodeReconfiguration(payload) };
}

export function decodeDecide(payload: Uint8Array): Decide {
  return { kind: 'decide', ...decodeRegisterRequest(payload) };
}

export function encodePaxosReply(reply: Reply): Uint8Array {
  return encodeCoreReply(dialect, { ...reply, answer: inTerms(reply.answer) });
}

/** `kind` ends with the client's token. */
export function decodePaxosReply(kind: string, payload: Uint8Array): Reply {
  return inBallots(decodeCoreReply<RefusalReason>(kind, payload, refusalReasons));
}

/** From the host, which knows no ballot: 0 is below any. Undefined for what clients do not ask. */
export function refusal(kind: string, payload: Uint8Array): Reply | undefined {
  const reply = overloaded(kind, payload);
  return reply && inBallots(reply);
}

/** Clients follow the leader of the highest term, whatever the protocol; here that is the ballot. */
function inTerms(answer: Reply['answer']): CoreAnswer {
  if (answer.kind === 'reconfigured') return answer;
  const { ballot: term, ...rest } = answer;
  return { ...rest, term };
}

function inBallots({ answer, ...reply }: CoreReply<CoreAnswer<RefusalReason>>): Reply {
  if (answer.kind === 'reconfigured') return { ...reply, answer };
  const { term: ballot, ...rest } = answer;
  return { ...reply, answer: { ...rest, ballot } };
}
