import {
  DecodeError,
  decodeReply,
  decodeWith,
  encodeReply,
  isToken,
  readReadHeader,
  readRequestHeader,
} from '@synod/api';
import type { Answer } from '@synod/api';
import type { Read, RefusalReason, Reply, Request } from '@synod/pbft-core';
import { joinDigests, splitDigests } from './digest-bytes.js';
import { wireLimits } from './limits.js';
import { replyShape, signedShape } from './shapes.js';
import { StatementReader, pbSigned } from './statements.js';
import { synod } from './gen/pbft.js';

const pb = synod.pbft.v1;
const empty = new Uint8Array(0);

/** What comes before the client's token in a reply's kind. */
export const replyPrefix = 'reply.';

/** For a client whose message was not taken: time for a full mailbox to be worked off. */
const retryAfterMs = 50;

const refusalReasons: ReadonlySet<string> = new Set<RefusalReason>([
  'overloaded',
  'tooLarge',
  'noQuorum',
  'unavailable',
]);

export function encodeRequest({ signed }: Request): Uint8Array {
  return pb.Signed.encode(pbSigned(signed)).finish();
}

export function readRequest(reader: StatementReader, payload: Uint8Array): Request {
  return { kind: 'request', signed: reader.signed(decodeWith(pb.Signed, payload, signedShape), 'request') };
}

export function readQueries(payload: Uint8Array): Read {
  const { client, sequence, level, maxAgeMs } = readReadHeader(payload);
  return { kind: 'read', client, sequence, level, maxAgeMs, queries: payload };
}

/** A Reply as every protocol gives it, and beside it what makes it count: the signed claim and the way to its root. */
export function encodePbftReply({ session, sequence, answer }: Reply): Uint8Array {
  const common = { session, sequence, traceId: undefined };
  if (answer.kind !== 'results') {
    const reply = encodeReply({ ...common, answer: plainAnswer(answer), index: 0, term: answer.view, ageMs: 0 });
    return pb.Reply.encode({ reply }).finish();
  }
  const { results, index, ageMs, signed, place, path } = answer;
  const term = signed.statement.view;
  const reply = encodeReply({ ...common, answer: { kind: 'results', encoded: results }, index, term, ageMs });
  return pb.Reply.encode({ reply, replies: pbSigned(signed), place, path: joinDigests(path) }).finish();
}

function plainAnswer(answer: Exclude<Reply['answer'], { readonly kind: 'results' }>): Answer {
  if (answer.kind === 'refused') {
    const { reason, retryAfterMs: later } = answer;
    return { kind: 'refusal', reason, leader: '', retryAfterMs: Math.ceil(later), detail: '' };
  }
  const { replica, role, primary, members } = answer;
  return { kind: 'discovery', replica, protocol: 'pbft', role, leader: primary, members, kinds: ['request', 'read'] };
}

/** `kind` ends with the client's token. */
export function readPbftReply(reader: StatementReader, kind: string, payload: Uint8Array): Reply {
  const client = kind.slice(replyPrefix.length);
  if (!isToken(client)) throw new DecodeError('a reply to a client that has no name');
  const outer = decodeWith(pb.Reply, payload, replyShape);
  const { session, sequence, answer, index, term: view, ageMs } = decodeReply(outer.reply);
  const common = { kind: 'reply', client, session, sequence } as const;
  if (answer.kind === 'results') {
    const signed = reader.signed(outer.replies, 'replies');
    const path = splitDigests(outer.path, wireLimits.path);
    const { encoded: results } = answer;
    return { ...common, answer: { kind: 'results', results, index, ageMs, signed, place: outer.place, path } };
  }
  if (outer.replies) throw new DecodeError('a signed claim beside what is no result');
  if (answer.kind === 'discovery') {
    const { replica, role, leader: primary, members } = answer;
    return { ...common, answer: { kind: 'discovery', replica, role, primary, view, members } };
  }
  if (answer.kind !== 'refusal') throw new DecodeError(`an answer that PBFT does not give: ${answer.kind}`);
  const { reason } = answer;
  if (!isPbftReason(reason)) throw new DecodeError(`a refusal that PBFT does not give: ${reason}`);
  return { ...common, answer: { kind: 'refused', reason, view, retryAfterMs: answer.retryAfterMs } };
}

function isPbftReason(reason: string): reason is RefusalReason {
  return refusalReasons.has(reason);
}

/** From the host, which knows no view. Reads no more than it takes to address the answer; undefined for what clients do not ask. */
export function overloaded(reader: StatementReader, kind: string, payload: Uint8Array): Reply | undefined {
  const answer = { kind: 'refused', reason: 'overloaded', view: 0, retryAfterMs } as const;
  if (kind === 'request') {
    const { batch, holds } = readRequest(reader, payload).signed.statement;
    if (holds === 'operations') return { kind: 'reply', ...readRequestHeader(batch), answer };
    const { client, sequence } = readReadHeader(batch);
    return { kind: 'reply', client, session: 0, sequence, answer };
  }
  if (kind !== 'read') return undefined;
  const { client, sequence } = readReadHeader(payload);
  return { kind: 'reply', client, session: 0, sequence, answer };
}

/** What stands in a client's message or in an answer to one, as every protocol has it; for those who only look on. */
export function readPbftClientMessage(
  kind: string,
  payload: Uint8Array,
): { readonly kind: string; readonly payload: Uint8Array; readonly signer?: string } {
  if (kind === 'reply') return { kind, payload: decodeWith(pb.Reply, payload, replyShape).reply ?? empty };
  if (kind !== 'request') return { kind, payload };
  const { signer, statement } = readRequest(new StatementReader(), payload).signed;
  return { kind: statement.holds === 'operations' ? kind : 'read', payload: statement.batch, signer };
}

/** For a client that does not know which protocol a group speaks: whether this is a reply of PBFT, whoever sent it. */
export function isPbftReply(payload: Uint8Array): boolean {
  try {
    decodeReply(decodeWith(pb.Reply, payload, replyShape).reply);
    return true;
  } catch (error) {
    if (error instanceof DecodeError) return false;
    throw error;
  }
}
