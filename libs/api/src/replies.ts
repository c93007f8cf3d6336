import { synod } from './gen/api.js';
import { limits, wireVersion } from './limits.js';
import { decodeWith } from './inspect.js';
import type { MessageShape } from './inspect.js';
import { decodeReconfigured, encodeReconfigured } from './reconfiguration.js';
import type { Reconfigured } from './reconfiguration.js';
import { decodeDecided, encodeDecided } from './registers.js';
import type { Decided } from './registers.js';
import { bytesType, DecodeError, varintType, WireReader } from './wire-reader.js';
import { blobSize, numberSize, optionalBlobSize, WireWriter } from './wire-writer.js';

/** What a replica tells a client. Repeats the request's session (0 for reads) and sequence. */
export interface Reply {
  readonly session: number;
  readonly sequence: number;
  readonly answer: Answer;
  /** Log position of the batch, or of the state that was read; 0 when nothing was executed. */
  readonly index: number;
  /** Era of the answering leadership: Raft's term, Paxos's ballot, PBFT's view. */
  readonly term: number;
  /**
   * Stale reads: so many milliseconds before the answer what was read held all that any client had been answered. Otherwise 0.
   */
  readonly ageMs: number;
  /** 16 bytes when the round was traced. */
  readonly traceId: Uint8Array | undefined;
}

export type Answer =
  /** `encoded`: for `decodeResults`; the state machine's bytes, unchanged since they were applied. */
  { readonly kind: 'results'; readonly encoded: Uint8Array } | Refusal | Discovery | Reconfigured | Decided;

export interface Refusal {
  readonly kind: 'refusal';
  readonly reason: RefusalReason;
  /** `notLeader`: whom to ask instead; empty when unknown. */
  readonly leader: string;
  /** 0: no advice. */
  readonly retryAfterMs: number;
  /** For people. */
  readonly detail: string;
}

/**
 * `notLeader`: ask `leader`. `overloaded`: a bound is reached, try later. `tooLarge`: never accepted. `noQuorum`: no
 * majority in reach, or too stale. `unavailable`: starting, recovering or stopping. `lost`: superseded before it was
 * chosen, it took no effect. `unauthorized`, `malformed`: never accepted.
 * `steppedDown`: proposed by a leader that leads no longer; it may still be chosen, so its outcome is open: ask `leader`.
 */
export type RefusalReason =
  | 'notLeader'
  | 'overloaded'
  | 'tooLarge'
  | 'noQuorum'
  | 'unavailable'
  | 'lost'
  | 'unauthorized'
  | 'malformed'
  | 'steppedDown';

export interface Discovery {
  readonly kind: 'discovery';
  readonly replica: string;
  /** `raft`, `paxos`, `pbft`. */
  readonly protocol: string;
  readonly role: string;
  /** Empty when unknown. */
  readonly leader: string;
  readonly members: readonly string[];
  /** Of clients' messages that the group answers: `request`, `read`, `decide`. What is not among them it does not offer. */
  readonly kinds: readonly string[];
}

const { Refusal: RefusalMessage, Discovery: DiscoveryMessage } = synod.api.v1;
const empty: Uint8Array = new Uint8Array(0);
const reader = new WireReader();
/** The alternatives of the answer, by their fields in a Reply. */
const fields: { readonly [K in Answer['kind']]: number } = {
  results: 4,
  refusal: 5,
  discovery: 6,
  reconfigured: 11,
  decided: 12,
};
const answerTags = new Set(Object.values(fields).map((field) => field * 8 + bytesType));
const reasons: readonly (RefusalReason | undefined)[] = [
  undefined,
  'notLeader',
  'overloaded',
  'tooLarge',
  'noQuorum',
  'unavailable',
  'lost',
  'unauthorized',
  'malformed',
  'steppedDown',
];

const refusalShape: MessageShape = {
  name: 'Refusal',
  open: true,
  fields: { 1: { type: 'number' }, 2: text(32), 3: { type: 'number' }, 4: text(limits.detailBytes) },
};
const texts = { ...text(32), most: limits.replyItems };
const discoveryShape: MessageShape = {
  name: 'Discovery',
  open: true,
  fields: { 1: text(32), 2: text(32), 3: text(32), 4: text(32), 5: texts, 6: texts },
};

function text(maxBytes: number): { readonly type: 'bytes'; readonly maxBytes: number } {
  return { type: 'bytes', maxBytes };
}

export function encodeReply(reply: Reply): Uint8Array {
  const { session, sequence, answer, index, term, ageMs } = reply;
  const traceId = reply.traceId ?? empty;
  const content = answer.kind === 'results' ? answer.encoded : encodeAnswer(answer);
  const numbers = numberSize(session) + numberSize(sequence) + numberSize(index) + numberSize(term) + numberSize(ageMs);
  const writer = new WireWriter(2 + numbers + blobSize(content) + optionalBlobSize(traceId));
  writer.number(1, wireVersion);
  writer.number(2, session);
  writer.number(3, sequence);
  writer.blob(fields[answer.kind], content);
  writer.number(7, index);
  writer.number(8, term);
  writer.number(9, ageMs);
  writer.optionalBlob(10, traceId);
  return writer.bytes;
}

function encodeAnswer(answer: Exclude<Answer, { readonly kind: 'results' }>): Uint8Array {
  if (answer.kind === 'reconfigured') return encodeReconfigured(answer);
  if (answer.kind === 'decided') return encodeDecided(answer);
  if (answer.kind === 'discovery') {
    return DiscoveryMessage.encode({ ...answer, members: [...answer.members], kinds: [...answer.kinds] }).finish();
  }
  const { leader, retryAfterMs } = answer;
  const detail = answer.detail.slice(0, limits.detailBytes / 4); // a UTF-16 unit is at most 3 bytes of UTF-8
  return RefusalMessage.encode({ reason: reasons.indexOf(answer.reason), leader, retryAfterMs, detail }).finish();
}

/** Results, a register's value and the trace id are views of `bytes`. Fields of later versions are skipped. */
export function decodeReply(bytes: Uint8Array): Reply {
  if (bytes.length > limits.replyBytes) throw new DecodeError(`a Reply of ${bytes.length} bytes`);
  const reply = { version: 0, session: 0, sequence: 0, index: 0, term: 0, ageMs: 0, kind: 0 };
  let content: Uint8Array = empty;
  let traceId: Uint8Array = empty;
  reader.start(bytes);
  while (reader.more) {
    const tag = reader.tag();
    if (tag === 1 * 8 + varintType) reply.version = reader.uint32();
    else if (tag === 2 * 8 + varintType) reply.session = reader.varint();
    else if (tag === 3 * 8 + varintType) reply.sequence = reader.varint();
    else if (tag === 7 * 8 + varintType) reply.index = reader.varint();
    else if (tag === 8 * 8 + varintType) reply.term = reader.varint();
    else if (tag === 9 * 8 + varintType) reply.ageMs = reader.varint();
    else if (tag === 10 * 8 + bytesType) traceId = reader.view();
    else if (answerTags.has(tag)) {
      reply.kind = Math.floor(tag / 8);
      content = reader.view();
    } else reader.skip(tag % 8);
  }
  const { version, session, sequence, index, term, ageMs, kind } = reply;
  if (version !== wireVersion)
    throw new DecodeError(`a Reply of version ${version}; this client speaks ${wireVersion}`);
  if (traceId.length !== 0 && traceId.length !== 16) throw new DecodeError('a trace id that is not 16 bytes');
  const answer = decodeAnswer(kind, content);
  return { session, sequence, answer, index, term, ageMs, traceId: traceId.length === 0 ? undefined : traceId };
}

function decodeAnswer(kind: number, content: Uint8Array): Answer {
  if (kind === fields.results) return { kind: 'results', encoded: content };
  if (kind === fields.refusal) return decodeRefusal(content);
  if (kind === fields.discovery) return decodeDiscovery(content);
  if (kind === fields.reconfigured) return decodeReconfigured(content);
  if (kind === fields.decided) return decodeDecided(content);
  throw new DecodeError('a Reply without an answer');
}

function decodeRefusal(content: Uint8Array): Refusal {
  const { reason, leader, retryAfterMs, detail } = decodeWith(RefusalMessage, content, refusalShape);
  const name = reasons[reason];
  if (name === undefined) throw new DecodeError(`refusal reason ${reason} is not known`);
  return { kind: 'refusal', reason: name, leader, retryAfterMs, detail };
}

function decodeDiscovery(content: Uint8Array): Discovery {
  const { replica, protocol, role, leader, members, kinds } = decodeWith(DiscoveryMessage, content, discoveryShape);
  return { kind: 'discovery', replica, protocol, role, leader, members, kinds };
}
