import { attributes } from '@synod/telemetry';
import type { SpanValues, TraceSpan } from '@synod/telemetry';
import { endOf } from './source.js';
import type { Trace, TraceSource } from './source.js';

/** LIMIT: so many traces are shown together, those of all who stood for leader at the same time. */
const together = 8;

/**
 * Those who stood for leader when somebody in this trace did, and whoever preempted it: what happened is seen in all of them only.
 * Their own rivals are left to their own traces: in a long night of elections each has one before it and one after it, and the
 * picture would be of all of them.
 */
export async function rivalsOf(source: TraceSource, trace: Trace): Promise<readonly Trace[]> {
  const found = new Map<string, Trace>();
  for (const span of trace.spans) {
    const rivals = rivalsIn(span);
    if (rivals.length === 0) continue;
    for (const { traceId } of span.links) {
      if (traceId === trace.id || found.has(traceId) || found.size + 1 === together) continue;
      const linked = await source.find(traceId);
      const stood = linked?.spans.filter((other) => rivals.some((rival) => isOf(rival, other))) ?? [];
      if (stood.length > 0) found.set(traceId, until(Math.max(endOf(trace), endOf({ spans: stood })), linked!));
    }
  }
  return [...found.values()];
}

function rivalsIn({ attributes: values, events }: TraceSpan): readonly SpanValues[] {
  return [values, ...events.map((event) => event.attributes)].filter((said) => said[attributes.rival] !== undefined);
}

/** A span has links for other reasons, too. */
function isOf(rival: SpanValues, { service, attributes: values }: TraceSpan): boolean {
  const key = attributes.era[String(values[attributes.protocol])] ?? '';
  return service === rival[attributes.rival] && values[key] === rival[attributes.rivalEra];
}

/** What became of a rival long afterwards is another story: its picture would be so wide that nothing of this one is seen in it. */
function until(endUs: number, trace: Trace): Trace {
  return { ...trace, spans: trace.spans.filter(({ startUs }) => startUs <= endUs) };
}
