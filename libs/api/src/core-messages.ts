import { readReadHeader, readRequestHeader } from './batches.js';
import type { ReadHeader, RequestHeader } from './batches.js';
import { decodeReconfiguration } from './reconfiguration.js';
import type { Reconfigured } from './reconfiguration.js';
import { decodeRegisterRequest } from './registers.js';
import { decodeReply, encodeReply } from './replies.js';
import type { Answer, RefusalReason } from './replies.js';
import { DecodeError, isToken } from './wire-reader.js';

// Clients' messages as the protocols' cores have them. They look alike in all of them; what orders leaders is a term here.

/** What comes before the client's token in a reply's kind. */
export const replyPrefix = 'reply.';

/** For a client whose message was not taken: time for a full mailbox to be worked off. */
const retryAfterMs = 50;

export interface CoreRequest extends RequestHeader {
  readonly kind: 'request';
  readonly bytes: Uint8Array;
}

export interface CoreRead extends ReadHeader {
  readonly kind: 'read';
  readonly queries: Uint8Array;
}

export interface CoreReply<A = CoreAnswer> {
  readonly kind: 'reply';
  readonly client: string;
  readonly session: number;
  readonly sequence: number;
  readonly answer: A;
}

export interface CoreRefusal<Reason extends RefusalReason> {
  readonly kind: 'refused';
  readonly reason: Reason;
  readonly term: number;
  readonly leader?: string | undefined;
  readonly retryAfterMs?: number;
  readonly detail?: string;
}

export type CoreAnswer<Reason extends RefusalReason = RefusalReason> =
  | {
      readonly kind: 'results';
      readonly results: Uint8Array;
      readonly index: number;
      readonly term: number;
      readonly ageMs: number;
    }
  | {
      readonly kind: 'discovery';
      readonly replica: string;
      readonly role: string;
      readonly leader: string | undefined;
      readonly term: number;
      readonly members: readonly string[];
    }
  | CoreRefusal<Reason>
  | { readonly kind: 'decided'; readonly value: Uint8Array | undefined; readonly term: number }
  | Reconfigured;

/** The operations stay as they are: only who asks, and how the answer is called, is read. */
export function decodeRequest(payload: Uint8Array): CoreRequest {
  const { client, session, sequence } = readRequestHeader(payload);
  return { kind: 'request', client, session, sequence, bytes: new Uint8Array(payload) };
}

export function decodeRead(payload: Uint8Array): CoreRead {
  const { client, sequence, level, maxAgeMs } = readReadHeader(payload);
  return { kind: 'read', client, sequence, level, maxAgeMs, queries: new Uint8Array(payload) };
}

/** What a protocol adds to what its cores say of themselves. */
export interface Dialect {
  /** `raft`, `paxos`, `pbft`. */
  readonly protocol: string;
  /** Of clients' messages that it answers. */
  readonly kinds: readonly string[];
}

export function encodeCoreReply(dialect: Dialect, { session, sequence, answer }: CoreReply): Uint8Array {
  const common = { session, sequence, traceId: undefined, index: 0, ageMs: 0 };
  switch (answer.kind) {
    case 'results': {
      const { results, index, term, ageMs } = answer;
      // Stamps have fractions; the wire has whole milliseconds, and an age is never understated.
      const whole = Math.ceil(ageMs);
      return encodeReply({ ...common, answer: { kind: 'results', encoded: results }, index, term, ageMs: whole });
    }
    case 'discovery': {
      const { replica, role, leader, members, term } = answer;
      const discovery: Answer = { kind: 'discovery', ...dialect, replica, role, leader: leader ?? '', members };
      return encodeReply({ ...common, answer: discovery, term });
    }
    case 'refused': {
      const { reason, leader, term, detail } = answer;
      const wait = Math.ceil(answer.retryAfterMs ?? 0);
      const refusal = { reason, leader: leader ?? '', retryAfterMs: wait, detail: detail ?? '' };
      return encodeReply({ ...common, answer: { kind: 'refusal', ...refusal }, term });
    }
    case 'decided':
      return encodeReply({ ...common, answer, term: answer.term });
    case 'reconfigured':
      return encodeReply({ ...common, answer, term: 0 });
  }
}

/** `kind` ends with the client's token; `reasons` are those that the protocol gives. */
export function decodeCoreReply<Reason extends RefusalReason>(
  kind: string,
  payload: Uint8Array,
  reasons: ReadonlySet<string>,
): CoreReply<CoreAnswer<Reason>> {
  const client = kind.slice(replyPrefix.length);
  if (!isToken(client)) throw new DecodeError('a reply to a client that has no name');
  const { session, sequence, answer, index, term, ageMs } = decodeReply(new Uint8Array(payload));
  const common = { kind: 'reply', client, session, sequence } as const;
  if (answer.kind === 'reconfigured') return { ...common, answer };
  if (answer.kind === 'decided') return { ...common, answer: { ...answer, term } };
  if (answer.kind === 'results') {
    return { ...common, answer: { kind: 'results', results: answer.encoded, index, term, ageMs } };
  }
  const leader = answer.leader === '' ? undefined : answer.leader;
  if (answer.kind === 'discovery') {
    const { replica, role, members } = answer;
    return { ...common, answer: { kind: 'discovery', replica, role, leader, term, members } };
  }
  const { reason, retryAfterMs, detail } = answer;
  if (!isOf<Reason>(reasons, reason)) throw new DecodeError(`a refusal that this protocol does not give: ${reason}`);
  return {
    ...common,
    answer: { kind: 'refused', reason, term, leader, retryAfterMs, ...(detail !== '' && { detail }) },
  };
}

function isOf<Reason extends RefusalReason>(reasons: ReadonlySet<string>, reason: string): reason is Reason {
  return reasons.has(reason);
}

/** From the host, which knows no term: 0 is older than any. Reads the header only; undefined for what clients do not ask. */
export function overloaded(kind: string, payload: Uint8Array): CoreReply<CoreRefusal<'overloaded'>> | undefined {
  const header = headerOf(kind, payload);
  if (header === undefined) return undefined;
  const { client, session = 0, sequence } = header;
  const answer = { kind: 'refused', reason: 'overloaded', term: 0, retryAfterMs } as const;
  return { kind: 'reply', client, session, sequence, answer };
}

function headerOf(
  kind: string,
  payload: Uint8Array,
): { readonly client: string; readonly session?: number; readonly sequence: number } | undefined {
  if (kind === 'request') return readRequestHeader(payload);
  if (kind === 'read') return readReadHeader(payload);
  if (kind === 'decide') return decodeRegisterRequest(payload);
  return kind === 'member' ? decodeReconfiguration(payload) : undefined;
}
