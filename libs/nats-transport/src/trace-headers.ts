import { headers } from '@nats-io/transport-node';
import type { Msg, MsgHdrs } from '@nats-io/transport-node';
import type { TraceContext } from '@synod/actor-host';

/** W3C Trace Context: propagate at least 512 characters; we take no more from a stranger. */
const LONGEST_TRACESTATE = 512;
const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
const TRACESTATE = /^[\x20-\x7e]+$/;

/** The most that our headers take: names, values and the header line. */
export const HEADER_ROOM = 1024;

/** Whether `text` is a W3C `traceparent` of version 00; all else is refused, as the standard asks. */
export function isTraceparent(text: string): boolean {
  return text.length === 55 && TRACEPARENT.test(text);
}

/** One header makes a message three times as dear, so there is none unless the round is sampled. */
export function writeTrace(context: TraceContext): MsgHdrs | undefined {
  if (!isTraceparent(context.traceparent)) return undefined;
  const written = headers();
  written.set('traceparent', context.traceparent);
  if (isTracestate(context.tracestate)) written.set('tracestate', context.tracestate);
  return written;
}

/**
 * A message is worth its payload: malformed headers only cost it its context. nats.js compares each header's name with all
 * before it, so a block that a stranger filled to the brim would take seconds; ours are short.
 */
export function readTrace(message: Pick<Msg, 'headers'>): TraceContext | undefined {
  const size = headerBytes(message);
  if (size <= 0 || size > HEADER_ROOM) return undefined;
  try {
    const traceparent = message.headers?.get('traceparent');
    if (!traceparent || !isTraceparent(traceparent)) return undefined;
    const tracestate = message.headers?.get('tracestate');
    return isTracestate(tracestate) ? { traceparent, tracestate } : { traceparent };
  } catch {
    return undefined;
  }
}

/** Not in nats.js's interface, but without it the size is known only after the dear decoding; -1 is "none". */
function headerBytes(message: object): number {
  return (message as { readonly _msg?: { readonly hdr?: number } })._msg?.hdr ?? -1;
}

function isTracestate(text: string | undefined): text is string {
  return text !== undefined && text.length <= LONGEST_TRACESTATE && TRACESTATE.test(text);
}
