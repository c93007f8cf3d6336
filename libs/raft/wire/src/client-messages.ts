import { DecodeError, decodeReply, encodeReply, isToken, readReadHeader, readRequestHeader } from '@synod/api';
import type { Answer } from '@synod/api';
import type { Read, RefusalReason, Reply, Request } from '@synod/raft-core';

/** What comes before the client's token in a reply's kind. */
export const replyPrefix = 'reply.';

/** For a client whose message was not taken: time for a full mailbox to be worked off. */
const retryAfterMs = 50;

const refusalReasons: ReadonlySet<string> = new Set<RefusalReason>([
  'notLeader',
  'overloaded',
  'tooLarge',
  'noQuorum',
  'unavailable',
  'steppedDown',
]);

/** The operations stay as they are: only who asks, and how the answer is called, is read. */
export function decodeRequest(payload: Uint8Array): Request {
  const { client, session, sequence } = readRequestHeader(payload);
  return { kind: 'request', client, session, sequence, bytes: new Uint8Array(payload) };
}

export function decodeRead(payload: Uint8Array): Read {
  const { client, sequence, level, maxAgeMs } = readReadHeader(payload);
  return { kind: 'read', client, sequence, level, maxAgeMs, queries: new Uint8Array(payload) };
}

export function encodeRaftReply({ session, sequence, answer }: Reply): Uint8Array {
  const common = { session, sequence, traceId: undefined };
  switch (answer.kind) {
    case 'results': {
      const { results, index, term, ageMs } = answer;
      // Stamps have fractions; the wire has whole milliseconds, and an age is never understated.
      return encodeReply({
        ...common,
        answer: { kind: 'results', encoded: results },
        index,
        term,
        ageMs: Math.ceil(ageMs),
      });
    }
    case 'discovery': {
      const { replica, role, leader, members, term } = answer;
      const discovery: Answer = { kind: 'discovery', replica, protocol: 'raft', role, leader: leader ?? '', members };
      return encodeReply({ ...common, answer: discovery, index: 0, term, ageMs: 0 });
    }
    case 'refused': {
      const { reason, leader, retryAfterMs, term } = answer;
      const refusal: Answer = {
        kind: 'refusal',
        reason,
        leader: leader ?? '',
        retryAfterMs: Math.ceil(retryAfterMs ?? 0),
        detail: '',
      };
      return encodeReply({ ...common, answer: refusal, index: 0, term, ageMs: 0 });
    }
  }
}

/** `kind` ends with the client's token. */
export function decodeRaftReply(kind: string, payload: Uint8Array): Reply {
  const client = kind.slice(replyPrefix.length);
  if (!isToken(client)) throw new DecodeError('a reply to a client that has no name');
  const { session, sequence, answer, index, term, ageMs } = decodeReply(new Uint8Array(payload));
  const common = { kind: 'reply', client, session, sequence } as const;
  if (answer.kind === 'results') {
    return { ...common, answer: { kind: 'results', results: answer.encoded, index, term, ageMs } };
  }
  const leader = answer.leader === '' ? undefined : answer.leader;
  if (answer.kind === 'discovery') {
    const { replica, role, members } = answer;
    return { ...common, answer: { kind: 'discovery', replica, role, leader, term, members } };
  }
  if (!isRaftReason(answer.reason)) throw new DecodeError(`a refusal that Raft does not give: ${answer.reason}`);
  return {
    ...common,
    answer: { kind: 'refused', reason: answer.reason, term, leader, retryAfterMs: answer.retryAfterMs },
  };
}

function isRaftReason(reason: string): reason is RefusalReason {
  return refusalReasons.has(reason);
}

/** From the host, which knows no term: 0 is older than any. Reads the header only; undefined for what clients do not ask. */
export function overloaded(kind: string, payload: Uint8Array): Reply | undefined {
  const answer = { kind: 'refused', reason: 'overloaded', term: 0, retryAfterMs } as const;
  if (kind === 'request') return { kind: 'reply', ...readRequestHeader(payload), answer };
  if (kind !== 'read') return undefined;
  const { client, sequence } = readReadHeader(payload);
  return { kind: 'reply', client, session: 0, sequence, answer };
}
