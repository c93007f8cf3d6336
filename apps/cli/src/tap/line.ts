import type { Overheard, Subject } from '@synod/nats-transport';
import { printable } from '../output.js';
import type { Output } from '../output.js';
import { protocols } from '../protocols/index.js';
import { fit } from '../table.js';
import { memberFacts, readFacts, registerRequestFacts, replyFacts, requestFacts } from './client-facts.js';
import type { Dialects } from './dialects.js';
import { bytesText, documentOf, sentenceOf } from './facts.js';
import type { Fact } from './facts.js';

/** One message, decoded. */
export interface Heard {
  readonly at: Date;
  readonly subject: Subject | undefined;
  /** The subject as it was sent. */
  readonly text: string;
  readonly facts: readonly Fact[];
  readonly sizeBytes: number;
  readonly traceId: string | undefined;
}

/** `values`: also what clients wrote. */
export function decode(
  { text, subject, payload, context }: Overheard,
  at: Date,
  dialects: Dialects,
  values: boolean,
): Heard {
  const sizeBytes = payload.length;
  return {
    at,
    subject,
    text,
    facts: factsOf(subject, payload, dialects, values),
    sizeBytes,
    traceId: context?.traceparent.split('-')[1],
  };
}

function factsOf(
  subject: Subject | undefined,
  payload: Uint8Array,
  dialects: Dialects,
  values: boolean,
): readonly Fact[] {
  if (subject === undefined) return [['not a subject of ours', true]];
  const { group, kind, from, to } = subject;
  // Nobody has anything to tell itself but whether its connection still hears.
  if (from === to) return [['probe', true]];
  try {
    const said = dialects.factsOf(group, kind, payload, values);
    if (said !== undefined) return said;
    if (kind === 'request' || kind === 'read' || kind === 'reply')
      return clientFacts(subject, payload, dialects, values);
    if (kind === 'decide') return registerRequestFacts(payload, values);
    if (kind === 'member') return memberFacts(payload);
    return kind === 'fault' ? [['cut off from', cutOffIn(payload)]] : [];
  } catch (error) {
    return [['not understood', (error as Error).message]];
  }
}

function clientFacts(
  { group, kind }: Subject,
  payload: Uint8Array,
  dialects: Dialects,
  values: boolean,
): readonly Fact[] {
  const inner = dialects.unwrapped(group, kind, payload);
  if (inner.kind === 'reply') return replyFacts(inner.payload, values, dialects.wordsOf(group));
  const facts = inner.kind === 'read' ? readFacts(inner.payload) : requestFacts(inner.payload, values);
  return inner.signer === undefined ? facts : [...facts, ['signed by', inner.signer]];
}

function cutOffIn(payload: Uint8Array): string {
  const { cutOff } = JSON.parse(Buffer.from(payload).toString()) as { cutOff?: readonly string[] };
  return cutOff?.join(' ') || 'nobody';
}

/** Of a trace id: enough to ask for it. */
const digitsShown = 12;
const routeColumns = 18;
/** What it says is at the end: on a narrow terminal it goes on in a second line. */
const linesMost = 2;
const kindColumns = 20;
const sizeColumns = 7;

/** Time, from → to, kind, size, and what it says. */
export function lineOf({ at, subject, text, facts, sizeBytes, traceId }: Heard, output: Output): string {
  const time = at.toISOString().slice(11, 23);
  const route = subject === undefined ? printable(text) : `${subject.from} → ${subject.to}`;
  const kind = subject?.kind ?? '?';
  const size = bytesText(sizeBytes).padStart(sizeColumns);
  const says = sentenceOf(traceId === undefined ? facts : [...facts, ['trace', traceId.slice(0, digitsShown)]]);
  const before = `${time}  ${route.padEnd(routeColumns)}  ${kind.padEnd(kindColumns)}`;
  const line = fit(`${before}${size}  ${printable(says)}`.trimEnd(), (output.columns ?? Infinity) * linesMost);
  return line.replace(kind, (word) => paintKind(word, output));
}

/** What clients say and hear, and what happens seldom. */
function paintKind(kind: string, output: Output): string {
  if (['request', 'read', 'decide', 'reply'].includes(kind)) return output.paint('cyan', kind);
  const isRoutine = protocols.some(({ messages }) => messages.routine.has(kind));
  return isRoutine ? kind : output.paint('yellow', kind);
}

export function jsonOf({ at, subject, text, facts, sizeBytes, traceId }: Heard): object {
  const { group, from, to, kind } = subject ?? {};
  const address = { subject: text, ...(subject && { group, from, to, kind }) };
  return { time: at.toISOString(), ...address, bytes: sizeBytes, ...(traceId && { traceId }), says: documentOf(facts) };
}
